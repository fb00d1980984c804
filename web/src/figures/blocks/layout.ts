// A Transformer, a block at a time: what it reads, its norm, queries, keys and values, its heads one under the other, their
// answers side by side, the sums with what goes past. Every place is the same forwards and back; what is read now is wide
// enough for its figures.

import { mathWidth } from '../../draw/math.ts';
import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import { fitted } from '../../stage/lines.ts';
import { Pen, type PenWish } from '../../stage/pen.ts';
import type { PathMark, VectorMark } from '../../stage/scene.ts';
import { hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Laid, Wish } from '../kind.ts';
import { along, FIGURE, lower } from '../lower.ts';
import { lineWords } from '../words.ts';
import { type Blocks, pageOf, sliceOf } from './anatomy.ts';
import { type Box, bottom, type Line, middle, type Plan, planOf, right, top } from './geometry.ts';
import { scale, scales } from './scales.ts';
import { SIGNS, symbol, whatOf } from './symbols.ts';

const END = 1; // the token
const FRAMES: Record<Box['role'], PathMark['look']> = {
  q: 'role-q',
  k: 'role-k',
  v: 'role-v',
  head: 'role-a',
  plain: 'role-a',
};

export function layout(a: Blocks, wish: Wish): Laid {
  const { box, schema, text } = wish;
  const drawing = new Drawing(a, wish);
  const { pen, plan, row } = drawing;
  drawing.pages();
  for (const line of plan.lines) drawing.line(line);
  for (const one of plan.boxes) drawing.box(one);
  drawing.present();
  pen.scene.tabular = true;
  if (wish.position > 2 * schema.forward && wish.now?.role === 'parameter') pen.scene.now = null;
  const each = (box.width - plan.gutter - 20) / a.words.length;
  const [first] = plan.lines;
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
    places: (first?.rows ?? []).map(({ y, h }) => ({ x: 0, y, w: plan.gutter, h })),
  };
}

class Drawing {
  readonly a: Blocks;
  readonly wish: Wish;
  readonly pen: Pen<PenWish>;
  readonly plan: Plan;
  readonly row: number;
  readonly page: number;
  private readonly marks = new Map<number, VectorMark[]>();

  constructor(a: Blocks, wish: Wish) {
    const { box, now, text, position, schema } = wish;
    this.a = a;
    this.wish = wish;
    this.page = pageOf(a, now);
    this.row = Math.min(a.words.length - 1, wish.focus);
    const longest = Math.max(...a.words.map((token) => [...bare(text(token))].length));
    const gutter = Math.min(46, Math.max(22, longest * 7.3 + 12), box.width * 0.12);
    const back = position > schema.forward && position <= 2 * schema.forward;
    this.plan = planOf(a, this.page, box, now, gutter, this.row, back);
    const words = { ...wish, forward: schema.forward, words: lineWords() };
    this.pen = new Pen(a, words, {
      width: box.width,
      height: box.height,
      scales: scales(),
      scaleOf: (node) => scale(a, node),
    });
  }

  /** Chips that lead to the other pages: what is read, each block, what is guessed. */
  pages() {
    const { pen, a, wish, page } = this;
    const ends = [a.start.at(-1)?.main, ...a.blocks.map(({ out }) => out), a.y ?? a.logits.main];
    let x = this.plan.gutter;
    ends.forEach((node, i) => {
      if (!node) return;
      const name =
        i === 0 ? t('blocks.page.start') : i > a.blocks.length ? t('blocks.page.end') : t('blocks.page', { block: i });
      const short = wish.box.width < 90 * ends.length;
      const said = short && i > 0 && i <= a.blocks.length ? String(i) : name;
      const room = said.length * 7 + 16;
      pen.label(x + room / 2, 14, `\\t{${said}}`, 13, {
        ...(i === page ? { chip: true } : { dim: true }),
        to: pen.back && node.backward > 0 ? node.backward : node.forward,
      });
      x += room + 8;
    });
  }

  /** Of the operations of a box, the one whose result stands in it at this moment. */
  shown({ part, shown, head }: Box): NodeSchema {
    const { now, position, schema } = this.wish;
    if (!part) return shown;
    const whole = part.nodes.filter((node) => node.op !== 'slice');
    const own = head ? whole : whole.filter((node) => node.shape.at(-1) === part.main.shape.at(-1));
    if (now && own.includes(now)) return now;
    if (position <= schema.forward) return own.findLast((node) => hasValue(node, position)) ?? part.main;
    // going back, what was come to first is the last to be left
    return own.find((node) => node.backward > 0 && node.backward < position) ?? part.main;
  }

