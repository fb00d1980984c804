// The operations of the open step in the order of the walk: done, now, to come; those of a cell with gates by their
// moves. Its ŷ and J stand beside them.

import { mathWidth, plainMath } from '../../draw/math.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { LabelMark } from '../../stage/scene.ts';
import { hasValue } from '../../stage/tape.ts';
import type { Step } from './anatomy.ts';
import type { MoveName } from './cells.ts';
import type { StepPen } from './pen.ts';
import { operationSymbol } from './symbols.ts';
import type { Wish } from './wish.ts';

export interface Flow {
  labels: LabelMark[]; // from the step's left edge
  lines: number;
  bottom: number; // baseline of the last line
}

const barsOf = (width: number, gated: boolean) => (width >= 260 ? Math.min(66, width * (gated ? 0.15 : 0.2)) : 0);

/** Where there are more than so many lines, only the present move keeps its operations. */
export function operationFlow(
  wish: Wish,
  step: Step,
  width: number,
  moves: Record<MoveName, string> | null,
  most = 99,
): Flow {
  const whole = flow(wish, step, width, moves, true);
  if (whole.lines <= most || !moves) return whole;
  // as many lines as any move needs, so that nothing moves from one to the next
  const each = step.moves.map(({ operations }) =>
    flow({ ...wish, now: operations[0] ?? null }, step, width, moves, false),
  );
  return { ...flow(wish, step, width, moves, false), bottom: Math.max(...each.map((f) => f.bottom)) };
}

function flow(wish: Wish, step: Step, width: number, moves: Record<MoveName, string> | null, all: boolean): Flow {
  const { anatomy, position, notation, now } = wish;
  const back = position > wish.forward;
  const size = width < 260 || (moves && width < 420) ? 14 : 16;
  const bars = barsOf(width, moves !== null);
  const limit = width - 12 - (bars ? bars + 6 : 0);
  const between = moves ? 8 : width < 260 ? 10 : 14;
  const line = size * (moves ? 1.45 : 1.62);
  const labels: LabelMark[] = [];
  const left = 13;
  let x = left;
  let y = moves ? 15 : 24;
  let lines = 1;
  const wrap = (w: number) => {
    if (x + w <= limit || x === left) return;
    x = left;
    y += line;
    lines++;
  };
  const widthOf = (node: NodeSchema) => mathWidth(plainMath(operationSymbol(anatomy, node, notation)), size);
  const put = (nodes: NodeSchema[]) => {
    for (const node of nodes) {
      const w = widthOf(node);
      wrap(w);
      const done = back ? node.backward > 0 && node.backward <= position : hasValue(node, position);
      const tex = operationSymbol(anatomy, node, notation);
      const to = back && node.backward > 0 ? node.backward : node.forward;
      labels.push({ x: x + w / 2, y, tex, size, anchor: 'middle', dim: !done, chip: node === now, to });
      x += w + between;
    }
  };
  const turned = <T>(list: T[]) => (back ? list.toReversed() : list);
  if (!moves) put(turned(step.operations));
  else
    for (const move of turned(step.moves)) {
      const here = !!now && move.operations.includes(now);
      const nodes = all || here ? turned(move.operations) : [];
      const name = moves[move.name];
      const wide = mathWidth(name, 12) + (nodes.length ? 6 : 0);
      // a move begins a new line rather than being parted
      wrap(wide + nodes.reduce((sum, node) => sum + widthOf(node) + between, -between));
      labels.push({ x, y, tex: name, size: 12, face: 'sans', anchor: 'start', bold: here, quiet: !here });
      x += wide;
      put(nodes);
      x += nodes.length ? 6 : 8;
    }
  return { labels, lines, bottom: y };
}

export function drawOperations(pen: StepPen, step: Step, i: number, x0: number, width: number, { labels }: Flow) {
  for (const label of labels) pen.scene.labels.push({ ...label, x: x0 + label.x });
  const bars = barsOf(width, step.gated !== null);
  if (!bars) return;
  const middle = x0 + width - 12 - bars / 2;
  pen.bars(step, middle, bars, i);
  pen.lossNumber(step, middle, bars);
}
