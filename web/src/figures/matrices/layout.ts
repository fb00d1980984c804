// Queries, keys and values as labelled matrices, a row a word. Every place is the same forwards and back; what is read
// now is wide enough for its figures.

import type { NodeSchema } from '../../session/types.ts';
import { fitted } from '../../stage/lines.ts';
import { Pen, type PenWish } from '../../stage/pen.ts';
import type { PathMark, VectorMark } from '../../stage/scene.ts';
import { cells, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Laid, Wish } from '../kind.ts';
import { along, FIGURE, lower } from '../lower.ts';
import { lineWords } from '../words.ts';
import { type Matrices, type Part, partOf, type Weight } from './anatomy.ts';
import { bottom, middle, type Place, planOf, right } from './geometry.ts';
import { scale, scales } from './scales.ts';
import { LETTERS, OPERATIONS } from './symbols.ts';
import { keyWords } from './table.ts';

/** What is read beside what is computed. */
const BESIDE: Record<string, Part[]> = {
  x: ['x', 'q'],
  y: ['k', 'v'],
  q: ['x', 'q'],
  k: ['q', 'k'],
  v: ['x', 'v'],
  e: ['q', 'k'],
  s: ['e', 'a'],
  a: ['e', 'a'],
  o: ['a', 'o'],
};

const FRAMES: Partial<Record<Part | Weight, PathMark['look']>> = {
  q: 'role-q',
  k: 'role-k',
  v: 'role-v',
  Q: 'role-p',
  K: 'role-p',
  V: 'role-p',
};

export function layout(a: Matrices, wish: Wish): Laid {
  const { box, now, position, schema, text } = wish;
  const drawing = new Drawing(a, wish);
  const { pen, plan } = drawing;
  const { places } = plan;
  const part = now ? partOf(a, now) : null;
  const row = Math.min(a.words.length - 1, drawing.rowOf(part));
  pen.scene.ground = { x: 0, w: box.width, ...(plan.rows[row] as { y: number; h: number }) };
  drawing.wires();
  for (const name of ['Q', 'K', 'V'] as const) drawing.matrix(name, a.weights[name], places[name]);
  for (const name of ['x', 'q', 'k', 'v', 'e', 'a', 'o'] as const)
    drawing.matrix(name, name === 'e' ? drawing.scores : a.parts[name], places[name]);
  if (a.parts.y) drawing.matrix('y', a.parts.y, places.y);
  drawing.words(row);
  drawing.letters(part);
  drawing.present();
  if (position > 2 * schema.forward && now?.role === 'parameter') pen.scene.now = null;
  pen.scene.tabular = true;
  const each = (box.width - plan.gutter - 20) / a.words.length;
  return {
    scene: pen.scene,
    columns: {
      steps: a.words.map((token, i) => ({
        x: plan.gutter + i * each,
        w: each - 2,
        open: i === row && bare(text(token)) !== '',
      })),
      end: { x: box.width - 2, w: 0, open: false },
      even: true,
      width: box.width,
    },
    places: plan.rows.map(({ y, h }) => ({ x: 0, y, w: box.width, h })),
  };
}

class Drawing {
  readonly a: Matrices;
  readonly wish: Wish;
  readonly pen: Pen<PenWish>;
  readonly plan: ReturnType<typeof planOf>;
  readonly keys: string[];
  /** Walking back, a gradient comes to the scaled scores first. */
  readonly scores: NodeSchema;
  private readonly marks = new Map<number, VectorMark[]>();

  constructor(a: Matrices, wish: Wish) {
    const { box, now, schema, text, position } = wish;
    this.a = a;
    this.wish = wish;
    this.keys = keyWords(a, text);
    const { s, e } = a.parts;
    const scaled = s && (now === s || (position > schema.forward && position < s.backward));
    this.scores = scaled ? s : e;
    const part = (now ? partOf(a, now) : null) ?? (now && a.answer.includes(now) ? 'o' : 'x');
    const longest = Math.max(...a.words.map((token) => [...bare(text(token))].length));
    const gutter = Math.min(64, Math.max(24, longest * 7.3 + 14), box.width * 0.15);
    const row = Math.min(a.words.length - 1, wish.focus);
    this.plan = planOf(a, box, BESIDE[part] ?? ['x', 'q'], gutter, position > schema.forward ? row : null);
    const words = { ...wish, forward: schema.forward, words: lineWords() };
    this.pen = new Pen(a, words, {
      width: box.width,
      height: box.height,
      scales: scales(),
      scaleOf: (node) => scale(a, node),
    });
  }

