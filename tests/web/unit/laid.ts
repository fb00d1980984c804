// A layout as the page asks for it, and what holds for every one: nothing overlaps, nothing leaves the figure.
import assert from 'node:assert/strict';
import type { WalkSchema } from '../../../wasm/bridge/protocol.ts';
import { anatomy } from '../../../web/src/figures/recurrent/anatomy.ts';
import type { Laid, Wish } from '../../../web/src/figures/recurrent/wish.ts';
import { widthOf } from '../../../web/src/stage/lines.ts';

const WORDS = {
  own: 'own guess',
  later: 'later',
  by: 'by',
  through: 'goes on',
  onto: 'goes on to',
  alike: 'goes on both ways',
  arrives: 'arrives',
  slope: 'slope',
  mean: 'arrives less its mean',
  clip: 'clip',
  short: { own: 'own', onto: 'to', alike: 'to both', mean: 'less mean' },
  moves: {
    sums: 'sums',
    forget: 'forget',
    store: 'store',
    update: 'update',
    output: 'output',
    reset: 'reset',
    candidate: 'candidate',
    guess: 'guess',
  },
};

export function wish(
  schema: WalkSchema,
  position: number,
  width: number,
  height: number,
  more: Partial<Wish> = {},
): Wish {
  const a = anatomy(schema);
  const now = schema.nodes.find((n) => n.forward === position || n.backward === position) ?? null;
  const updating = position > 2 * schema.forward;
  const time = now?.time || a.steps.length;
  return {
    anatomy: a,
    forward: schema.forward,
    position,
    schema,
    now: updating ? null : now,
    open: updating ? null : position ? time - 1 : 0,
    box: { width, height },
    focus: 0,
    quarter: 0,
    weight: null,
    looked: false,
    folded: false,
    part: null,
    notation: 'a',
    text: (token) => (token === 0 ? '<start>' : token === 1 ? '<end>' : String.fromCharCode(95 + token)),
    words: WORDS,
    ...more,
  };
}

export function check({ scene, columns: c }: Laid, of: string) {
  const inside = (what: string, x: number, y: number, w: number, h: number) => {
    assert.ok(x >= -0.5 && x + w <= scene.width + 0.5, `${of}: ${what} from ${x} to ${x + w} of ${scene.width}`);
    assert.ok(y >= -0.5 && y + h <= scene.height + 0.5, `${of}: ${what} from ${y} to ${y + h} of ${scene.height}`);
  };
  for (const v of scene.vectors) inside(`vector ${v.node}`, v.x, v.rows.top, v.w, v.rows.bottom - v.rows.top);
  for (const b of scene.bars) inside(`bars ${b.node}`, b.x, b.y, b.w, b.h);
  for (const m of scene.matrices) inside(`matrix ${m.node}`, m.x, m.y, m.size, m.size);
  for (const l of scene.labels) {
    assert.ok(l.size >= 12, `${of}: label ${l.tex} of size ${l.size}`);
    assert.ok(
      l.x >= 0 && l.x <= scene.width && l.y >= 0 && l.y <= scene.height,
      `${of}: label ${l.tex} at ${l.x}, ${l.y}`,
    );
  }
  for (const l of scene.lines) {
    inside('line', l.x, l.y - l.size, widthOf(l.parts), l.size);
    for (const v of scene.vectors) {
      const apart =
        l.x + widthOf(l.parts) <= v.x ||
        v.x + v.w <= l.x ||
        l.y + 3 <= v.rows.top ||
        v.rows.bottom + 2 <= l.y - l.size * 0.8;
      assert.ok(apart, `${of}: line ${JSON.stringify(l)} ${widthOf(l.parts)} on vector ${v.node} ${v.x}`);
    }
  }
  for (const [i, v] of scene.vectors.entries())
    for (const u of scene.vectors.slice(i + 1)) {
      const apart =
        v.x + v.w <= u.x + 0.01 ||
        u.x + u.w <= v.x + 0.01 ||
        v.rows.bottom <= u.rows.top + 0.01 ||
        u.rows.bottom <= v.rows.top + 0.01;
      assert.ok(apart, `${of}: vectors ${v.node} and ${u.node} overlap`);
    }
  for (const [i, m] of scene.matrices.entries())
    for (const u of scene.matrices.slice(i + 1))
      assert.ok(m.x + m.size <= u.x + 0.01 || u.x + u.size <= m.x + 0.01, `${of}: matrices overlap`);
  const all = [c.start, ...c.steps, c.end];
  for (let i = 1; i < all.length; i++)
    assert.ok((all[i - 1]?.x ?? 0) + (all[i - 1]?.w ?? 0) <= (all[i]?.x ?? 0) + 0.01, `${of}: columns overlap`);
}
