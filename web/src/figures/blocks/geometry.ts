// Where the boxes of a page stand. Before the first block: what is read. Of a block two lines: attention, and the
// feed-forward layer, each with the wire that goes past. After the last: what is guessed. In units of rem/16. Pure.

import type { NodeSchema } from '../../session/types.ts';
import { cells } from '../../stage/tape.ts';
import { FIGURE, rowsOf } from '../lower.ts';
import type { Block, Blocks, Head, Part } from './anatomy.ts';

export type Role = 'q' | 'k' | 'v' | 'head' | 'plain';
export interface Box {
  id: string;
  role: Role;
  part: Part | null; // null: it shows what another box made
  shown: NodeSchema;
  head?: Head;
  columns: number;
  x: number;
  y: number;
  cw: number;
  rows: { y: number; h: number }[];
  tall: boolean; // it stands in a pile, its letter at its side
}
export interface Line {
  boxes: Box[]; // left to right; of a pile one under the other
  past: { from: Box; to: Box; whole: boolean; y: number } | null; // the wire past the part, and whether it is there
  lettered: boolean; // under it stands which letter a column is
  rows: { y: number; h: number }[];
  y: number; // its middle
}
export interface Plan {
  gutter: number;
  lines: Line[];
  boxes: Box[];
}

export const LETTER = 17; // over a box
const WIRE = 20; // under a line, for what goes past
const LETTERS = 18; // or for letters
const PAGES = 24; // over all of it
const GAP = { column: 15, pile: 8, sum: 26 };

export const right = (b: Box) => b.x + b.columns * b.cw;
export const top = (b: Box) => b.rows[0]?.y ?? b.y;
export const bottom = (b: Box) => {
  const last = b.rows.at(-1);
  return last ? last.y + last.h : b.y;
};
export const middle = (b: Box) => b.x + (b.columns * b.cw) / 2;

type Seed = Pick<Box, 'id' | 'role' | 'part' | 'shown'> & { head?: Head };
/** Boxes that stand one on another share a column. */
type Column = { boxes: Seed[]; gap: number };

const plain = (id: string, part: Part | null, shown = part?.main): Seed => ({
  ...{ id, role: 'plain', part },
  shown: shown as NodeSchema,
});

interface Sown {
  columns: Column[];
  past: [string, string, boolean] | null;
  lettered?: true;
}
const foot = ({ past, lettered }: Sown) => (past ? WIRE : lettered ? LETTERS : 8);

function seeds(a: Blocks, page: number): Sown[] {
  const one = (seed: Seed, gap = GAP.column): Column => ({ boxes: [seed], gap });
  if (page === 0) {
    // one under the other, as one adds up on paper
    return a.start.map((part, i) => ({ columns: [one(plain(`start.${i}`, part))], past: null }));
  }
  const block = a.blocks[page - 1];
  if (block) return lines(a, block).map(({ columns, past }) => ({ columns, past }));
  const closing = [plain('x', null, a.blocks.at(-1)?.out), ...(a.norm ? [plain('norm', a.norm)] : [])];
  const [each] = a.losses;
  const loss = each && each.op !== 'mean_loss' ? plain('loss', { nodes: a.losses, main: each, parameters: [] }) : null;
  const guess = [
    [plain('logits', a.logits)],
    ...(a.y ? [[plain('y', { nodes: [a.y], main: a.y, parameters: [] }), ...(loss ? [loss] : [])]] : []),
  ];
  return [
    { columns: closing.map((seed) => one(seed, 34)), past: null },
    ...guess.map((line): Sown => ({ columns: line.map((seed) => one(seed, 34)), past: null, lettered: true })),
  ];
}

function lines(a: Blocks, block: Block): Sown[] {
  const one = (seed: Seed, gap = GAP.column): Column => ({ boxes: [seed], gap });
  const role = (id: 'q' | 'k' | 'v'): Seed => ({ ...plain(id, block[id]), role: id });
  const [first, second] = block.norm;
  const sum = block.past[0] || block.attended.main !== block.mid ? sumOf(block, 'mid') : null;
  const attention: Column[] = [
    one(plain('x', null, block.x)),
    ...(first && !a.post ? [one(plain('norm.1', first))] : []),
    { boxes: [role('q'), role('k'), role('v')], gap: GAP.column },
    {
      boxes: block.heads.map((head, i): Seed => ({ ...plain(`head.${i}`, head), role: 'head', head })),
      gap: GAP.column,
    },
    one(plain('o', block.o)),
    one(plain('attended', block.attended)),
    ...(sum ? [one(sum, GAP.sum)] : []),
    ...(first && a.post ? [one(plain('norm.1', first))] : []),
  ];
  const end = (columns: Column[]) => columns.at(-1)?.boxes[0]?.id ?? '';
  const out: ReturnType<typeof lines> = [
    { columns: attention, past: ['x', sum ? 'mid' : end(attention), block.past[0]] },
  ];
  if (!block.inner || !block.m) return out;
  const total = block.past[1] || block.m.main !== block.out ? sumOf(block, 'out') : null;
  const forward: Column[] = [
    one(plain('x.2', null, block.mid)),
    ...(second && !a.post ? [one(plain('norm.2', second))] : []),
    one(plain('inner', block.inner)),
    one(plain('m', block.m)),
    ...(total ? [one(total, GAP.sum)] : []),
    ...(second && a.post ? [one(plain('norm.2', second))] : []),
  ];
  out.push({ columns: forward, past: ['x.2', total ? 'out' : end(forward), block.past[1]] });
  return out;
}

