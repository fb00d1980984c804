// Encoder over decoder. In each half a row a word: vectors, the weights of its self-attention, a head beside the other; keys
// and values of the encoder stand over the weights and answers of the attention across. Below, the operation of the moment
// with its numbers: a row of what it takes, and of what it makes. Every place is the same forwards and back.

import { mathWidth } from '../../draw/math.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import { fitted } from '../../stage/lines.ts';
import { Pen, type PenWish } from '../../stage/pen.ts';
import type { PathMark, VectorMark } from '../../stage/scene.ts';
import { cells, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Laid, Wish } from '../kind.ts';
import { along, lower } from '../lower.ts';
import { lineWords } from '../words.ts';
import { type Attention, blockOf, type Crossed, isOfSource, rowsOf } from './anatomy.ts';
import { type Place, type Plan, planOf, right } from './geometry.ts';
import { scale, scales } from './scales.ts';
import { sign, symbol } from './symbols.ts';

const FIGURE = { w: 29, h: 10.7 }; // the least that holds one
const HEADING = 27; // over a half
const STRIP = { forth: 20, back: 23 };

export function layout(a: Crossed, wish: Wish): Laid {
  const drawing = new Drawing(a, wish);
  drawing.draw();
  const { plan, pen } = drawing;
  const steps = columnsOfWords(
    a.stops.map(({ token }) => [...bare(wish.text(token))].length),
    plan.left,
    plan.width - 20,
  );
  const { open } = wish;
  return {
    scene: pen.scene,
    from: drawing.from,
    columns: {
      steps: steps.map((one, i) => ({ ...one, open: i === open })),
      end: { x: plan.width - 2, w: 0, open: false },
      even: true,
      width: plan.width,
    },
    places: [
      ...a.source.map((_, i) => ({ x: 0, w: plan.left - 3, y: plan.encoder + i * plan.row, h: plan.row })),
      ...a.writes.map((_, i) => ({
        ...{ x: plan.writes - 6, w: plan.width - plan.writes + 4 },
        ...{ y: plan.decoder + i * plan.row, h: plan.row },
      })),
    ],
  };
}

/** As wide as their words are long. */
function columnsOfWords(lengths: number[], from: number, to: number): { x: number; w: number }[] {
  const wanted = lengths.map((length) => length + 2);
  const each = (to - from) / wanted.reduce((sum, one) => sum + one, 0);
  let x = from;
  return wanted.map((one) => {
    const column = { x, w: one * each - 2 };
    x += one * each;
    return column;
  });
}

class Drawing {
  private readonly a: Crossed;
  private readonly wish: Wish;
  readonly plan: Plan;
  readonly pen: Pen<PenWish>;
  private readonly now: NodeSchema;
  private readonly looks: { read: Attention | undefined; written: Attention | undefined; across: Attention };
  private readonly row: number;
  private readonly ofSource: boolean;
  private readonly block: number;
  private hot: { x: number; w: number } | null = null; // the matrix of the moment

  constructor(a: Crossed, wish: Wish) {
    const { schema, box } = wish;
    this.a = a;
    this.wish = wish;
    const first = schema.nodes.filter(({ forward }) => forward > 0).sort((x, y) => x.forward - y.forward)[0];
    this.now = wish.now ?? (first as NodeSchema);
    this.block = blockOf(a, this.now);
    this.looks = {
      read: a.read.looks[this.block],
      written: a.written.looks[this.block],
      across: a.written.across[this.block] as Attention,
    };
    const opened = wish.looked ? wish.open : null;
    this.ofSource = opened === null ? isOfSource(this.now) : opened < a.source.length;
    const count = this.ofSource ? a.source.length : a.writes.length;
    const row = opened === null ? wish.focus : opened - (this.ofSource ? 0 : a.source.length);
    this.row = Math.max(0, Math.min(count - 1, row));
    this.plan = planOf(a, box);
    this.pen = new Pen(
      a,
      { ...wish, forward: schema.forward, words: lineWords() },
      { width: this.plan.width, height: box.height, scales: scales(), scaleOf: (node) => scale(a, node) },
    );
  }

  draw() {
    const { a, plan, pen, looks } = this;
    const y = this.ofSource ? plan.encoder : plan.decoder;
    pen.scene.ground = { x: 0, y: y + this.row * plan.row, w: plan.width, h: plan.row };
    pen.scene.tabular = true;
    this.headings();
    this.words();
    this.matrix(a.read.stream, plan.x, plan.encoder);
    this.heads(looks.read, plan.self, plan.encoder);
    this.matrix(a.read.states, plan.q, plan.encoder, 'role-a', true);
    this.matrix(looks.across.v, plan.o, plan.encoder, 'role-v', true);
    for (const [i, place] of plan.across.entries()) this.keys(i, place);
    this.matrix(a.written.stream, plan.x, plan.decoder);
    this.heads(looks.written, plan.self, plan.decoder);
    this.matrix(looks.across.q, plan.q, plan.decoder, 'role-q', true);
    this.heads(looks.across, plan.across, plan.decoder);
    this.matrix(looks.across.o, plan.o, plan.decoder, 'role-a', true);
    this.wires();
    this.bench();
  }

