// Queries, keys, scores, weights, values and answers as labelled matrices, a row a word. The middle clock counts rows.

import { matrices as words } from '../../i18n/en.matrices.ts';
import { speak } from '../../i18n/en.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema, Wanted } from '../../session/types.ts';
import type { Kind } from '../kind.ts';
import { inside, type Matrices, partOf, read } from './anatomy.ts';
import { pieces } from './equation.ts';
import { backFormulas, valueFormulas } from './formulas.ts';
import { layout } from './layout.ts';
import { RowPicture } from './RowPicture.tsx';
import { scale, scales } from './scales.ts';
import { symbol } from './symbols.ts';
import { describe, table } from './table.ts';
import { isShared, WordTerms } from './WordTerms.tsx';

speak(words);

function wanted(a: Matrices, back: boolean): Wanted[] {
  const { E: _, ...matrices } = a.weights;
  const nodes = [...Object.values(a.parts), ...Object.values(matrices), ...a.answer].filter((one) => one !== null);
  return nodes.flatMap(({ id, gradient }): Wanted[] => [
    { node: id, what: 'value' },
    ...(back && gradient ? [{ node: id, what: 'grad' } as const] : []),
  ]);
}

/** Vectors of the other sentence, held or not. */
const ofOthers = (node: NodeSchema) => node.name.startsWith('y');

function nameOf(a: Matrices, node: NodeSchema): string {
  if (node.op === 'embedding') return ofOthers(node) ? 'y' : 'x';
  return partOf(a, node) ?? (node.op === 'mean_loss' ? 'J' : node.op);
}

export const matrices: Kind<Matrices> = {
  id: 'matrices',
  read,
  layout,
  scales,
  scale,
  weighed: true,
  wanted,
  equation: pieces,
  table,
  describe,
  inside,
  symbol: (a, node) => symbol(a, node),
  formula: (a, node) => valueFormulas[node === a.parts.a && !a.parts.s ? 'plain' : nameOf(a, node)] ?? null,
  backFormula: (a, node, input) => backFormulas[`${nameOf(a, node)}.${input}`] ?? null,
  // of the other sentence the tape has no tokens here
  picked: (a, node, cell) =>
    node.op === 'embedding' && !ofOthers(node) ? (a.words[Math.floor(cell / (node.shape.at(-1) ?? 1))] ?? null) : null,
  strip: () => ({ tex: '\\a{o}', scale: 'number' }),
  title(a, node) {
    const part = partOf(a, node);
    const known = ['x', 'y', 'q', 'k', 'v', 'e', 's', 'a', 'o'] as const;
    const found = known.find((one) => one === part);
    return found ? t(`matrices.title.${found}`) : null;
  },
  look: (_, node, cell) => ({ row: Math.floor(cell / (node.shape.at(-1) ?? 1)), quarter: 0 }),
  Picture: RowPicture,
  Terms: WordTerms,
  termed: isShared,
};
