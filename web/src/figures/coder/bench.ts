// The step that is open, as columns that read as an equation: what the operation of this moment is made of, and what
// comes of it; walking back, what arrives and what goes on.

import { mathWidth, plainMath } from '../../draw/math.ts';
import type { NodeSchema } from '../../session/types.ts';
import { timeless } from '../../stage/letters.ts';
import type { VectorMark } from '../../stage/scene.ts';
import { cells } from '../../stage/tape.ts';
import { type Coder, perWord } from './anatomy.ts';
import type { Box } from './geometry.ts';
import type { Sketch } from './sketch.ts';
import { operationSymbol, symbol } from './symbols.ts';

type Term =
  | { kind: 'vector'; node: NodeSchema; edge?: { of: NodeSchema; input: number }; gradient?: boolean }
  | { kind: 'sign'; sign: string }
  | { kind: 'through'; node: NodeSchema; tex: string };

/** Columns are of vectors: no tables, no indices, nothing over all words. */
const isColumn = (a: Coder, node: NodeSchema) =>
  node.dtype === 'f32' &&
  cells(node) > 1 &&
  perWord(a, node) === 0 &&
  (node.role !== 'parameter' || node.shape.length === 1);

const SIGNS: Record<string, string> = { add: '+', mul: '∘' };

function forwards(a: Coder, now: NodeSchema, n: 'a' | 'b'): Term[] {
  const inputs = now.inputs.map((id) => a.node(id)).filter((i) => isColumn(a, i));
  const out: Term[] = [];
  inputs.forEach((node, k) => {
    if (k) out.push({ kind: 'sign', sign: SIGNS[now.op] ?? '' });
    out.push({ kind: 'vector', node });
  });
  if (!isColumn(a, now)) return out;
  const weight = now.op === 'matmul' ? a.node(now.inputs[1] as number) : null;
  if (SIGNS[now.op]) out.push({ kind: 'sign', sign: '=' });
  else if (inputs.length)
    out.push({ kind: 'through', node: now, tex: weight ? symbol(a, weight, n) : operationSymbol(a, now, n) });
  out.push({ kind: 'vector', node: now });
  return out;
}

function backwards(a: Coder, now: NodeSchema, n: 'a' | 'b'): Term[] {
  const out: Term[] = isColumn(a, now) ? [{ kind: 'vector', node: now, gradient: true }] : [];
  now.inputs.forEach((id, input) => {
    const to = a.node(id);
    if (!to.gradient || !isColumn(a, to) || to.role === 'parameter') return;
    const sign = now.op === 'mul' ? a.node(now.inputs[1 - input] as number) : null;
    if (sign && isColumn(a, sign)) out.push({ kind: 'sign', sign: input ? '' : '' });
    out.push({
      kind: 'through',
      node: now,
      tex: sign ? `∘${timeless(symbol(a, sign, n))}` : operationSymbol(a, now, n),
    });
    out.push({ kind: 'vector', node: to, gradient: true, edge: { of: now, input } });
  });
  return out.length > 1 || now.op === 'last' ? out : []; // what is handed over arrives as one vector
}

const GAP = { sign: 16, through: 40 };

/** The equation of one operation within a box; the marks that it put, the result last. */
export function equation(s: Sketch, now: NodeSchema, box: Box, names: number): VectorMark[] {
  const n = s.wish.notation;
  const terms = s.back ? backwards(s.a, now, n) : forwards(s.a, now, n);
  const vectors = terms.filter((t) => t.kind === 'vector').length;
  if (!vectors) return [];
  const gaps = terms.reduce((sum, t) => sum + (t.kind === 'vector' ? 0 : GAP[t.kind]), 0);
  const squeeze = Math.min(1, (box.w - vectors * 24) / Math.max(1, gaps));
  const w = Math.max(16, Math.min(58, (box.w - gaps * squeeze) / vectors));
  let x = box.x + Math.max(0, (box.w - vectors * w - gaps * squeeze) / 2);
  const marks: VectorMark[] = [];
  const middle = box.y + box.h / 2;
  for (const term of terms) {
    if (term.kind === 'vector') {
      marks.push(column(s, term, x, w, box));
      nameOver(s, term, x + w / 2, names, w + 0.8 * GAP.sign * squeeze);
      x += w;
      continue;
    }
    const gap = GAP[term.kind] * squeeze;
    if (term.kind === 'sign') {
      if (term.sign)
        s.label(x + gap / 2, middle + 6, term.sign, gap < 13 ? 14 : 18, { face: 'sans', bold: true, halo: true });
    } else {
      const [from, to] = [x + 4, x + gap - 4] as const;
      s.scene.arrows.push({ from: [from, middle], to: [to, middle], state: s.walked(term.node) });
      if (mathWidth(plainMath(term.tex), 12) <= gap + 8) s.label(x + gap / 2, middle - 8, term.tex, 12, { halo: true });
    }
    x += gap;
  }
  return marks;
}

function column(s: Sketch, term: Extract<Term, { kind: 'vector' }>, x: number, w: number, box: Box): VectorMark {
  const mark = s.vector(term.node, x + 2, w - 4, s.rows(cells(term.node), box.y, box.h));
  if (!term.gradient) return mark;
  mark.shown = 'gradient';
  mark.gradient = 'none';
  mark.scale = 'gradient';
  mark.frame = 'role-g';
  mark.faint = false;
  mark.done = mark.rows.y.length;
  if (term.edge) {
    mark.node = term.edge.of.id;
    mark.what = { edge: term.edge.input };
  }
  return mark;
}

function nameOver(s: Sketch, term: Extract<Term, { kind: 'vector' }>, x: number, y: number, room: number) {
  const { a } = s;
  const n = s.wish.notation;
  const full = symbol(a, term.node, n);
  const dim = !term.gradient && !s.there(term.node);
  if (term.gradient) {
    const name = [full, timeless(full)].find((tex) => mathWidth(plainMath(tex), 12) <= room) ?? timeless(full);
    s.label(x, y + 1, `∂${name.length > 14 ? `(${name})` : name}`, 12, { over: '\\g{∂J}' });
    return;
  }
  for (const size of [14, 12])
    for (const tex of [full, timeless(full)])
      if (mathWidth(plainMath(tex), size) <= room) {
        s.label(x, y, tex, size, { dim });
        return;
      }
  s.label(x, y, operationSymbol(a, term.node, n), 12, { dim });
}
