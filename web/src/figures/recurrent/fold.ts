// The folded network: one step whose state comes back to it. The same weights serve every letter, so one drawing does.

import { rows } from '../../stage/rows.ts';
import { emptyScene, type VectorMark } from '../../stage/scene.ts';
import { hasValue } from '../../stage/tape.ts';
import { bands, columns } from './geometry.ts';
import { scalesOf } from './scales.ts';
import { letters, symbol } from './symbols.ts';
import type { Laid, Wish } from './wish.ts';

const size = (shape: number[]) => shape.reduce((x, y) => x * y, 1);

export function fold(wish: Wish): Laid {
  const { anatomy: a, box, position, notation, now } = wish;
  const i = wish.open ?? Math.max(0, a.steps.length - 1);
  const step = a.steps[i];
  const cols = columns({ width: box.width, count: a.steps.length, open: null, openVectors: 0, openUnits: 0 });
  const hidden = size(step?.state?.shape ?? [1]);
  const depth = size(step?.embedding?.shape ?? [1]);
  const b = bands({
    height: box.height,
    hidden,
    embedding: depth,
    backward: false,
    termSize: 0,
    cell: a.startCarried !== null,
    tight: false,
    head: 0,
    said: false,
  });
  const scene = emptyScene(box.width, box.height, scalesOf(a));
  const laid = { scene, columns: cols, bands: b };
  if (!step?.state || !step.embedding) return laid;
  const w = Math.min(64, box.width * 0.14);
  const middle = box.width / 2;
  const r = rows(hidden, b.state.y, b.state.h, Math.min(wish.focus, hidden - 1));
  const k = b.cell ? rows(hidden, b.cell.y, b.cell.h, Math.min(wish.focus, hidden - 1)) : null; // of c
  const floor = (k ?? r).bottom;
  const e = rows(depth, b.embedding.y, b.embedding.h, Math.min(wish.focus, depth - 1));
  const put = (
    node: VectorMark['node'],
    x: number,
    rowsOf: VectorMark['rows'],
    there: boolean,
    scale: VectorMark['scale'],
  ) => {
    const mark: VectorMark = {
      node,
      x,
      w,
      rows: rowsOf,
      from: 0,
      scale,
      shown: there ? 'value' : 'pending',
      gradient: 'none',
      what: 'grad',
      done: rowsOf.y.length,
      figures: true,
      frame: 'role-a',
      faint: !there,
    };
    scene.vectors.push(mark);
    return mark;
  };
  const label = (x: number, y: number, tex: string, fontSize = 16, anchor: 'start' | 'middle' | 'end' = 'middle') =>
    scene.labels.push({ x, y, tex, size: fontSize, anchor });
  put(step.state.id, middle - w / 2, r, hasValue(step.state, position), 'state');
  const before = i === 0 ? a.start : (a.steps[i - 1]?.state ?? null);
  const far = Math.min(box.width * 0.3, w * 2.6);
  const left = middle - far;
  if (before) {
    put(before.id, left - w / 2, r, hasValue(before, position), 'state');
    label(left, b.symbols, symbol(a, before, notation));
    scene.arrows.push({
      from: [left + w / 2 + 4, (r.top + r.bottom) / 2],
      to: [middle - w / 2 - 5, (r.top + r.bottom) / 2],
      state: 'done',
    });
    if (a.recurrent) label((left + middle) / 2, (r.top + r.bottom) / 2 - 9, symbol(a, a.recurrent, notation));
  }
  label(middle, b.symbols, letters.state(step.time, notation));
  const carried = i === 0 ? a.startCarried : (a.steps[i - 1]?.carried ?? null);
  if (k && b.cell && carried && step.carried) {
    const height = (k.top + k.bottom) / 2;
    put(carried.id, left - w / 2, k, hasValue(carried, position), 'cell');
    put(step.carried.id, middle - w / 2, k, hasValue(step.carried, position), 'cell');
    label(left, b.cell.symbols, symbol(a, carried, notation));
    label(middle, b.cell.symbols, symbol(a, step.carried, notation));
    const [from, to] = [left + w / 2, middle - w / 2];
    scene.belt = { x: from, y: k.top - 5, w: to - from, h: k.bottom - k.top + 10, gaps: [{ from, to, state: 'done' }] };
    if (step.gated?.kind === 'lstm') {
      label((from * 2 + to) / 3, height + 5, `×${letters.gate('f', step.time, notation)}`);
      label((from + to * 2) / 3, height + 5, `+${symbol(a, step.gated.stored, notation)}`);
    }
    scene.arrows.push({ from: [middle, b.cell.symbols - 14], to: [middle, r.bottom + 5], state: 'done' });
  }
  put(step.embedding.id, middle - w / 2, e, hasValue(step.embedding, position), 'rest');
  label(middle + w / 2 + 10, (e.top + e.bottom) / 2 + 5, letters.embedding(step.time, notation), 16, 'start');
  scene.arrows.push(
    { from: [middle, e.top - 4], to: [middle, floor + 5], state: 'done' },
    { from: [middle, b.letter - 17], to: [middle, e.bottom + 4], state: 'done' },
  );
  const token = wish.text(a.tokens[i] ?? -1);
  const mark = /^<.+>$/.test(token);
  scene.labels.push({
    x: middle,
    y: b.letter,
    tex: mark ? token.slice(1, -1) : token,
    size: mark ? 13 : 20,
    anchor: 'middle',
    face: mark ? 'sans' : 'mono',
    bold: true,
  });
  // what is handed on comes back in from the left
  const right = middle + far;
  const y = (r.top + r.bottom) / 2;
  const under = floor + 14;
  const too = k ? `M${middle + w / 2 + 4} ${(k.top + k.bottom) / 2}H${right}` : '';
  scene.loop = {
    d: `M${middle + w / 2 + 4} ${y}H${right - 12}q12 0 12 12V${under - 12}q0 12 -12 12H${left + 12}q-12 0 -12 -12V${floor + 10}${too}`,
    head: `M${left} ${floor + 2}l-4 9h8Z`,
  };
  scene.labels.push({ x: right + 8, y: y + 30, tex: 't → t+1', size: 14, anchor: 'start', face: 'math' });
  if (step.probabilities) {
    const width = Math.min(box.width * 0.5, 320);
    scene.bars.push({
      node: step.probabilities.id,
      x: middle - width / 2,
      w: width,
      y: b.bars.y,
      h: b.bars.h,
      shown: hasValue(step.probabilities, position),
      what: 'value',
      target: a.targets[i] ?? -1,
      small: false,
    });
    label(middle - width / 2 - 8, b.bars.y + b.bars.h - 3, letters.probabilities(step.time, notation), 16, 'end');
    scene.arrows.push({ from: [middle, b.symbols - 15], to: [middle, b.bars.y + b.bars.h + 3], state: 'done' });
  }
  if (step.loss && hasValue(step.loss, position)) {
    label(middle - 8, b.loss, letters.loss(step.time, notation), 14, 'end');
    scene.numbers.push({
      node: step.loss.id,
      x: middle,
      y: b.loss,
      dim: false,
      size: 14,
      digits: 2,
      room: 60,
      anchor: 'start',
    });
  }
  const marked = now && scene.vectors.find((v) => v.node === now.id);
  if (marked) scene.now = { from: [], mark: marked, cell: Math.min(wish.focus, marked.rows.y.length - 1) };
  return laid;
}