  /** The row that is read now: of a key or a value, the sentence's own. */
  rowOf(part: string | null): number {
    if (part === 'k' || part === 'v' || part === 'y') return this.a.others ? this.a.asked : this.wish.focus;
    return part && 'QKVE'.includes(part) ? this.a.asked : this.wish.focus;
  }

  matrix(name: Part | Weight, node: NodeSchema, place: Place) {
    const { pen, wish } = this;
    const onSide = name === 'k'; // its columns are words
    const ofSentence = ['x', 'q', 'e', 'a', 'o'].includes(name);
    const count = onSide ? place.columns : place.rows;
    const length = cells(node) / count;
    const back = pen.back && node.gradient;
    const marks: VectorMark[] = [];
    for (let i = 0; i < count; i++) {
      const at = ofSentence ? this.plan.rows[i] : undefined;
      const high = at?.h ?? place.ch;
      const [x, y] = onSide ? [place.x + i * place.cw, place.y] : [place.x, at?.y ?? place.y + i * place.ch];
      const [size, each] = onSide ? [place.ch, place.cw] : [place.cw, high];
      const rows = along(length, onSide ? y : x, size);
      const mark = pen.vector(node, onSide ? x : y, each, rows, false, i * length);
      if (!onSide) mark.across = true;
      mark.figures = place.cw >= FIGURE.w && high >= FIGURE.h;
      mark.integers = true;
      mark.frame = null;
      mark.gradient = 'none';
      mark.faint = false;
      marks.push(mark);
      if (back) marks.push(...lower(pen, this.a, node, mark, { w: place.cw, h: mark.across ? high : place.ch }));
    }
    this.marks.set(node.id, marks);
    const there = hasValue(node, wish.position);
    const look = FRAMES[name] ?? 'role-a';
    const [r, b] = [right(place) + 2, bottom(place) + 2];
    pen.scene.paths.push({
      d: `M${place.x - 2} ${place.y - 2}H${r}V${b}H${place.x - 2}Z`,
      look: there ? look : 'ahead',
    });
  }

  words(row: number) {
    const { pen, plan, a, wish } = this;
    a.words.forEach((token, i) => {
      const word = bare(wish.text(token));
      if ((plan.rows[i]?.h ?? 0) < 11 && i !== row) return;
      const { shown, size } = fitted(word, plan.gutter - 9, 13, 0.54);
      pen.label(plan.gutter - 7, (plan.rows[i]?.y ?? 0) + (plan.rows[i]?.h ?? 0) / 2 + 4.5, shown, size, {
        anchor: 'end',
        face: 'sans',
        bold: i === row,
      });
    });
    for (const name of ['e', 'a'] as const) {
      const place = plan.places[name];
      this.keys.forEach((word, j) => {
        if (place.cw < 9) return;
        const { shown, size } =
          place.cw >= 22 ? fitted(word, place.cw + 1, 12, 0.5) : { shown: [...word][0] ?? '', size: 12 };
        pen.label(place.x + (j + 0.5) * place.cw, place.y - 5, shown, size, { face: 'sans', quiet: true });
      });
    }
    const { v } = plan.places;
    const left = a.parts.y ? plan.places.y : v;
    const room = v.x - right(plan.places.k) - 14;
    if (room > 30 && v.ch >= 11)
      this.keys.forEach((word, j) => {
        const { shown } = fitted(word, Math.min(56, room), 12, 0.56);
        pen.label(left.x - 6, v.y + (j + 0.5) * v.ch + 4, shown, 12, { anchor: 'end', face: 'sans', quiet: true });
      });
  }