  // ---- matrices
  private rowAt(node: NodeSchema, i: number, x: number, y: number, w: number, h: number): VectorMark {
    const { columns } = rowsOf(node) ?? { columns: cells(node) };
    const mark = this.pen.vector(node, y, h, along(columns, x, w), false, i * columns);
    mark.across = true;
    mark.figures = w >= FIGURE.w && h >= FIGURE.h;
    mark.frame = null;
    mark.faint = false;
    mark.gradient = 'none';
    this.halve(node, mark, w, h);
    return mark;
  }

  /** Walking back, a cell has its gradient below its value, once one has come. */
  private halve(node: NodeSchema, mark: VectorMark, w: number, h: number) {
    if (!this.pen.back) return;
    for (const one of [...lower(this.pen, this.a, node, mark, { w, h }), mark]) one.figures &&= w >= FIGURE.w;
  }

  private matrix(node: NodeSchema, place: Place, y: number, look: PathMark['look'] = 'role-a', named = false) {
    const { plan, pen, wish } = this;
    const count = rowsOf(node)?.rows ?? 0;
    for (let i = 0; i < count; i++) this.rowAt(node, i, place.x, y + i * plan.row, place.cell, plan.row);
    this.frame(node, place.x, y, right(place) - place.x, count * plan.row, look);
    if (named) this.letter(node, (place.x + right(place)) / 2, y - 5);
    else
      pen.label((place.x + right(place)) / 2, y - 5, symbol(this.a, node, wish.notation), 15, {
        dim: !hasValue(node, wish.position),
        to: this.going(node),
      });
  }

  private heads(look: Attention | undefined, places: Place[], y: number) {
    look?.heads.forEach(({ a: alpha, masked }, i) => {
      const place = places[i];
      if (!place) return;
      const { rows, columns } = rowsOf(alpha) ?? { rows: 0, columns: 0 };
      for (let t = 0; t < rows; t++) {
        // what is ahead is never looked at: no cell stands there
        const seen = masked ? t + 1 : columns;
        const mark = this.rowAt(alpha, t, place.x, y + t * this.plan.row, place.cell, this.plan.row);
        if (seen < columns) this.cut(mark, seen);
      }
      this.frame(alpha, place.x, y, columns * place.cell, rows * this.plan.row, 'role-a');
      this.letter(alpha, place.x + (columns * place.cell) / 2, y - 5, look.heads.length > 1 ? `_${i + 1}` : '');
    });
  }

  private cut(mark: VectorMark, seen: number) {
    for (const one of this.pen.scene.vectors.filter((v) => v.node === mark.node && v.from === mark.from)) {
      one.rows = along(seen, one.rows.top, one.rows.h[0] as number);
      one.done = Math.min(one.done, seen);
    }
  }

  /** On their side: a column a word, over the column that looks at it. */
  private keys(head: number, place: Place) {
    const { plan, a, wish } = this;
    const { k: all, heads } = this.looks.across;
    const { k } = heads[head] as (typeof heads)[number];
    const { columns } = rowsOf(k) ?? { columns: 1 };
    // before a head has taken its part, that part of all of them
    const whole = hasValue(all, wish.position) && !hasValue(k, wish.position);
    const [node, stride, from] = whole ? [all, rowsOf(all)?.columns ?? columns, head * columns] : [k, columns, 0];
    const high = (a.source.length * plan.row) / columns;
    a.source.forEach((_, s) => {
      const mark = this.pen.vector(
        node,
        place.x + s * place.cell,
        place.cell,
        along(columns, plan.encoder, high),
        false,
        s * stride + from,
      );
      mark.frame = null;
      mark.faint = false;
      mark.gradient = 'none';
      this.halve(node, mark, place.cell, high);
    });
    this.frame(node, place.x, plan.encoder, a.source.length * place.cell, a.source.length * plan.row, 'role-k');
    this.letter(
      node,
      place.x + (a.source.length * place.cell) / 2,
      plan.encoder - 5,
      heads.length > 1 ? `_${head + 1}` : '',
    );
  }

