// Draws into one scene: columns, labels, arrows and numbers, in the state that they have at this moment of the walk.

import type { NodeSchema, Part } from '../session/types.ts';
import type { Rows } from './rows.ts';
import { type ArrowMark, emptyScene, type Scene, type VectorMark } from './scene.ts';
import { cells, gradientState, hasValue, type Tape } from './tape.ts';
import type { LineWords } from './terms.ts';

/** What it has to know of the moment. */
export interface PenWish {
  forward: number; // F of the walk
  position: number;
  now: NodeSchema | null; // of the operation that was done last
  part: Part | null;
  quarter: number; // of what holds several vectors side by side, the one that is looked at
  words: LineWords;
}
interface Sheet {
  width: number;
  height: number;
  scales: Scene['scales'];
  /** On which of them a node is drawn. */
  scaleOf: (node: NodeSchema) => string;
}

export class Pen<W extends PenWish = PenWish> {
  readonly tape: Tape;
  readonly wish: W;
  readonly scene: Scene;
  readonly back: boolean;
  readonly scaleOf: Sheet['scaleOf'];

  constructor(tape: Tape, wish: W, { width, height, scales, scaleOf }: Sheet) {
    this.tape = tape;
    this.wish = wish;
    this.scene = emptyScene(width, height, scales);
    this.back = wish.position > wish.forward;
    this.scaleOf = scaleOf;
  }

  label(x: number, y: number, tex: string, size = 16, more: Partial<Scene['labels'][number]> = {}) {
    this.scene.labels.push({ x, y, tex, size, anchor: 'middle', ...more });
  }
  number(node: NodeSchema, x: number, y: number, room: number, more: Partial<Scene['numbers'][number]> = {}) {
    this.scene.numbers.push({
      node: node.id,
      x,
      y,
      dim: !hasValue(node, this.wish.position),
      size: 14,
      digits: 2,
      room,
      anchor: 'middle',
      ...more,
    });
  }
  /** In the direction of values; walking back it is turned. */
  arrow(from: [number, number], to: [number, number], state: ArrowMark['state']) {
    this.scene.arrows.push(this.back ? { from: to, to: from, state } : { from, to, state });
  }
  /** Has the edge into this node been walked in the present direction? */
  walked(consumer: NodeSchema | null): ArrowMark['state'] {
    if (!consumer) return 'ahead';
    const { position } = this.wish;
    const at = this.back ? consumer.backward : consumer.forward;
    return at > 0 && at === position ? 'hot' : at > 0 && at < position ? 'done' : 'ahead';
  }

  vector(node: NodeSchema, x: number, w: number, r: Rows, figures: boolean, from = 0): VectorMark {
    const { position, forward, part, now } = this.wish;
    const there = hasValue(node, position);
    let done = cells(node);
    if (part && !this.back && now?.id === node.id) {
      const inner = node.op === 'matmul' ? (this.tape.node(node.inputs[1] as number).shape.at(-1) ?? 1) : 1;
      done = Math.min(done, part.cells + (part.terms >= inner ? 1 : 0));
    }
    done = Math.max(0, Math.min(done - from, r.y.length));
    const gradient = this.back ? gradientState(this.tape, node, position, forward) : 'none';
    const mark: VectorMark = {
      node: node.id,
      x,
      w,
      rows: r,
      from,
      scale: this.scaleOf(node),
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
}
