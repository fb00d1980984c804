// From a schema, a position and a box to marks. Forwards and backwards share every place; only arrows turn and cells
// split into value over gradient.

import { mathWidth, plainMath } from '../draw/math.ts';
import type { NodeSchema, Notation, Part } from '../session/types.ts';
import { type Anatomy, gradientState, hasValue, isOutput, type Step, type Term } from './anatomy.ts';
import { type Bands, bands, type Columns, columns, type Rows, rows } from './geometry.ts';
import { type ArrowMark, emptyScene, type Scene, type VectorMark } from './scene.ts';
import { letters, operationSymbol, symbol } from './symbols.ts';

export interface Wish {
  anatomy: Anatomy;
  forward: number; // F of the walk
  position: number;
  now: NodeSchema | null; // of the operation that was done last
  open: number | null; // index of the open step
  box: { width: number; height: number };
  focus: number; // row that stays readable when rows are thin
  part: Part | null;
  notation: Notation;
  text: (token: number) => string;
  tokens: number[];
  targets: number[];
}

export interface Laid {
  scene: Scene;
  columns: Columns;
  bands: Bands;
}

const size = (n: NodeSchema) => n.shape.reduce((a, b) => a * b, 1);

/** Terms of the open step, as they stand side by side, and which half of the step they show. */
export function openTerms(a: Anatomy, step: Step, now: NodeSchema | null): Term[] {
  if (!now || !(isOutput(step, now) || now === a.mean) || !step.state || !step.output.length) return step.hidden;
  const first = step.output[0];
  const through: Term[] = first?.kind === 'vector' ? [{ kind: 'through', node: first.node }] : [];
  return [{ kind: 'vector', node: step.state }, ...through, ...step.output];
}

export function layout(wish: Wish): Laid {
  const { anatomy: a, position, box, now, notation } = wish;
  const back = position > wish.forward;
  const openStep = wish.open === null ? null : (a.steps[wish.open] ?? null);
  const terms = openStep ? openTerms(a, openStep, now) : [];
  const cols = columns({
    width: box.width,
    count: a.steps.length,
    open: openStep ? wish.open : null,
    openVectors: terms.filter((t) => t.kind === 'vector').length,
  });
  const closed = cols.steps.find((c) => !c.open)?.w ?? cols.start.w;
  const hidden = a.steps[0]?.state ? size(a.steps[0].state) : 1;
  const depth = a.steps[0]?.embedding ? size(a.steps[0].embedding) : 1;
  const termSize = Math.max(10, Math.min(64, closed - 8, box.height * 0.16));
  const b = bands(box.height, hidden, depth, back, termSize);
  const figure = back ? 28 : 15;
  const l = new Layout(wish, cols, b, back, {
    state: rows(hidden, b.state.y, b.state.h, Math.min(wish.focus, hidden - 1), figure),
    embedding: rows(depth, b.embedding.y, b.embedding.h, Math.min(wish.focus, depth - 1), figure),
  });
  l.gutter();
  l.start();
  a.steps.forEach((step, i) => {
    if (i === wish.open) l.openStep(step, i, terms);
    else l.closedStep(step, i);
  });
  l.between();
  l.mean();
  if (back && b.terms) {
    if (position > 2 * wish.forward) l.updates(b.terms);
    else l.sharedTerms(b.terms);
  }
  const scene = l.scene;
  if (now) {
    const mark = scene.vectors.find((v) => v.node === now.id);
    const n = mark?.rows.y.length ?? 0;
    if (mark) scene.now = { mark, cell: Math.min(wish.part && !back ? wish.part.cells : wish.focus, n - 1) };
  }
  // the name of what is being computed is a chip, wherever it stands
  if (now) for (const label of scene.labels) if (label.tex === symbol(a, now, notation)) label.chip = true;
  return { scene, columns: cols, bands: b };
}

interface Place {
  left: number;
  right: number;
  middle: number; // of the state's column
}

class Layout {
  readonly scene: Scene;
  private readonly wish: Wish;
  private readonly cols: Columns;
  private readonly bands: Bands;
  private readonly back: boolean;
  private readonly rows: { state: Rows; embedding: Rows };
  private readonly places: Place[] = []; // of the states, the start first
  private readonly into: number[] = []; // where the state before enters a step

  constructor(wish: Wish, cols: Columns, b: Bands, back: boolean, r: { state: Rows; embedding: Rows }) {
    this.wish = wish;
    this.cols = cols;
    this.bands = b;
    this.back = back;
    this.rows = r;
    this.scene = emptyScene(cols.width, wish.box.height);
  }

