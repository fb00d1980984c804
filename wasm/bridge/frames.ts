// Frames: what the page subscribed to, at most one under way, in two buffers that go back and forth. The page
// acknowledges in its animation frame, which is what keeps it at one frame a picture.

import type { Wanted } from './protocol.ts';
import type { FrameMessage } from './wire.ts';

export interface Picture {
  step: number;
  position: number;
  gradNorm: number;
  clipScale: number;
  /** Good until the core is called again. */
  values: (Float32Array | Int32Array)[];
}

export class Frames {
  #draw: (wanted: readonly Wanted[]) => Picture | null;
  #send: (frame: FrameMessage) => void;
  #wanted: readonly Wanted[] = [];
  #subscription = 0;
  #spare: ArrayBuffer[] = [];
  #underWay = false;
  #stale = false;

  constructor(draw: (wanted: readonly Wanted[]) => Picture | null, send: (frame: FrameMessage) => void) {
    this.#draw = draw;
    this.#send = send;
  }

  /** id 0: nobody wants anything. */
  subscribe(id: number, wanted: readonly Wanted[]): void {
    this.#subscription = id;
    this.#wanted = wanted;
    this.changed();
  }
  /** Something that a frame shows is different now. */
  changed(): void {
    if (this.#underWay) this.#stale = true;
    else this.#next();
  }
  /** The page has drawn the last frame, and gives back the buffer of the one before. */
  drawn(buffer: ArrayBuffer | null): void {
    if (buffer && this.#spare.length < 2) this.#spare.push(buffer);
    this.#underWay = false;
    if (this.#stale) this.#next();
  }

  #next(): void {
    this.#stale = false;
    if (this.#subscription === 0) return;
    const picture = this.#draw(this.#wanted);
    if (!picture) return;
    const { values, ...rest } = picture;
    const size = values.reduce((sum, v) => sum + v.length, 0);
    const buffer = this.#buffer(4 * size);
    const layout: FrameMessage['layout'] = [];
    let offset = 0;
    for (const cells of values) {
      const index = cells instanceof Int32Array;
      layout.push({ offset, length: cells.length, index });
      // Same width, and bits are copied, not numbers: a NaN stays the NaN it was.
      new Int32Array(buffer, offset, cells.length).set(new Int32Array(cells.buffer, cells.byteOffset, cells.length));
      offset += 4 * cells.length;
    }
    this.#underWay = true;
    this.#send({ subscription: this.#subscription, ...rest, layout, buffer });
  }
  #buffer(size: number): ArrayBuffer {
    const spare = this.#spare.pop();
    return spare && spare.byteLength >= size ? spare : new ArrayBuffer(Math.max(size, 4096));
  }
}
