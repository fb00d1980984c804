// The parts of the figure that are always there, drawn into one scene.

import type { NodeSchema } from '../../session/types.ts';
import { timeless } from '../../stage/letters.ts';
import { Pen } from '../../stage/pen.ts';
import type { Rows } from '../../stage/rows.ts';
import type { VectorMark } from '../../stage/scene.ts';
import { gradientState, hasValue } from '../../stage/tape.ts';
import { isOutput, type Step } from './anatomy.ts';
import type { Bands, StepColumns } from './geometry.ts';
import { scaleOf, scalesOf } from './scales.ts';
import { letters, symbol } from './symbols.ts';
import type { Wish } from './wish.ts';

export interface Place {
  left: number;
  right: number;
  middle: number; // of the state's column
  cellLeft?: number; // of c, where it stands elsewhere than the state
  cellRight?: number;
}

export interface RowsOf {
  state: Rows;
  cell: Rows | null; // of c
  embedding: Rows;
}

/** Draws what stands where it always stands; open.ts and gatedStep.ts add to it. */
export class StepPen extends Pen<Wish> {
  readonly cols: StepColumns;
  readonly bands: Bands;
  readonly rows: RowsOf;
  readonly places: Place[] = []; // of the states, the start first
  readonly into: number[] = []; // where the state before enters a step

  constructor(wish: Wish, cols: StepColumns, b: Bands, r: RowsOf) {
    const { anatomy: a } = wish;
    const sheet = { width: cols.width, height: wish.box.height, scales: scalesOf(a) };
    super(a, wish, { ...sheet, scaleOf: (node) => scaleOf(a, node) });
    this.cols = cols;
    this.bands = b;
    this.rows = r;
  }

  get a() {
    return this.wish.anatomy;
  }

  gutter() {
    const { gutter } = this.cols;
    if (!gutter.w) return;
    for (const r of [this.rows.state, this.rows.cell])
      r?.y.forEach((y, i) => {
        if (r.readable(i))
          this.label(gutter.w - 7, y + (r.h[i] as number) / 2 + 4, String(i + 1), 12, {
            face: 'sans',
            anchor: 'end',
            dim: i !== this.wish.focus,
            bold: i === this.wish.focus,
          });
      });
  }

  start() {
    const { start } = this.cols;
    const { notation } = this.wish;
    const w = Math.min(46, start.w - (start.w > 30 ? 8 : 3));
    const x = start.x + (start.w - w) / 2;
    if (this.a.start) this.vector(this.a.start, x, w, this.rows.state, false);
    if (this.a.startCarried && this.rows.cell && this.bands.cell) {
      this.vector(this.a.startCarried, x, w, this.rows.cell, false);
      if (start.w >= 30) this.label(x + w / 2, this.bands.cell.symbols, letters.carried(0, notation));
    }
    this.places.push({ left: x, right: x + w, middle: x + w / 2 });
    this.label(x + w / 2, this.bands.symbols, start.w < 30 ? '0' : letters.state(0, notation), start.w < 30 ? 12 : 16);
    if (start.w >= 30) {
      this.label(start.x + 2, this.bands.loss, letters.loss('t', notation), 14, { anchor: 'start' });
      const { bars } = this.bands;
      const y = bars.y + bars.h * (this.back ? 0.5 : 1) - 3;
      this.label(start.x + 2, y, letters.probabilities('t', notation), 14, { anchor: 'start' });
      const first = this.a.steps[0]?.logits;
      if (this.back && first) {
        const tex = `\\g{∂J}/∂${timeless(symbol(this.a, first, notation))}`;
        this.label(start.x + start.w - 4, bars.y + bars.h * 0.65 + 7, tex, 13, { anchor: 'end' });
      }
    }
  }

  letter(step: Step, i: number, x: number, w: number) {
    const token = this.a.tokens[i] ?? -1;
    const text = this.wish.text(token);
    const mark = /^<.+>$/.test(text);
    const dim = !!step.embedding && !hasValue(step.embedding, this.wish.position);
    const shown = mark ? text.slice(1, -1) : text;
    if (mark && w < 32) this.label(x + w / 2 - 2, this.bands.letter, shown, 12, { face: 'sans', anchor: 'end', dim });
    else
      this.label(x, this.bands.letter, shown, mark ? 13 : w < 18 ? 14 : 20, {
        face: mark ? 'sans' : 'mono',
        bold: true,
        dim,
      });
  }

  bars(step: Step, middle: number, w: number, i: number) {
    const y = step.probabilities;
    if (!y) return;
    const { bars } = this.bands;
    const target = this.a.targets[i] ?? -1;
    const common = { x: middle - w / 2, w, target, small: w < 28 };
    const shown = hasValue(y, this.wish.position);
    const half = this.back && step.logits ? 0.5 : 1;
    this.scene.bars.push({ ...common, node: y.id, y: bars.y, h: bars.h * half, shown, what: 'value' });
    if (this.back && step.logits) {
      const state = gradientState(this.a, step.logits, this.wish.position, this.wish.forward);
      this.scene.bars.push({
        ...common,
        node: step.logits.id,
        y: bars.y + bars.h * half,
        h: bars.h * half,
        shown: state === 'whole',
        what: 'grad',
      });
    }
  }