  box(box: Box) {
    const { a, pen, wish, page } = this;
    const node = this.shown(box);
    const { masked = null } = box.head ?? {};
    const hides = masked !== null && (node === masked || whatOf(a, node) === 'a');
    const there = hasValue(node, wish.position);
    if (box.id === 'o' && !there) this.halves(box);
    else this.cells(box, node, hides);
    const [r, b] = [right(box) + 2, bottom(box) + 2];
    pen.scene.paths.push({
      d: `M${box.x - 2} ${top(box) - 2}H${r}V${b}H${box.x - 2}Z`,
      look: there ? FRAMES[box.role] : 'ahead',
    });
    const now = this.isNow(box);
    const head = Number(box.id.split('.')[1]) + 1;
    const room = right(box) - box.x + 8;
    const named = symbol(a, now ? (wish.now as NodeSchema) : node);
    const [long, short] = [`\\t{${t('blocks.head', { head })}}`, `\\t{${head}}`];
    const names = now ? [`${long}\\,${named}`, `${short}\\,${named}`, named] : [long, short];
    const label = box.head ? (names.find((tex) => mathWidth(tex, 14) <= room) ?? (names.at(-1) as string)) : named;
    const to = box.part ? (pen.back && node.backward > 0 ? node.backward : box.part.main.forward) : 0;
    pen.label(middle(box), top(box) - 5, label, 14, {
      ...(now ? { chip: true } : {}),
      ...(to > 0 ? { to } : {}),
      dim: !there,
    });
    if (box.id.startsWith('x') || box.id.startsWith('start')) this.words(box);
    if (page === 0 && box.part !== a.start[0])
      pen.label(box.x + 8, top(box) - 5, box.part === a.start.at(-1) ? '=' : '+', 16, { dim: !there });
    if (box.id === 'logits' || box.id === 'y') this.letters(box);
  }

  /** Under its columns, where they have room. */
  private letters(box: Box) {
    const { pen, wish } = this;
    for (let token = 0; token < box.columns; token++) {
      const said = bare(wish.text(token));
      const one = [...said].length === 1;
      // a mark has the room of the column before it too, of which nothing comes
      if (box.cw < 8 || (!one && token !== END)) continue;
      const x = box.x + (token + (one ? 0.5 : 1)) * box.cw - (one ? 0 : 2);
      pen.label(x, bottom(box) + 14, said, 12, { face: 'sans', quiet: true, ...(one ? {} : { anchor: 'end' }) });
    }
  }

  private isNow({ part }: Box): boolean {
    const { now } = this.wish;
    return now !== null && (part?.nodes.includes(now) ?? false);
  }

  /** Its numbers, a row a word; what the mask takes is hatched. */
  private cells(box: Box, node: NodeSchema, hides: boolean, from = 0, columns = box.columns) {
    const { pen, a } = this;
    const back = pen.back && node.gradient;
    const marks: VectorMark[] = [];
    box.rows.forEach(({ y, h }, i) => {
      const seen = hides ? Math.min(columns, i + 1) : columns;
      const x = box.x + from * box.cw;
      const mark = pen.vector(node, y, h, along(seen, x, box.cw), false, i * columns);
      mark.across = true;
      mark.figures = box.cw >= FIGURE.w && h >= FIGURE.h;
      mark.frame = null;
      mark.gradient = 'none';
      mark.faint = false;
      marks.push(mark);
      if (back) marks.push(...lower(pen, a, node, mark, { w: box.cw, h }));
      if (seen < columns) this.hatch(x + seen * box.cw, y, (columns - seen) * box.cw, h);
    });
    this.marks.set(node.id, marks);
  }

  /** Answers of the heads, each in its own columns, before they are put together. */
  private halves(box: Box) {
    const block = this.a.blocks[this.page - 1];
    const { heads = [] } = block ?? {};
    const width = box.columns / Math.max(1, heads.length);
    for (const [i, { o }] of heads.entries()) this.cells(box, o, false, i * width, width);
  }

  private hatch(x: number, y: number, w: number, h: number) {
    const steps = Math.max(1, Math.round(w / 7));
    let d = '';
    for (let k = 0; k < steps; k++) {
      const at = x + (k * w) / steps;
      d += `M${at.toFixed(1)} ${(y + h).toFixed(1)}L${(at + w / steps).toFixed(1)} ${y.toFixed(1)}`;
    }
    this.pen.scene.paths.push({ d, look: 'hatch' });
  }

