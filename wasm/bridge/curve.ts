// The losses of a run in so much memory and no more, however long it goes on: means over stretches of equal length,
// one update each at first, twice as many whenever there are too many stretches. Worker and page keep one each and
// make it from the same losses in the same order.

export const MOST_STRETCHES = 4096;

/** What goes over the port. */
export interface CurveData {
  tip: number;
  width: number; // updates a stretch
  sums: Float64Array<ArrayBuffer>;
  counts: Float64Array<ArrayBuffer>; // of updates with a finite loss
}

export class LossCurve {
  tip: number; // updates recorded
  width = 1;
  #sums: number[] = [];
  #counts: number[] = [];

  /** start: updates before the first whose loss is known. */
  constructor(start = 0) {
    this.tip = start;
  }
  static of({ tip, width, sums, counts }: CurveData): LossCurve {
    const curve = new LossCurve(tip);
    curve.width = width;
    curve.#sums = [...sums];
    curve.#counts = [...counts];
    return curve;
  }
  data(): CurveData {
    const { tip, width } = this;
    return { tip, width, sums: Float64Array.from(this.#sums), counts: Float64Array.from(this.#counts) };
  }
  copy(): LossCurve {
    return LossCurve.of(this.data());
  }

  /** The loss of update tip + 1. */
  push(loss: number): void {
    let at = Math.floor(this.tip / this.width);
    while (at >= MOST_STRETCHES) {
      this.#widen();
      at = Math.floor(this.tip / this.width);
    }
    while (this.#sums.length <= at) {
      this.#sums.push(0);
      this.#counts.push(0);
    }
    this.tip++;
    if (!Number.isFinite(loss)) return;
    this.#sums[at]! += loss;
    this.#counts[at]! += 1;
  }
  /** Forgets what came after this update. A stretch that it cuts is forgotten whole: half of a mean is not known. */
  cut(step: number): void {
    const whole = Math.floor(step / this.width);
    this.#sums.length = Math.min(this.#sums.length, whole);
    this.#counts.length = this.#sums.length;
    this.tip = step;
  }

  /** Loss of one update; undefined where only a mean over several is known, or nothing. */
  at(step: number): number | undefined {
    if (this.width > 1 || !this.#counts[step - 1]) return undefined;
    return this.#sums[step - 1];
  }
  /** Means of at most so many stretches, each with its last update; stretches without a loss are left out. */
  points(most = MOST_STRETCHES): { step: number; loss: number }[] {
    const each = Math.max(1, Math.ceil(this.#sums.length / most));
    const points: { step: number; loss: number }[] = [];
    for (let from = 0; from < this.#sums.length; from += each) {
      const to = Math.min(from + each, this.#sums.length);
      let sum = 0;
      let count = 0;
      for (let i = from; i < to; i++) {
        sum += this.#sums[i]!;
        count += this.#counts[i]!;
      }
      if (count > 0) points.push({ step: Math.min(to * this.width, this.tip), loss: sum / count });
    }
    return points;
  }
  /** The last update before a loss that was more than one nat above the least before it: a loss is that of the
   *  parameters as they were before its update. */
  lastSane(): number {
    let least = Number.POSITIVE_INFINITY;
    let sane = 0;
    for (const { step, loss } of this.points()) {
      least = Math.min(least, loss);
      if (loss <= least + 1) sane = step - 1;
    }
    return sane;
  }

  #widen(): void {
    this.width *= 2;
    const half = Math.ceil(this.#sums.length / 2);
    for (let i = 0; i < half; i++) {
      this.#sums[i] = this.#sums[2 * i]! + (this.#sums[2 * i + 1] ?? 0);
      this.#counts[i] = this.#counts[2 * i]! + (this.#counts[2 * i + 1] ?? 0);
    }
    this.#sums.length = half;
    this.#counts.length = half;
  }
}
