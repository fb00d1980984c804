// What an operation that is undone lets through, in lines with their numbers: those of the row that is looked at, and of
// the look back those of the word that is.

import type { NodeSchema, What } from '../../session/types.ts';
import { inBrackets, timeless, transposed } from '../../stage/letters.ts';
import { drawLines, LINE } from '../../stage/lines.ts';
import { cells } from '../../stage/tape.ts';
import type { Line, Said, VectorTerm } from '../../stage/terms.ts';
import { slope, slopeSymbol } from '../functions.ts';
import { lineWords } from '../words.ts';
import { isWriting, perWord } from './anatomy.ts';
import type { Box } from './geometry.ts';
import type { Sketch } from './sketch.ts';
import { functionOf, letters, symbol } from './symbols.ts';

const LEAST = 22; // of the columns over the lines: two rows with numbers
/** By how many stand side by side, in which order. */
const GATES: Record<number, string> = { 2: 'rz', 3: 'rzn', 4: 'ifgo' };

/** Lines of what arrives and what goes on; none where columns alone say it. */
function linesOf(s: Sketch, now: NodeSchema): Line[] {
  const { a } = s;
  const n = s.wish.notation;
  const named = (node: NodeSchema) => timeless(symbol(a, node, n));
  const term = (node: NodeSchema, show: VectorTerm['show'], what: What, tex: string, more = {}): VectorTerm => ({
    ...{ kind: 'vector', node, length: cells(node), show, what, tex },
    ...more,
  });
  const mine = term(now, 'gradient', 'grad', `\\g{∂J}/∂${inBrackets(named(now))}`);
  const from: Said[] = ['arrives', mine];
  const into = (k: number, more = {}) => {
    const to = a.node(now.inputs[k] as number);
    return term(now, 'gradient', { edge: k }, `\\g{∂J}/∂${inBrackets(named(to))}`, { length: cells(to), ...more });
  };
  const goes = (to: VectorTerm, ...how: Said[]): Line => ({ kind: 'product', said: ['through', to, '=', ...how] });
  const onto = (tex: string, to: VectorTerm, ...how: Said[]): Line => ({
    kind: 'product',
    said: ['onto', { tex }, to, '=', ...how],
  });
  const [input, other] = now.inputs.map((id) => a.node(id));
  const own = (() => {
    if (!input?.gradient) return [];
    if (now.op === 'weighted_sum' || (now.op === 'scores' && other && perWord(a, other) > 0)) {
      // j: the word that is looked at
      const j = Math.min(s.wish.quarter, a.source.length - 1);
      const per = perWord(a, other as NodeSchema);
      const read = letters.read(j + 1);
      const state = into(1, { from: j * per, length: per });
      if (now.op === 'scores')
        return [
          onto(read, state, { tex: named(input) }, term(input, 'value', 'grad', named(input)), '×', 'arrives', {
            ...mine,
            ...{ from: j, length: 1 },
          }),
        ];
      const weight = `\\a{α}_{${j + 1}}`;
      const share = term(input, 'value', 'grad', weight, { from: j, length: 1 });
      return [
        onto(read, state, { tex: weight }, share, '×', ...from),
        onto(weight, into(0, { from: j, length: 1 }), { tex: read }, '·', 'arrives'),
      ];
    }
    if (now.op === 'masked_softmax' || now.op === 'softmax') {
      const y = term(now, 'value', 'grad', named(now));
      const less = term(now, 'centred', 'grad', '\\g{∂J}−\\t{mean}');
      const looked =
        now.op === 'masked_softmax' ? { from: Math.min(s.wish.quarter, cells(now) - 1), length: 1 } : undefined;
      const tex = looked ? `\\a{α}_{${looked.from + 1}}` : named(now);
      return [goes({ ...into(0), ...looked }, { tex }, { ...y, ...looked }, '×', 'mean', { ...less, ...looked })];
    }
    if (now.op === 'tanh' || now.op === 'gate') {
      const f = functionOf(now);
      const steep = term(now, 'slope', 'grad', slopeSymbol(f, named(now)), { slope: (y: number) => slope(f, y) });
      const first = GATES[cells(input) / cells(now)]?.indexOf(now.name) ?? 0; // of several gates side by side, its own
      return [goes(into(0, { from: first * cells(now), length: cells(now) }), 'slope', steep, '×', ...from)];
    }
    if (now.op === 'mul' && other) {
      return [0, 1].flatMap((k) => {
        const [to, by] = [a.node(now.inputs[k] as number), a.node(now.inputs[1 - k] as number)];
        const line = onto(named(to), into(k), { tex: named(by) }, term(by, 'value', 'grad', named(by)), '×', ...from);
        return to.gradient ? [line] : [];
      });
    }
    if (now.op === 'matmul' && other) {
      const through: Line = {
        kind: 'words',
        said: ['through', '=', { tex: transposed(symbol(a, other, n)) }, '·', 'arrives'],
      };
      return [through];
    }
    if (now.op === 'add') {
      const words: Line = { kind: 'words', said: [other?.gradient ? 'alike' : 'through', '=', 'arrives'] };
      return [words];
    }
    return [];
  })();
  return own.length ? [...arriving(s, now, mine, term), ...own] : [];
}

type Term = (node: NodeSchema, show: VectorTerm['show'], what: What, tex: string, more?: object) => VectorTerm;

/** What arrives is the sum of what comes from each way on. */
function arriving(s: Sketch, now: NodeSchema, mine: VectorTerm, term: Term): Line[] {
  const ways = (s.a.consumers[now.id] ?? []).filter(({ node }) => node.gradient && perWord(s.a, node) === 0);
  if (ways.length < 2 || ways.length !== s.a.consumers[now.id]?.length) return [];
  const said = ways.flatMap(({ node, input }, i): Said[] => {
    const by: Said[] =
      node.time === now.time ? ['by', { tex: timeless(symbol(s.a, node, s.wish.notation)) }] : ['later'];
    return [i ? '+' : '=', ...by, term(node, 'gradient', { edge: input }, '', { length: cells(now) })];
  });
  return [{ kind: 'sum', said: ['arrives', mine, ...said] }];
}

/** The lines of the operation of this moment at the foot of a box, if they have room there; the room that is left. */
export function undone(s: Sketch, now: NodeSchema | null, box: Box): Box {
  const lines = s.back && now ? linesOf(s, now) : [];
  const tall = lines.length * LINE + 4;
  if (!now || lines.length === 0 || box.h - tall < LEAST) return box;
  const word = s.a.wordOf(now);
  const right = isWriting(word) && now === word.loss ? Math.max(0, word.right) : s.wish.focus;
  drawLines(s, lines, lineWords(), {
    x: box.x,
    y: box.y + box.h - tall + LINE + 2,
    room: box.w,
    row: (length) => right % length,
  });
  return { ...box, h: box.h - tall };
}
