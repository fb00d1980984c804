// Encoder and decoder: source over target, with the alignment or the one vector between.

import { coder as words } from '../../i18n/en.coder.ts';
import { speak } from '../../i18n/en.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema, Wanted } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import type { Kind } from '../kind.ts';
import { type Coder, isOfSource, isWriting, perWord, read, scoreOf } from './anatomy.ts';
import { pieces } from './equation.ts';
import { backFormulas, valueFormulas } from './formulas.ts';
import { layoutLook } from './look.ts';
import { layoutNeck } from './neck.ts';
import { scale, scales } from './scales.ts';
import { functionOf, letters, symbol } from './symbols.ts';
import { describe, table } from './table.ts';

speak(words);

/** The part that a node has in the look back, or in the guess after it. */
function partOf(a: Coder, node: NodeSchema): string | null {
  const word = a.wordOf(node);
  if (node === a.handed) return 'handed';
  if (!isWriting(word)) return null;
  const known = Object.entries(word.look ?? {}).find(([name, one]) => one === node && name !== 'keys');
  // of a state that is compared as it is, the state's own formula will do
  if (known) return node === word.state ? null : known[0];
  if (word.look && node === word.logits) return 'logits';
  if (word.look && node.id === word.logits.inputs[0]) return 'product';
  return null;
}

function wanted(a: Coder, back: boolean): Wanted[] {
  const nodes = new Set<number>([a.handed.id]);
  for (const stop of a.stops)
    for (const node of stop.nodes) {
      nodes.add(node.id);
      for (const id of node.inputs) {
        const input = a.node(id);
        const bias = input.role === 'parameter' && input.shape.length === 1;
        if (bias || (input.role === 'input' && input.dtype === 'f32' && cells(input) > 1)) nodes.add(id);
      }
    }
  const values: Wanted[] = [...nodes].map((node) => ({ node, what: 'value' }));
  if (!back) return values;
  const gradients: Wanted[] = [...nodes].filter((id) => a.node(id).gradient).map((node) => ({ node, what: 'grad' }));
  const edges: Wanted[] = a.stops.flatMap((stop) =>
    stop.nodes.flatMap((node) =>
      node.inputs.flatMap((id, edge): Wanted[] => {
        const input = a.node(id);
        // of what is over all words, what each look sends there
        const drawn = perWord(a, input) === 0 || ['weighted_sum', 'scores'].includes(node.op);
        return drawn && input.gradient && input.role !== 'parameter' ? [{ node: node.id, what: { edge } }] : [];
      }),
    ),
  );
  return [...values, ...gradients, ...edges];
}

export const coder: Kind<Coder> = {
  id: 'coder',
  read,
  layout: (a, wish) => (a.states ? layoutLook(a, wish) : layoutNeck(a, wish)),
  scales,
  scale,
  wanted,
  equation: pieces,
  table,
  describe,
  symbol,
  formula(a, node) {
    const part = partOf(a, node);
    if (part === 'scores') return valueFormulas[`scores.${scoreOf(a)}`] ?? null;
    if (part) return valueFormulas[part] ?? null;
    if (node.op === 'gate') return valueFormulas[`gate.${functionOf(node)}`] ?? null;
    if (node.op === 'embedding')
      return valueFormulas[isOfSource(node) ? 'source.embedding' : 'target.embedding'] ?? null;
    return node.op === 'nll' ? (valueFormulas['target.loss'] ?? null) : null;
  },
  backFormula(a, node, input) {
    if (node.op === 'gate') return backFormulas[`gate.${functionOf(node)}`] ?? null;
    const part = partOf(a, node);
    return part ? (backFormulas[`${part}.${input}`] ?? null) : null;
  },
  picked(a, node) {
    const word = a.wordOf(node);
    if (node.op === 'embedding') return isWriting(word) ? word.fed : (word?.token ?? null);
    return node.op === 'nll' && isWriting(word) ? word.right : null;
  },
  functionOf: (_, node) => functionOf(node),
  // of what has one or more cells for each word that was read, the word is what is looked at
  look: (a, node, cell) => {
    const per = perWord(a, node) || (node.axes.endsWith('S') ? 1 : 0);
    return per > 0 && per < cells(node) ? { row: cell, quarter: Math.floor(cell / per) } : { row: cell, quarter: 0 };
  },
  strip: (_, notation) => ({ tex: `${letters.read('j')}, ${letters.state('t', notation)}`, scale: 'state' }),
  title(a, node) {
    const part = partOf(a, node);
    if (node === a.states) return t('coder.title.states');
    const known = ['scores', 'weights', 'context', 'both', 'query', 'handed'] as const;
    const found = known.find((one) => one === part);
    return found ? t(`coder.title.${found}`) : null;
  },
};
