// What both pictures have: the distribution of a step, what is fed in, the gradient of a weight, and what is now.

import { mathWidth, plainMath } from '../../draw/math.ts';
import type { NodeSchema } from '../../session/types.ts';
import { placeOf } from '../../stage/scene.ts';
import { cells, gradientState } from '../../stage/tape.ts';
import type { Writing } from './anatomy.ts';
import type { Box } from './geometry.ts';
import type { Sketch } from './sketch.ts';
import { letters, operationSymbol, symbol } from './symbols.ts';

/** ŷ as bars; walking back, under it the gradient of the scores that it is made of. Beside its name, the loss. */
export function drawBars(s: Sketch, word: Writing, whole: Box) {
  const head = 12; // the name of a bar at its top stands under the loss
  const box = { ...whole, y: whole.y + head, h: whole.h - head };
  const n = s.wish.notation;
  const { probabilities, logits, loss } = word;
  const half = s.back ? 0.5 : 1;
  const common = { x: box.x, w: box.w, target: word.right, small: box.w < 28 };
  const shown = s.there(probabilities);
  s.scene.bars.push({ ...common, node: probabilities.id, y: box.y, h: box.h * half, shown, what: 'value' });
  if (s.back)
    s.scene.bars.push({
      ...common,
      node: logits.id,
      y: box.y + box.h / 2,
      h: box.h / 2,
      shown: gradientState(s.a, logits, s.wish.position, s.wish.schema.forward) === 'whole',
      what: 'grad',
    });
  const chip = s.wish.now === probabilities;
  s.label(box.x, whole.y - 7, letters.guess(word.time, n), 14, {
    anchor: 'start',
    dim: !shown,
    ...(chip ? { chip } : {}),
  });
  const right = box.x + box.w;
  s.label(right - 40, whole.y - 7, letters.loss(word.time, n), 14, { anchor: 'end', dim: !s.there(loss) });
  if (s.there(loss))
    s.scene.numbers.push({
      node: loss.id,
      x: right - 36,
      y: whole.y - 7,
      dim: false,
      size: 14,
      digits: 2,
      room: 36,
      anchor: 'start',
      bold: s.wish.now === loss,
    });
}

/** The word that a step is given: the true one in a solid frame, the net's own guess in a dashed one. */
export function drawFed(s: Sketch, word: Writing, box: Box) {
  const { x, y, w, h } = box;
  const text = s.wish.text(word.fed);
  const own = s.wish.schema.pair?.own && word.time > 1;
  s.path(`M${x} ${y}H${x + w}V${y + h}H${x}Z`, own ? 'dashed' : 'solid');
  s.word(text, x + w / 2, y + h / 2 + 4.5, w - 4, { dim: !s.there(word.embedding), bold: false }, h);
}

/** The weights that are updated, or the clipping of all gradients: the gradient of one as a small picture. */
export function drawUpdate(s: Sketch, box: Box) {
  const { now, notation: n } = s.wish;
  if (now?.role !== 'parameter') return;
  const columns = now.shape.at(-1) ?? 1;
  const size = Math.min(box.h, box.w / 3);
  const x = box.x + (box.w - size) / 2;
  s.label(x - 12, box.y + size / 2 + 5, `\\g{∂J}/∂${symbol(s.a, now, n)}`, 14, { anchor: 'end' });
  const rows = now.shape.length > 1 ? cells(now) / columns : columns;
  s.scene.matrices.push({
    node: now.id,
    what: 'grad',
    x,
    y: box.y,
    size,
    rows,
    columns: now.shape.length > 1 ? columns : 1,
    shown: true,
  });
}

/** The cell that is computed, or looked at: in the mark of its node that was put last. */
export function markNow(s: Sketch) {
  const { now, part, focus, position, schema } = s.wish;
  if (!now || position > 2 * schema.forward) return;
  const cell = Math.min(part && !s.back ? part.cells : focus, cells(now) - 1);
  const place = placeOf(s.scene, now.id, cell);
  if (place) s.scene.now = { mark: place.mark, cell: place.row, from: [] };
}

/** The operations of a word in the order in which they are done, as many as there is room for, those about the present
 *  one; each leads there. */
export function drawOperations(s: Sketch, nodes: NodeSchema[], from: number, to: number, y: number) {
  const { now, notation: n, position } = s.wish;
  const size = 13;
  const order = s.back ? nodes.filter(({ backward }) => backward > 0).toReversed() : nodes;
  const all = order.map((node) => {
    const tex = operationSymbol(s.a, node, n);
    return { node, tex, w: mathWidth(plainMath(tex), size) + 14 };
  });
  const at = Math.max(
    0,
    all.findIndex(({ node }) => node === now),
  );
  let [first, last] = [at, at];
  let width = all[at]?.w ?? 0;
  const fits = (k: number) => k >= 0 && k < all.length && width + (all[k]?.w ?? 0) <= to - from;
  for (;;) {
    const [after, before] = [fits(last + 1), fits(first - 1)];
    if (!after && !before) break;
    const right = after && (!before || last - at <= at - first);
    const k = right ? ++last : --first;
    width += all[k]?.w ?? 0;
  }
  let x = from + (to - from - width) / 2;
  for (const { node, tex, w } of all.slice(first, last + 1)) {
    const done = s.back ? node.backward <= position : s.there(node);
    const place = s.back ? node.backward : node.forward;
    s.label(x + w / 2, y, tex, size, { dim: !done, to: place, ...(node === now ? { chip: true } : {}) });
    x += w;
  }
}
