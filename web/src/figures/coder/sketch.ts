// The marks of one picture as they are put: what is there, what is to come, what has come back.

import type { NodeSchema } from '../../session/types.ts';
import { fitted } from '../../stage/lines.ts';
import { type Rows, rows } from '../../stage/rows.ts';
import { type ArrowMark, emptyScene, type Scene, type VectorMark } from '../../stage/scene.ts';
import { cells, gradientState, hasValue } from '../../stage/tape.ts';
import type { Wish } from '../kind.ts';
import type { Coder } from './anatomy.ts';
import { scale, scales } from './scales.ts';

const FIGURE = 10.7; // the least height of a cell that carries a number

export interface Put {
  from?: number; // of its node's cells, the first that is shown
  count?: number;
  figures?: boolean;
  across?: boolean;
  frame?: VectorMark['frame'];
}

export class Sketch {
  readonly scene: Scene;
  readonly a: Coder;
  readonly wish: Wish;
  readonly back: boolean;

  constructor(a: Coder, wish: Wish, width: number) {
    this.a = a;
    this.wish = wish;
    this.back = wish.position > wish.schema.forward;
    this.scene = emptyScene(width, wish.box.height, scales(a));
  }

  label(x: number, y: number, tex: string, size = 14, more: Partial<Scene['labels'][number]> = {}) {
    this.scene.labels.push({ x, y, tex, size, anchor: 'middle', ...more });
  }
  path(d: string, look: Scene['paths'][number]['look']) {
    this.scene.paths.push({ d, look });
  }
  arrow(from: [number, number], to: [number, number], state: ArrowMark['state']) {
    this.scene.arrows.push(this.back ? { from: to, to: from, state } : { from, to, state });
  }
  /** Has this operation been done in the present direction? */
  walked(node: NodeSchema | null): ArrowMark['state'] {
    if (!node) return 'ahead';
    const { position } = this.wish;
    const done = this.back ? node.backward : node.forward;
    return done > 0 && done === position ? 'hot' : done > 0 && done < position ? 'done' : 'ahead';
  }
  there(node: NodeSchema): boolean {
    return hasValue(node, this.wish.position);
  }
  /** Rows of a column of so many cells; where they are thin, those round the one that is looked at have numbers. */
  rows(n: number, y: number, h: number): Rows {
    return rows(n, y, h, Math.min(this.wish.focus % Math.max(1, n), n - 1), FIGURE, FIGURE);
  }

  vector(node: NodeSchema, x: number, w: number, r: Rows, put: Put = {}): VectorMark {
    const { position, schema, part, now } = this.wish;
    const from = put.from ?? 0;
    const there = this.there(node);
    let done = cells(node);
    if (part && !this.back && now?.id === node.id) {
      const inner = node.op === 'matmul' ? (this.a.node(node.inputs[1] as number).shape.at(-1) ?? 1) : 1;
      done = Math.min(done, part.cells + (part.terms >= inner ? 1 : 0));
    }
    const gradient = this.back ? gradientState(this.a, node, position, schema.forward) : 'none';
    const mark: VectorMark = {
      node: node.id,
      x,
      w,
      rows: r,
      from,
      scale: scale(this.a, node),
      shown: there ? 'value' : 'pending',
      gradient,
      what: 'grad',
      done: Math.max(0, Math.min(done - from, put.count ?? r.y.length)),
      figures: put.figures ?? w >= 26,
      frame: put.frame === undefined ? (node.role === 'parameter' ? 'role-p' : 'role-a') : put.frame,
      faint: this.back ? gradient === 'pending' : !there,
      ...(put.across ? { across: true as const } : {}),
    };
    this.scene.vectors.push(mark);
    return mark;
  }

  /** A word as wide as there is room, its letters no higher than a line of `high` takes: smaller, then cut. */
  word(text: string, x: number, y: number, room: number, more: Partial<Scene['labels'][number]> = {}, high = 14) {
    const mark = /^<.+>$/.test(text);
    const shown = mark ? text.slice(1, -1) : text;
    const cut = mark ? fitted(shown, room, Math.min(13, high + 2), 0.56) : fitted(shown, room, Math.min(16, high + 2));
    this.label(x, y, cut.shown, cut.size, { face: mark ? 'sans' : 'mono', bold: true, ...more });
  }
}
