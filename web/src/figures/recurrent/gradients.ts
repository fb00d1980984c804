// Under the steps, once the walk goes back: the terms of a shared weight's gradient and their sum; then the updates.

import { mathWidth, plainMath } from '../../draw/math.ts';
import type { NodeSchema } from '../../session/types.ts';
import type { StepPen } from './pen.ts';
import { symbol } from './symbols.ts';

/** The weight whose terms are shown: the one that is selected, else of the operation that is undone, else the one that is used at every step. */
export function shownWeight(pen: StepPen): NodeSchema | null {
  const { now, position, forward, weight } = pen.wish;
  if (weight !== null) return pen.a.node(weight);
  const used =
    position > forward ? now?.inputs.map((id) => pen.a.node(id)).find((n) => n.role === 'parameter') : undefined;
  return used ?? pen.a.recurrent;
}

export function drawTerms(pen: StepPen, band: { y: number; size: number }) {
  const weight = shownWeight(pen);
  if (!weight) return;
  const { notation, position } = pen.wish;
  const takers = pen.a.consumers[weight.id] ?? [];
  const closed = pen.cols.steps.find((c) => !c.open)?.w ?? 60;
  const spread = closed < 34;
  const x0 = pen.cols.start.x;
  const pitch = (pen.cols.width - x0 - 6) / (takers.length + 1);
  const last = pen.cols.steps.at(-1);
  const room = last ? (pen.cols.width - last.x - last.w / 2 - 18) / 1.5 : band.size; // for the sum beside the last term
  const s = spread ? Math.max(8, Math.min(band.size, pitch - 9)) : Math.min(band.size, room);
  const [height = 1, width = 1] = weight.shape;
  const y = band.y + (band.size - s) / 2;
  const put = (node: NodeSchema, what: 'grad' | { edge: number }, x: number, shown: boolean) =>
    pen.scene.matrices.push({
      node: node.id,
      what,
      x,
      y,
      size: s,
      rows: height,
      columns: weight.shape.length > 1 ? width : 1,
      shown,
    });
  let come = 0;
  let before: number | null = null;
  takers.forEach(({ node, input }, i) => {
    const c = pen.cols.steps[i];
    if (!c) return;
    const middle = spread ? x0 + (i + 0.5) * pitch : c.x + c.w / 2;
    const shown = node.backward > 0 && node.backward <= position;
    if (shown) come++;
    put(node, { edge: input }, middle - s / 2, shown);
    pen.label(middle, band.y + band.size + 15, spread && i ? String(node.time) : `t = ${node.time}`, 12, {
      face: 'sans',
      dim: !shown,
    });
    if (shown && before !== null)
      pen.label((before + middle) / 2, y + s / 2 + 5, '+', 14, { face: 'sans', bold: true });
    before = shown ? middle : null;
  });
  const x = spread ? x0 + (takers.length + 0.5) * pitch - s / 2 : pen.cols.width - s - 4;
  pen.label(spread ? x - pitch / 2 + s / 2 : x - 8, y + s / 2 + 5, '=', 16, { face: 'sans', bold: true });
  put(weight, 'grad', x, come > 0);
  pen.label(Math.min(pen.cols.width - 2, x + s), y - 8, `\\g{∂J}/∂${symbol(pen.a, weight, notation)}`, 14, {
    anchor: 'end',
  });
  pen.label(x + s / 2, band.y + band.size + 15, `${come} / ${takers.length}`, 12, { face: 'sans' });
}

/** After the walk back: clip by the norm, then one parameter each. */
export function drawUpdates(pen: StepPen, band: { y: number; size: number }, clip: string) {
  const done = pen.wish.position - (2 * pen.wish.forward + 1);
  const items = [`\\t{${clip}}`, ...pen.a.parameters.map((p) => symbol(pen.a, p, pen.wish.notation))];
  const widths = items.map((tex) => mathWidth(plainMath(tex), 18));
  const room = pen.cols.width - pen.cols.start.x - 20;
  const gap = Math.min(36, Math.max(8, (room - widths.reduce((a, b) => a + b, 0)) / items.length));
  let x = pen.cols.start.x + 12;
  const y = band.y + band.size / 2 + 8;
  items.forEach((tex, i) => {
    const w = widths[i] ?? 0;
    pen.label(x + w / 2, y, tex, 18, {
      dim: i > done,
      chip: i === done,
      to: 2 * pen.wish.forward + 1 + i,
    });
    x += w + gap;
  });
}