  private get a() {
    return this.wish.anatomy;
  }
  private label(x: number, y: number, tex: string, size = 16, more: Partial<Scene['labels'][number]> = {}) {
    this.scene.labels.push({ x, y, tex, size, anchor: 'middle', ...more });
  }
  private number(node: NodeSchema, x: number, y: number, more: Partial<Scene['numbers'][number]> = {}) {
    this.scene.numbers.push({
      node: node.id,
      x,
      y,
      dim: !hasValue(node, this.wish.position),
      size: 14,
      digits: 2,
      anchor: 'middle',
      ...more,
    });
  }
  private arrow(from: [number, number], to: [number, number], state: ArrowMark['state']) {
    this.scene.arrows.push(this.back ? { from: to, to: from, state } : { from, to, state });
  }
  /** Has this edge been walked in the present direction? */
  private walked(consumer: NodeSchema | null): ArrowMark['state'] {
    if (!consumer) return 'ahead';
    const { position } = this.wish;
    const at = this.back ? consumer.backward : consumer.forward;
    return at > 0 && at === position ? 'hot' : at > 0 && at < position ? 'done' : 'ahead';
  }

  private vector(node: NodeSchema, x: number, w: number, r: Rows, figures: boolean): VectorMark {
    const { position, forward, part, now } = this.wish;
    const there = hasValue(node, position);
    let done = size(node);
    if (part && !this.back && now?.id === node.id) {
      const inner = node.op === 'matmul' ? (this.a.node(node.inputs[1] as number).shape.at(-1) ?? 1) : 1;
      done = Math.min(done, part.cells + (part.terms >= inner ? 1 : 0));
    }
    const gradient = this.back ? gradientState(this.a, node, position, forward) : 'none';
    const state = this.a.start === node || this.a.steps.some((s) => s.state === node || s.probabilities === node);
    const mark: VectorMark = {
      node: node.id,
      x,
      w,
      rows: r,
      scale: state ? 'state' : 'rest',
      shown: there ? 'value' : 'pending',
      gradient,
      what: 'grad',
      done,
      figures: figures && w >= 26,
      frame: node.role === 'parameter' ? 'role-p' : 'role-a',
      faint: this.back ? gradient === 'pending' : !there,
    };
    this.scene.vectors.push(mark);
    return mark;
  }