  private frame(node: NodeSchema, x: number, y: number, w: number, h: number, look: PathMark['look']) {
    const there = hasValue(node, this.wish.position);
    const hot = this.wish.now === node;
    if (hot) this.hot = { x, w };
    this.pen.scene.paths.push({
      d: `M${x - 1.5} ${y - 1.5}H${x + w + 1.5}V${y + h + 1.5}H${x - 1.5}Z`,
      look: hot ? 'open' : there ? look : 'ahead',
    });
  }

  // ---- letters, words, wires
  private going(node: NodeSchema): number {
    return this.pen.back && node.backward > 0 ? node.backward : node.forward;
  }

  private letter(node: NodeSchema, x: number, y: number, more = '') {
    const { wish } = this;
    this.pen.label(x, y, `${symbol(this.a, node, wish.notation)}${more}`, 15, {
      ...(wish.now === node ? { chip: true } : {}),
      dim: !hasValue(node, wish.position),
      to: this.going(node),
    });
  }

  private headings() {
    const { pen, plan, a } = this;
    const say = (words: string, x: number, y: number, more = {}) =>
      pen.label(x, y, words, 12, { anchor: 'start', face: 'sans', quiet: true, ...more });
    const blocks = a.written.across.length;
    const of = blocks > 1 ? `, ${t('crossed.block', { block: this.block + 1, blocks })}` : '';
    say(`${t('crossed.encoder')}${of}`, 0, plan.encoder - HEADING, { bold: true, quiet: false });
    say(`${t('crossed.decoder')}${of}`, 0, plan.decoder - HEADING, { bold: true, quiet: false });
    const over = (place: Place | undefined, words: string, y: number) => {
      if (place) say(words, place.x, y);
    };
    over(plan.self[0], t('crossed.all'), plan.encoder - HEADING);
    over(plan.self[0], t('crossed.before'), plan.decoder - HEADING);
  }

  private words() {
    const { a, pen, plan, wish } = this;
    const word = (token: number, x: number, y: number, room: number, more = {}) => {
      const { shown, size } = fitted(bare(wish.text(token)), room, 12, 0.54);
      pen.label(x, y + plan.row / 2 + 4, shown, size, { anchor: 'end', face: 'sans', ...more });
    };
    const here = (source: boolean, i: number) => ({ bold: source === this.ofSource && i === this.row });
    for (const [i, token] of a.source.entries())
      word(token, plan.left - 6, plan.encoder + i * plan.row, plan.left - 8, here(true, i));
    for (const [i, token] of a.reads.entries())
      word(token, plan.left - 6, plan.decoder + i * plan.row, plan.left - 8, here(false, i));
    for (const [i, token] of a.writes.entries())
      word(token, plan.writes, plan.decoder + i * plan.row, plan.width - plan.writes - 2, {
        anchor: 'start',
        ...here(false, i),
      });
    pen.label(plan.writes, plan.decoder - 5, t('crossed.writes'), 12, { anchor: 'start', face: 'sans', quiet: true });
    pen.label(plan.left - 6, plan.decoder - 5, t('crossed.reads'), 12, { anchor: 'end', face: 'sans', quiet: true });
    // over the columns of the attention across, the words of the source
    for (const place of plan.across)
      a.source.forEach((token, s) => {
        const all = bare(wish.text(token));
        const { shown, size } =
          place.cell >= 24 ? fitted(all, place.cell, 11.5, 0.52) : { shown: [...all][0] ?? '', size: 11.5 };
        pen.label(place.x + (s + 0.5) * place.cell, plan.decoder - 20, shown, size, { face: 'sans', quiet: true });
      });
  }

  private wires() {
    const { pen, plan, looks, a } = this;
    const line = (from: number, to: number, y: number, node: NodeSchema | undefined) => {
      if (node && to - from > 6) pen.arrow([from + 3, y], [to - 3, y], pen.walked(node));
    };
    const [top, low] = [
      plan.encoder + (a.source.length * plan.row) / 2,
      plan.decoder + (a.writes.length * plan.row) / 2,
    ];
    const end = (places: Place[]) => right(places.at(-1) as Place);
    line(right(plan.x), plan.self[0]?.x ?? 0, top, looks.read?.heads[0]?.a);
    line(end(plan.self), plan.q.x, top, a.read.states);
    line(right(plan.q), plan.across[0]?.x ?? 0, top, looks.across.k);
    line(right(plan.x), plan.self[0]?.x ?? 0, low, looks.written?.heads[0]?.a);
    line(end(plan.self), plan.q.x, low, looks.across.q);
    line(right(plan.q), plan.across[0]?.x ?? 0, low, looks.across.heads[0]?.e);
    line(end(plan.across), plan.o.x, low, looks.across.o);
    line(right(plan.o), plan.writes, low, a.guess);
    const bottom = plan.encoder + a.source.length * plan.row + 4;
    plan.across.forEach((place, i) => {
      const x = place.x + (a.source.length * place.cell) / 2;
      pen.arrow([x, bottom], [x, plan.decoder - 31], pen.walked(looks.across.heads[i]?.e ?? null));
    });
    const x = (plan.o.x + right(plan.o)) / 2;
    pen.arrow([x, bottom], [x, plan.decoder - 20], pen.walked(looks.across.heads[0]?.o ?? null));
  }

