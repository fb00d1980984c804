// Measures and units over the exports of core.wasm: numbers and arrays out of one result each.

import type { MeasureLike } from './corelike.ts';
import type { CoreModule } from './module.ts';
import type { Looked, Reach, Terms, Units } from './protocol.ts';

const doubles = (module: CoreModule) => [...new Float64Array(module.bytes().buffer)];

export class WasmMeasure implements MeasureLike {
  #module: CoreModule;
  #handle: number;

  constructor(module: CoreModule, handle: number) {
    this.#module = module;
    this.#handle = handle;
  }
  reach(at: number, layer: number): Omit<Reach, 'step'> {
    this.#module.check('measure_reach', this.#handle, at, layer);
    const both = doubles(this.#module);
    const c = both.slice(at);
    return { h: both.slice(0, at), c: c.some((size) => size < 0) ? null : c };
  }
  terms(at: number, param: string): Omit<Terms, 'step'> {
    const module = this.#module;
    module.check('measure_terms', this.#handle, at, ...module.input(param));
    const size = module.number(1);
    const { buffer } = module.bytes();
    const norms = [...new Float64Array(buffer, 0, at)];
    const floats = new Float32Array(buffer, at * Float64Array.BYTES_PER_ELEMENT);
    return { size, norms, terms: floats.slice(0, at * size), sum: floats.slice(at * size) };
  }
  saliency(at: number, token: number): number[] {
    this.#module.check('measure_saliency', this.#handle, at, token);
    return doubles(this.#module);
  }
  free(): void {
    this.#module.raw('close', this.#handle);
  }
}

/** The tokens as int32, h, c, gates, then the gates' letters. */
export function readUnits(module: CoreModule, run: number, text: string, layer: number): Omit<Units, 'step'> {
  module.check('trainer_units', run, ...module.input(text), layer);
  const [steps, hidden, tokens, c, gates] = [0, 1, 2, 3, 4].map((i) => module.number(i)) as Five;
  const { buffer } = module.bytes();
  let at = tokens * Int32Array.BYTES_PER_ELEMENT;
  const next = (count: number) => {
    const floats = new Float32Array(buffer, at, count).slice();
    at += floats.byteLength;
    return floats;
  };
  return {
    steps,
    hidden,
    tokens: [...new Int32Array(buffer, 0, tokens)],
    h: next(steps * hidden),
    c: c > 0 ? next(c) : null,
    gates: gates > 0 ? next(gates) : null,
    gateNames: new TextDecoder().decode(buffer.slice(at)),
  };
}
type Five = [number, number, number, number, number];

/** Tokens as int32, then what the heads look at and what mattered, as floats. */
export function readLooked(
  module: CoreModule,
  run: number,
  text: string,
  at: number,
  token: number,
): Omit<Looked, 'step'> {
  module.check('trainer_looked', run, ...module.input(text), at, token);
  const [blocks, heads, steps, asked, chosen] = [0, 1, 2, 3, 4].map((i) => module.number(i)) as Five;
  const score = module.number(5);
  const { buffer } = module.bytes();
  let from = steps * Int32Array.BYTES_PER_ELEMENT;
  const next = (count: number) => {
    const floats = new Float32Array(buffer, from, count).slice();
    from += floats.byteLength;
    return floats;
  };
  return {
    ...{ blocks, heads, at: asked, token: chosen, score },
    tokens: [...new Int32Array(buffer, 0, steps)],
    weights: next(blocks * heads * steps * steps),
    rollout: next(blocks * steps * steps),
    times: [...next(steps)],
    sizes: [...next(steps)],
    depth: [...next(blocks + 1)],
  };
}