  letters(part: string | null) {
    const { pen, plan, a } = this;
    const { places } = plan;
    const there = (node: NodeSchema) => hasValue(node, this.wish.position);
    const name = (which: Part | Weight, node: NodeSchema, x: number, y: number) =>
      pen.label(x, y, LETTERS[which] as string, 16, {
        ...(part === which ? { chip: true } : {}),
        ...(node.forward > 0 ? { to: pen.back && node.backward > 0 ? node.backward : node.forward } : {}),
        dim: !there(node),
      });
    for (const which of ['Q', 'K', 'V'] as const)
      name(which, a.weights[which], middle(places[which]) - 16, places[which].y - 4);
    name('k', a.parts.k, right(places.k) + 12, places.k.y + 14);
    name('v', a.parts.v, middle(places.v) - 18, places.v.y - 5);
    if (a.parts.y) name('y', a.parts.y, middle(places.y), places.y.y - 5);
    for (const which of ['x', 'q', 'e', 'a', 'o'] as const) {
      const scaled = which === 'e' && this.scores === a.parts.s;
      if (scaled)
        pen.label(middle(places.e), plan.names, LETTERS.s as string, 16, {
          ...(part === 's' ? { chip: true } : {}),
          to: (pen.back ? a.parts.s?.backward : a.parts.s?.forward) ?? 0,
        });
      else name(which, a.parts[which], middle(places[which]), plan.names);
    }
    const between = (one: Place, two: Place) => (right(one) + two.x) / 2;
    const sign = (tex: string, x: number, room: number) => {
      if (room >= tex.replace(/\\\w+|[{}]/g, '').length * 6.4) pen.label(x, plan.names, tex, 12, { dim: true });
    };
    sign(OPERATIONS.q as string, between(places.x, places.q), places.q.x - right(places.x));
    sign(OPERATIONS.e as string, between(places.q, places.e), places.e.x - right(places.q));
    sign(OPERATIONS.o as string, between(places.a, places.o), places.o.x - right(places.a));
  }

  wires() {
    const { pen, plan, a } = this;
    const { x, q, k, v, e, a: alpha, o, Q, K, V, y } = plan.places;
    const level = x.y + (x.rows * x.ch) / 2;
    const line = (one: Place, two: Place, node: NodeSchema) =>
      pen.arrow([right(one) + 4, level], [two.x - 4, level], pen.walked(node));
    line(x, q, a.parts.q);
    line(q, e, a.parts.e);
    line(e, alpha, a.parts.a);
    line(alpha, o, a.parts.o);
    const down = (one: Place, two: Place, node: NodeSchema, gap = 4) =>
      pen.arrow([middle(one), bottom(one) + 4], [middle(two), two.y - gap], pen.walked(node));
    down(Q, q, a.parts.q);
    down(K, k, a.parts.k);
    down(V, v, a.parts.v);
    down(k, e, a.parts.e, 17);
    down(v, o, a.parts.o);
    if (a.parts.y)
      return pen.arrow(
        [right(y) + 4, v.y + (v.rows * v.ch) / 2],
        [v.x - 4, v.y + (v.rows * v.ch) / 2],
        pen.walked(a.parts.v),
      );
    // the same words go into keys and values
    const up = middle(x);
    pen.scene.paths.push({
      d: `M${up} ${x.y - 4}V3H${middle(V)}V${V.y - 4}M${middle(K)} 3V${K.y - 4}M${middle(Q)} 3V${Q.y - 4}`,
      look: pen.walked(a.parts.k) === 'ahead' ? 'ahead' : 'wire',
    });
  }

  /** The cell that is looked at. */
  present() {
    const { pen, wish } = this;
    const { now, part, position, schema } = wish;
    if (!now || position > schema.forward || part === null) return;
    const width = now.shape.at(-1) ?? 1;
    const marks = this.marks.get(now.id);
    const mark = marks?.[Math.floor(part.cells / width)];
    if (mark) pen.scene.now = { mark, cell: part.cells % width, from: [] };
  }
}
