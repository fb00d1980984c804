// Steps in time with one state: a letter is read at each, from it and the state before comes the next, from that a guess.
// One layer, with an activation or with the gates of an LSTM or a GRU.

import { recurrent as words } from '../../i18n/en.recurrent.ts';
import { speak } from '../../i18n/en.ts';
import type { NodeSchema } from '../../session/types.ts';
import { formulaOf } from '../formulas.ts';
import type { Kind } from '../kind.ts';
import { type Anatomy, anatomy, functionOf, stepOf } from './anatomy.ts';
import { piecesOf } from './equation.ts';
import { fold } from './fold.ts';
import { backFormulas, valueFormulas } from './formulas.ts';
import { held, look, taken, title, within } from './gates.ts';
import { layout } from './layout.ts';
import { scaleOf, scalesOf } from './scales.ts';
import { letters, symbol } from './symbols.ts';
import { describe, tableOf } from './table.ts';
import { wantedOf } from './wanted.ts';
import { words as ofFigure } from './words.ts';

speak(words);

/** Of cells with gates: they come with the first exhibit that has such a cell. */
let gates: typeof import('./formulas.gates.ts') | null = null;

/** Most particular first: of this kind of cell, of this name, of this op. */
function names(a: Anatomy, node: NodeSchema): string[] {
  const cell = stepOf(a, node)?.gated;
  return [...(cell ? [`${cell.kind}.${node.name}`] : []), node.name, node.op];
}

export const recurrent: Kind<Anatomy> = {
  id: 'recurrent',
  folds: true,
  prepare: async (models) => {
    if (models.some((model) => /lstm|gru/.test(model))) gates ??= await import('./formulas.gates.ts');
  },
  read: (schema) => {
    const a = anatomy(schema);
    return a.drawable ? a : null;
  },
  layout: (a, wish) =>
    (wish.folded ? fold : layout)({
      ...wish,
      anatomy: a,
      forward: wish.schema.forward,
      words: ofFigure(),
    }),
  scales: scalesOf,
  scale: scaleOf,
  wanted: wantedOf,
  equation: piecesOf,
  table: tableOf,
  describe,
  strip: (_, notation) => ({ tex: letters.state('t', notation), scale: 'state' }),
  look,
  symbol,
  formula: (a, node) => formulaOf({ ...valueFormulas, ...gates?.gateFormulas }, names(a, node)),
  backFormula: (a, node, input) => formulaOf({ ...backFormulas, ...gates?.gateBackFormulas }, names(a, node), input),
  picked: (a, node) => {
    const i = a.steps.findIndex((step) => step.time === node.time);
    return (node.op === 'embedding' ? a.tokens : a.targets)[i] ?? null;
  },
  functionOf,
  title,
  taken,
  within,
  held,
};