/** The sum of a part and what goes past it; with norms after it that sum is no stop of the stream. */
function sumOf(block: Block, id: 'mid' | 'out'): Seed | null {
  const made = id === 'mid' ? block.attended.main : block.m?.main;
  const behind = id === 'mid' ? block.norm[0] : block.norm[1];
  const end = block[id];
  const sum =
    behind && behind.main === end
      ? [...block.all].find((node) => node.op === 'add' && made && node.inputs.includes(made.id))
      : end;
  if (!sum || sum === made) return null;
  return plain(id, { nodes: [sum], main: sum, parameters: [] });
}

const columnsOf = (node: NodeSchema) => cells(node) / (node.shape[0] ?? 1);

/** looked: the node that is read now. row: of the words, the one that is read. back: walking back, that row is twice as
 *  high. */
export function planOf(
  a: Blocks,
  page: number,
  box: { width: number; height: number },
  looked: NodeSchema | null,
  gutter: number,
  row: number,
  back: boolean,
): Plan {
  const T = a.words.length;
  const all = seeds(a, page);
  const pile = (columns: Column[]) => Math.max(...columns.map(({ boxes }) => boxes.length));
  const piles = all.map(({ columns }) => pile(columns));
  const fixed =
    PAGES +
    all.reduce((sum, line, i) => sum + (piles[i] ?? 1) * LETTER + foot(line), 0) +
    piles.reduce((sum, n) => sum + (n - 1) * GAP.pile, 0);
  const high = piles.reduce((sum, n) => sum + n, 0) * T;
  const each = Math.max(3, Math.min(page === 0 || page > a.blocks.length ? 26 : 22, (box.height - fixed) / high));
  const tall = each < FIGURE.h || back ? row : null;
  let y = PAGES;
  const planned = all.map((sown, i): Line => {
    const { columns, past } = sown;
    const stack = piles[i] ?? 1;
    const height = stack * (LETTER + T * each) + (stack - 1) * GAP.pile;
    const centre = y + height / 2 + LETTER / 2;
    const widths = widthsOf(columns, box.width - gutter - 6, looked);
    let x = gutter;
    const boxes: Box[] = [];
    columns.forEach(({ boxes: own, gap }, c) => {
      if (c > 0) x += Math.max(gap, gap * widths.spread);
      const cw = widths.cw[c] ?? 5;
      const count = own.length;
      const whole = count * T * each + (count - 1) * (LETTER + GAP.pile);
      own.forEach((seed, k) => {
        const from = centre - whole / 2 + k * (T * each + LETTER + GAP.pile);
        const columnsHere = columnsOf(seed.shown);
        boxes.push({
          ...seed,
          columns: columnsHere,
          x,
          y: from,
          cw,
          rows: rowsOf(T, from, each, tall, 2.5),
          tall: count > 1,
        });
      });
      x += cw * columnsIn(own);
    });
    const find = (id: string) => boxes.find((one) => one.id === id) as Box;
    const line: Line = {
      boxes,
      past: past && { from: find(past[0]), to: find(past[1]), whole: past[2], y: y + height + WIRE / 2 + 4 },
      lettered: sown.lettered ?? false,
      rows: boxes[0]?.rows ?? [],
      y: centre,
    };
    y += height + foot(sown);
    return line;
  });
  return { gutter, lines: planned, boxes: planned.flatMap(({ boxes }) => boxes) };
}

const columnsIn = (boxes: Seed[]) => Math.max(...boxes.map(({ shown }) => columnsOf(shown)));
const holds = ({ boxes }: Column, node: NodeSchema | null) =>
  node !== null && boxes.some(({ part }) => part?.nodes.includes(node) ?? false);

const WIDE = { least: 24, most: 30, alone: 54 };
const THIN = { least: 2.2, most: 15 };

/** What is read now is wide enough for its figures, and what it is read from too where there is room. */
function widthsOf(columns: Column[], room: number, looked: NodeSchema | null) {
  const gaps = columns.slice(1).reduce((sum, { gap }) => sum + gap, 0);
  const counts = columns.map(({ boxes }) => columnsIn(boxes));
  const at = columns.findIndex((one) => holds(one, looked));
  const fits = (wide: number[]) => {
    const cellsWide = wide.reduce((sum, i) => sum + (counts[i] ?? 0), 0);
    const others = counts.reduce((sum, n, i) => sum + (wide.includes(i) ? 0 : n), 0);
    return gaps + cellsWide * WIDE.least + others * 3.2 <= room;
  };
  const all = columns.map((_, i) => i);
  const choices =
    columns.length === 1 ? [all, []] : at < 0 ? [[]] : [all, [at - 1, at].filter((i) => i >= 0), [at], []];
  const wide = choices.find(fits) ?? [];
  const cellsWide = wide.reduce((sum, i) => sum + (counts[i] ?? 0), 0);
  const others = counts.reduce((sum, n) => sum + n, 0) - cellsWide;
  const thin = Math.max(THIN.least, Math.min(THIN.most, (room - gaps - cellsWide * WIDE.least) / Math.max(1, others)));
  const most = columns.length === 1 ? WIDE.alone : WIDE.most;
  const broad = Math.max(thin, Math.min(most, (room - gaps - others * thin) / Math.max(1, cellsWide)));
  const used = gaps + others * thin + cellsWide * broad;
  return {
    cw: counts.map((_, i) => (wide.includes(i) ? broad : thin)),
    spread: Math.min(3, 1 + Math.max(0, room - used) / Math.max(1, gaps)),
  };
}