  lossNumber(step: Step, middle: number, w: number) {
    if (!step.loss) return;
    // where a number has no room over its column, over every second, third ... column
    const every = w < 22 ? Math.ceil(26 / w) : 1;
    if (this.a.steps.indexOf(step) % every > 0 || !hasValue(step.loss, this.wish.position)) return;
    const look = { digits: w < 30 ? 1 : 2, size: w < 36 ? 12 : 14 };
    this.number(step.loss, middle, this.bands.loss, every * w - 3, look);
  }

  closedStep(step: Step, i: number) {
    const c = this.cols.steps[i];
    if (!c || !step.state) return;
    const { position, notation } = this.wish;
    const middle = c.x + c.w / 2;
    const w = Math.min(46, c.w - (c.w > 42 ? 12 : c.w > 30 ? 8 : 4));
    const beside = i + 1 === this.wish.open;
    const mark = this.vector(step.state, middle - w / 2, w, this.rows.state, beside);
    this.places.push({ left: mark.x, right: mark.x + w, middle });
    this.into[i] = mark.x;
    const dim = !hasValue(step.state, position);
    this.label(
      middle,
      this.bands.symbols,
      c.w < 34 ? String(step.time) : letters.state(step.time, notation),
      c.w < 34 ? 12 : 16,
      { dim },
    );
    if (step.carried && this.rows.cell && this.bands.cell) {
      const { top } = this.rows.cell;
      this.vector(step.carried, middle - w / 2, w, this.rows.cell, beside);
      if (c.w >= 34)
        this.label(middle, this.bands.cell.symbols, letters.carried(step.time, notation), 16, {
          dim: !hasValue(step.carried, position),
        });
      this.arrow(
        [middle, c.w >= 34 ? this.bands.cell.symbols - 13 : top - 4],
        [middle, this.rows.state.bottom + 5],
        this.walked(step.state),
      );
    }
    if (step.embedding) {
      const e = this.vector(step.embedding, middle - w / 2, w, this.rows.embedding, false);
      this.feed(step, e, middle);
    }
    this.letter(step, i, middle, c.w);
    this.bars(step, middle, Math.max(10, c.w - (c.w > 30 ? 8 : 3)), i);
    this.lossNumber(step, middle, c.w);
    this.outOf(step, middle);
  }

  /** Letter to embedding to state. */
  feed(step: Step, e: VectorMark, middle: number, to = (this.rows.cell ?? this.rows.state).bottom + 5) {
    const taker = this.a.consumers[e.node]?.[0]?.node ?? null;
    this.arrow([middle, this.bands.letter - 17], [middle, e.rows.bottom + 4], this.walked(step.embedding));
    this.arrow([middle, e.rows.top - 4], [middle, to], this.walked(taker));
  }
  outOf(step: Step, middle: number) {
    const { bars } = this.bands;
    const out = step.operations.find((n) => isOutput(step, n)) ?? null;
    this.arrow([middle, this.bands.symbols - 15], [middle, bars.y + bars.h + 3], this.walked(out));
  }

  /** The state is handed on. */
  between() {
    const middle = (this.rows.state.top + this.rows.state.bottom) / 2;
    this.a.steps.forEach((step, i) => {
      const from = this.places[i];
      const to = this.into[i];
      if (!from || to === undefined) return;
      const taker = step.operations.find((n) => n.op === 'matmul' && n.inputs[1] === this.a.recurrent?.id) ?? null;
      const gap = to - 4 - (from.right + 3);
      // the state stands first in the open step, and its prediction between it and the next one
      if (i - 1 === this.wish.open && gap > 60) return;
      if (gap >= 3) this.arrow([from.right + 3, middle], [to - 4, middle], this.walked(taker));
    });
  }

  /** The conveyor: c is handed on, times f, plus what is stored. */
  belt() {
    const r = this.rows.cell;
    const first = this.places[0];
    const last = this.places.at(-1);
    if (!r || !first || !last) return;
    const [y, h] = [r.top - 5, r.bottom - r.top + 10];
    const gaps = this.a.steps.map((step, i) => {
      const from = (this.places[i] as Place).cellRight ?? (this.places[i] as Place).right;
      const to = this.places[i + 1] as Place;
      const state = this.walked(step.gated?.kind === 'lstm' ? step.gated.kept : null);
      return { from, to: to.cellLeft ?? to.left, state };
    });
    this.scene.belt = { x: first.left - 6, y, w: (last.cellRight ?? last.right) - first.left + 12, h, gaps };
    const middle = (r.top + r.bottom) / 2;
    this.a.steps.forEach((step, i) => {
      const gap = gaps[i];
      if (!gap || i === this.wish.open || step.gated?.kind !== 'lstm') return;
      const room = gap.to - gap.from;
      const x = (gap.from + gap.to) / 2;
      if (room < 9) return;
      const sign = (dx: number, dy: number, text: string, node: NodeSchema) =>
        this.label(x + dx, middle + dy, text, 14, {
          face: 'sans',
          bold: true,
          dim: !hasValue(node, this.wish.position),
        });
      const beside = room >= 26;
      sign(beside ? -6 : 0, beside ? 5 : -3, '×', step.gated.kept);
      sign(beside ? 6 : 0, beside ? 5 : 12, '+', step.carried as NodeSchema);
    });
  }

  mean() {
    const { end } = this.cols;
    const { loss: mean } = this.a;
    if (!mean) return;
    const x = end.x + end.w - 2;
    this.label(x, this.bands.loss, 'J', 14, { anchor: 'end', dim: !hasValue(mean, this.wish.position) });
    if (hasValue(mean, this.wish.position))
      this.number(mean, x, this.bands.loss + 17, end.w, { bold: true, anchor: 'end' });
  }
}