  gutter() {
    const { gutter } = this.cols;
    if (!gutter.w) return;
    const r = this.rows.state;
    r.y.forEach((y, i) => {
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
    this.places.push({ left: x, right: x + w, middle: x + w / 2 });
    this.label(x + w / 2, this.bands.symbols, start.w < 30 ? '0' : letters.state(0, notation), start.w < 30 ? 12 : 16);
    if (start.w >= 30) {
      this.label(start.x + 2, this.bands.loss, letters.loss('t', notation), 14, { anchor: 'start' });
      this.label(start.x + 2, this.bands.bars.y + this.bands.bars.h - 3, letters.probabilities('t', notation), 14, {
        anchor: 'start',
      });
    }
  }

  private letter(step: Step, i: number, x: number, w: number) {
    const token = this.wish.tokens[i] ?? -1;
    const text = this.wish.text(token);
    const mark = /^<.+>$/.test(text);
    const dim = !!step.embedding && !hasValue(step.embedding, this.wish.position);
    const shown = mark ? text.slice(1, -1) : text;
    if (mark && w < 32) this.label(x + w / 2, this.bands.letter, shown, 12, { face: 'sans', anchor: 'end', dim });
    else
      this.label(x, this.bands.letter, shown, mark ? 13 : w < 18 ? 14 : 20, {
        face: mark ? 'sans' : 'mono',
        bold: true,
        dim,
      });
  }

  private bars(step: Step, middle: number, w: number, i: number) {
    const y = step.probabilities;
    if (!y) return;
    const { bars } = this.bands;
    const target = this.wish.targets[i] ?? -1;
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

  private lossNumber(step: Step, middle: number, w: number) {
    if (!step.loss || w < 22) return;
    if (hasValue(step.loss, this.wish.position))
      this.number(step.loss, middle, this.bands.loss, { digits: w < 30 ? 1 : 2, size: w < 36 ? 12 : 14 });
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
  private feed(step: Step, e: VectorMark, middle: number) {
    const taker = this.a.consumers[e.node]?.[0]?.node ?? null;
    this.arrow([middle, this.bands.letter - 17], [middle, e.rows.bottom + 4], this.walked(step.embedding));
    this.arrow([middle, e.rows.top - 4], [middle, this.rows.state.bottom + 5], this.walked(taker));
  }
  private outOf(step: Step, middle: number) {
    const { bars } = this.bands;
    const out = step.operations.find((n) => isOutput(step, n)) ?? null;
    this.arrow([middle, this.bands.symbols - 15], [middle, bars.y + bars.h + 3], this.walked(out));
  }

  openStep(step: Step, i: number, terms: Term[]) {
    const c = this.cols.steps[i];
    if (!c || !step.state) return;
    const { notation } = this.wish;
    const b = this.bands;
    this.scene.ground = { x: c.x + 1, y: 0, w: c.w - 4, h: b.foot };
    const nodes = terms.filter((t) => t.kind === 'vector').length;
    const weight = terms.reduce((sum, t) => sum + (t.kind === 'sign' ? 1 : t.kind === 'through' ? 1.9 : 0), 0);
    const roomy = c.w > 260;
    const inset = roomy ? 24 : 8; // lines from the state before come in here
    const w = Math.min(58, Math.max(28, (c.w - inset - 10 - weight * 14) / nodes));
    const unit = Math.max(5, (c.w - inset - 9 - nodes * w) / weight);
    const output = terms[0]?.kind === 'vector' && terms[0].node === step.state;
    const across =
      output && step.probabilities
        ? rows(
            size(step.probabilities),
            b.state.y,
            b.state.h,
            Math.min(this.wish.focus, size(step.probabilities) - 1),
            this.back ? 28 : 15,
          )
        : this.rows.state;
    const middle = (b.state.y + this.rows.state.bottom) / 2;
    let x = c.x + inset;
    let right = x;
    let under: VectorMark | null = null; // the vector that the embedding goes into
    let stateMark: VectorMark | null = null;
    const symbolSize = w < 36 ? 12 : w < 46 ? 14 : 16;
    for (const t of terms) {
      if (t.kind === 'vector') {
        const isState = t.node === step.state;
        const mark = this.vector(t.node, x, w, isState ? this.rows.state : across, true);
        if (isState) stateMark = mark;
        if (t.node.inputs.includes(step.embedding?.id ?? -1)) under = mark;
        const name = symbol(this.a, t.node, notation);
        const fits = mathWidth(plainMath(name), symbolSize) <= w + unit * 0.9;
        this.label(x + w / 2, b.symbols, fits ? name : operationSymbol(this.a, t.node, notation), symbolSize, {
          dim: mark.shown === 'pending',
        });
        x += w;
        right = x;
        continue;
      }
      const gap = unit * (t.kind === 'sign' ? 1 : 1.9);
      if (t.kind === 'sign') this.label(x + gap / 2, middle + 6, t.sign, 18, { face: 'sans', bold: true });
      else {
        this.arrow([x + 4, middle], [x + gap - 4, middle], this.walked(t.node));
        const name =
          t.node.op === 'matmul'
            ? symbol(this.a, this.a.node(t.node.inputs[1] as number), notation)
            : operationSymbol(this.a, t.node, notation);
        if (mathWidth(plainMath(name), 12) <= gap + 4) this.label(x + gap / 2, middle - 9, name, 12);
      }
      x += gap;
    }
    const below = under ?? stateMark;
    if (step.embedding && below) {
      const e = this.vector(step.embedding, below.x, w, this.rows.embedding, true);
      const m = below.x + w / 2;
      this.feed(step, e, m);
      this.letter(step, i, m, 60);
      const taker = this.a.consumers[step.embedding.id]?.[0]?.node;
      if (taker && under)
        this.label(m - 6, e.rows.top - 10, symbol(this.a, this.a.node(taker.inputs[1] as number), notation), 14, {
          anchor: 'end',
        });
      this.label(
        e.x + w + 6,
        (e.rows.top + e.rows.bottom) / 2 + 5,
        letters.embedding(step.time, notation),
        w < 40 ? 14 : 16,
        { anchor: 'start', dim: e.shown === 'pending' },
      );
    }
    this.into[i] = output ? (stateMark?.x ?? c.x) : c.x + inset;
    this.places.push({
      left: c.x + inset,
      right: output ? (stateMark?.x ?? 0) + w : right,
      middle: (stateMark?.x ?? 0) + w / 2,
    });
    this.chips(step, i, c.x, c.w);
  }

  /** The operations of the open step in the order of the walk: done, now, to come. Its ŷ and J stand beside them. */
  private chips(step: Step, i: number, x0: number, width: number) {
    const { position, notation, now } = this.wish;
    const barWidth = width >= 260 ? Math.min(66, width * 0.2) : 0;
    const ordered = this.back ? step.operations.toReversed() : step.operations;
    const fontSize = width < 260 ? 14 : 16;
    const limit = x0 + width - 14 - (barWidth ? barWidth + 8 : 0);
    let x = x0 + 12;
    let y = 24;
    for (const node of ordered) {
      const name = operationSymbol(this.a, node, notation);
      const w = mathWidth(plainMath(name), fontSize);
      if (x + w > limit) {
        x = x0 + 12;
        y += fontSize * 1.62;
      }
      const done = this.back ? node.backward <= position : node.forward <= position;
      this.label(x + w / 2, y, name, fontSize, { dim: !done, chip: node === now });
      x += w + (width < 260 ? 10 : 15);
    }
    if (!barWidth) return;
    const middle = x0 + width - 12 - barWidth / 2;
    this.bars(step, middle, barWidth, i);
    this.lossNumber(step, middle, barWidth);
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
      if (i - 1 === this.wish.open && gap > 60) {
        const y = this.rows.state.bottom + 12;
        this.scene.arrows.push({ from: [from.right - 6, y - 8], to: [from.right - 6, y], state: 'ahead' });
        return;
      }
      if (gap >= 3) this.arrow([from.right + 3, middle], [to - 4, middle], this.walked(taker));
    });
  }

  mean() {
    const { end } = this.cols;
    const { mean } = this.a;
    if (!mean) return;
    const x = end.x + end.w - 2;
    this.label(x, this.bands.loss + 17, 'J', 14, { anchor: 'end', dim: !hasValue(mean, this.wish.position) });
    if (hasValue(mean, this.wish.position)) this.number(mean, x, this.bands.loss, { bold: true, anchor: 'end' });
  }

  /** One small matrix under each step: its term of the shared weight's gradient; the sum so far at the end. */
  sharedTerms(band: { y: number; size: number }) {
    const weight = this.a.recurrent;
    if (!weight) return;
    const { notation, position } = this.wish;
    const takers = this.a.consumers[weight.id] ?? [];
    const closed = this.cols.steps.find((c) => !c.open)?.w ?? 60;
    const spread = closed < 26;
    const pitch = (this.cols.width - this.cols.start.x - 20) / (takers.length + 1);
    const s = spread ? Math.max(8, Math.min(band.size, pitch - 8)) : band.size;
    let come = 0;
    let before: number | null = null;
    const y = band.y + (band.size - s) / 2;
    takers.forEach(({ node, input }, i) => {
      const place = this.places[i + 1];
      const c = this.cols.steps[i];
      if (!place || !c) return;
      const middle = spread ? this.cols.start.x + 20 + (i + 0.5) * pitch : c.open ? c.x + c.w / 2 : place.middle;
      const shown = node.backward > 0 && node.backward <= position;
      if (shown) come++;
      this.scene.matrices.push({
        node: node.id,
        what: { edge: input },
        x: middle - s / 2,
        y,
        size: s,
        rows: weight.shape[0] ?? 1,
        columns: weight.shape[1] ?? 1,
        shown,
      });
      this.label(middle, band.y + band.size + 15, spread ? String(i + 1) : `i = ${i + 1}`, 12, {
        face: 'sans',
        dim: !shown,
      });
      if (shown && before !== null)
        this.label((before + middle) / 2, y + s / 2 + 5, '+', 14, { face: 'sans', bold: true });
      before = shown ? middle : null;
    });
    const x = Math.min(
      this.cols.width - s - 2,
      spread ? this.cols.start.x + 20 + takers.length * pitch + 6 : this.cols.end.x + 6,
    );
    this.label(x - 6, y + s / 2 + 5, '=', 16, { face: 'sans', bold: true });
    this.scene.matrices.push({
      node: weight.id,
      what: 'grad',
      x,
      y,
      size: s,
      rows: weight.shape[0] ?? 1,
      columns: weight.shape[1] ?? 1,
      shown: come > 0,
    });
    this.label(x + s / 2, y - 6, `\\g{∂J}/∂${symbol(this.a, weight, notation)}`, 13);
    this.label(x + s / 2, band.y + band.size + 15, `${come} of ${takers.length}`, 12, { face: 'sans' });
  }

  /** After the walk back: clip by the norm, then one parameter each. */
  updates(band: { y: number; size: number }) {
    const first = 2 * this.wish.forward + 1;
    const done = this.wish.position - first;
    let x = this.cols.start.x;
    const y = band.y + band.size / 2 + 5;
    const items = ['\\t{clip}', ...this.a.parameters.map((p) => symbol(this.a, p, this.wish.notation))];
    items.forEach((tex, i) => {
      const w = mathWidth(plainMath(tex), 18);
      this.label(x + w / 2 + 6, y, tex, 18, { dim: i > done, chip: i === done });
      x += w + 26;
    });
  }
}