  /** Where the part begins that is seen in a box too narrow for all: about the matrix of the moment. */
  get from(): number {
    const { plan, wish, ofSource } = this;
    const { q, across } = plan;
    const { x, w } = this.hot ?? (ofSource ? { x: q.x, w: 0 } : { x: across[0]?.x ?? 0, w: 0 });
    return Math.max(0, Math.min(plan.width - wish.box.width, x + w / 2 - wish.box.width / 2));
  }

  // ---- the operation of the moment
  private bench() {
    const { a, plan, pen, wish, now, from } = this;
    const end = from + Math.min(plan.width, wish.box.width);
    const inputs = now.inputs.map((id) => a.node(id)).filter((one) => one.dtype === 'f32' && drawn(one));
    const strips: { node: NodeSchema; rows: number[]; sign: string }[] = [
      ...inputs.map((node, k) => ({ node, rows: this.rowsTaken(now, node, k), sign: '' })),
      {
        node: now,
        rows: this.rowsTaken(now, now, -1),
        sign: now.role === 'parameter' ? '' : sign(a, now, wish.notation),
      },
    ];
    const count = strips.reduce((sum, { rows }) => sum + rows.length, 0);
    const each = Math.min(pen.back ? STRIP.back : STRIP.forth, (wish.box.height - plan.bench - 6) / (count + 0.5));
    if (each < 5) return;
    let y = plan.bench;
    const widest = Math.max(...strips.map(({ node }) => columnsOf(node)));
    const x = from + plan.left + 52;
    const cell = Math.max(1, Math.min(44, (end - x - 6) / widest));
    strips.forEach(({ node, rows, sign: does }, i) => {
      const made = i === strips.length - 1;
      if (made && strips.length > 1) {
        pen.scene.paths.push({ d: `M${x} ${y + 2.5}H${end - 6}`, look: 'wire' });
        y += 5;
      }
      pen.label(x - 8, y + (rows.length * each) / 2 + 5, symbol(a, node, wish.notation), 14, {
        anchor: 'end',
        ...(made ? { chip: true } : {}),
        dim: !hasValue(node, wish.position),
        ...(node.forward > 0 ? { to: this.going(node) } : {}),
      });
      if (made && does) pen.label(from, y + each / 2 + 5, does, 13, { anchor: 'start', dim: true });
      else if (!made) {
        const axis = node.axes[0];
        const token = axis === 'S' ? a.source[rows[0] ?? 0] : axis === 'T' ? a.reads[rows[0] ?? 0] : undefined;
        if (token !== undefined && rows.length === 1) {
          const room = x - 16 - mathWidth(symbol(a, node, wish.notation), 14);
          const { shown, size } = fitted(bare(wish.text(token)), Math.min(room, plan.left - 2), 12, 0.54);
          pen.label(from, y + each / 2 + 4.5, shown, size, { anchor: 'start', face: 'sans', quiet: true });
        }
      }
      for (const row of rows) {
        const mark = this.rowAt(node, row, x, y, Math.min(cell, (end - x - 6) / columnsOf(node)), each - 1);
        if (made && wish.part && !pen.back) {
          const columns = columnsOf(node);
          if (Math.floor(wish.part.cells / columns) === row)
            pen.scene.now = { mark, cell: wish.part.cells % columns, from: [] };
        }
        y += each;
      }
      y += made ? 0 : 2;
    });
  }

  /** Of an input, or of what is made (k < 0), the rows that the row of the moment is about. */
  private rowsTaken(now: NodeSchema, node: NodeSchema, k: number): number[] {
    const rows = rowsOf(node)?.rows ?? 1;
    const all = Array.from({ length: rows }, (_, i) => i);
    if (columnsOf(node) === 1) return all;
    const over = k === 1 && (now.op === 'dots' || now.op === 'weighted_sum');
    return over ? all : [Math.min(rows - 1, rowsOf(node) ? this.row : 0)];
  }
}

/** Weights are for the inspector; biases and the numbers of a norm stand beside what they are added to. */
const drawn = (node: NodeSchema) => !(node.role === 'parameter' && node.shape.length > 1);
const columnsOf = (node: NodeSchema) => rowsOf(node)?.columns ?? node.shape.at(-1) ?? 1;