  private words(box: Box) {
    const { a, pen, wish, plan, row } = this;
    a.words.forEach((token, i) => {
      const at = box.rows[i];
      if (!at || (at.h < 9 && i !== row)) return;
      const { shown, size } = fitted(bare(wish.text(token)), plan.gutter - 9, 12, 0.54);
      if (box.x > plan.gutter + 1) return;
      pen.label(plan.gutter - 6, at.y + at.h / 2 + 4, shown, size, {
        anchor: 'end',
        face: 'sans',
        bold: i === row,
      });
    });
  }

  // ---- wires
  line({ boxes, past, y }: Line) {
    const { pen } = this;
    const columns: Box[][] = [];
    for (const box of boxes) {
      const last = columns.at(-1);
      if (last?.[0]?.x === box.x) last.push(box);
      else columns.push([box]);
    }
    columns.slice(1).forEach((own, i) => {
      const before = columns[i] as Box[];
      const [left, to] = [Math.max(...before.map(right)), own[0]?.x ?? 0];
      const bend = left + (to - left) / 2;
      const fed = own[0]?.part?.nodes[0] ?? null;
      const state = pen.walked(fed);
      const many = before.length > 1 || own.length > 1;
      const [only] = own;
      if (!many && only) {
        const sum = past?.whole && past.to === only ? sumAt(only) : null;
        pen.arrow([left + 4, y], [sum === null ? to - 4 : sum - 9, y], state);
        if (sum !== null) pen.scene.paths.push({ d: `M${sum + 8} ${y}H${to - 3}`, look: LOOK[state] });
        else this.sign(only, left, to, y);
        return;
      }
      const look = LOOK[state];
      const mid = (b: Box) => (top(b) + bottom(b)) / 2;
      const d = [
        ...before.map((b) => `M${right(b) + 3} ${mid(b)}H${bend}`),
        ...own.map((b) => `M${bend} ${mid(b)}H${b.x - 3}`),
        `M${bend} ${Math.min(...[...before, ...own].map(mid))}V${Math.max(...[...before, ...own].map(mid))}`,
      ].join('');
      pen.scene.paths.push({ d, look });
    });
    if (past) this.past(past);
  }

  /** What makes it, over the arrow to it. */
  private sign(box: Box, left: number, right: number, y: number) {
    const what = whatOf(this.a, box.part?.main ?? box.shown);
    const tex = what && SIGNS[what];
    if (tex && right - left >= 24) this.pen.label((left + right) / 2, y - 6, tex, 12, { dim: true });
  }

  /** The wire that goes past a part, to the sum; where the switch is open, cut. */
  private past({ from, to, whole, y }: NonNullable<Line['past']>) {
    const { pen } = this;
    const x = middle(from);
    const sum = whole ? sumAt(to) : right(to) - 6;
    const level = (top(to) + bottom(to)) / 2;
    const made = to.part?.main ?? null;
    if (whole) {
      const look = LOOK[pen.walked(made)];
      pen.scene.paths.push({ d: `M${x} ${bottom(from) + 3}V${y}H${sum}V${level + 8}`, look });
      pen.scene.paths.push({ d: ring(sum, level), look });
      pen.label(sum, level + 5, '+', 15, { dim: look === 'ahead' });
      return;
    }
    const gap = x + (sum - x) * 0.42;
    pen.scene.paths.push({ d: `M${x} ${bottom(from) + 3}V${y}H${gap}L${gap + 22} ${y - 10}`, look: 'wire' });
    pen.scene.paths.push({ d: `M${gap + 30} ${y}H${sum}V${bottom(to) + 3}`, look: 'ahead' });
    pen.label(gap + 40, y - 4, t('blocks.cut'), 12, { face: 'sans', anchor: 'start', bold: true });
  }

  /** The cell that is looked at. */
  present() {
    const { pen, wish, a } = this;
    const { now, part, position, schema } = wish;
    if (!now || position > schema.forward || part === null) return;
    const slice = sliceOf(a, now);
    const node = slice?.whole ?? now;
    const width = now.shape.at(-1) ?? 1;
    const [i, column] = [Math.floor(part.cells / width), (part.cells % width) + (slice?.from ?? 0)];
    const mark = this.marks.get(node.id)?.[i];
    if (mark && column < mark.rows.y.length) pen.scene.now = { mark, cell: column, from: [] };
  }
}

/** Where what goes past comes in again. */
const sumAt = (to: Box) => to.x - 13;
const LOOK = { hot: 'hot', ahead: 'ahead', done: 'wire' } as const;
const ring = (x: number, y: number) => `M${x - 8} ${y}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0`;
