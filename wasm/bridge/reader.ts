// The nets that read a sentence, over the exports of core.wasm; and how long one of them takes.

import type { ReaderLike } from './corelike.ts';
import type { CoreModule } from './module.ts';
import type { Counted, ReaderSpec, ReaderTape } from './protocol.ts';

const NETS: ReaderSpec['net'][] = ['recurrent', 'attention']; // in the core's order
const LEAST_MS = 8; // of what is timed: browsers make their clocks coarse, by 0.1 ms or a whole one
const MOST_RUNS = 1 << 14;

export class WasmReader implements ReaderLike {
  #module: CoreModule;
  #handle: number;

  constructor(module: CoreModule, { net, text = '', length = 0, hidden, layers, seed }: ReaderSpec) {
    this.#module = module;
    const [at, size] = module.input(text) as [number, number];
    this.#handle = module.find('reader_create', NETS.indexOf(net), at, size, length, hidden, layers, seed);
  }
  nodes(): ReturnType<ReaderLike['nodes']> {
    this.#module.check('reader_nodes', this.#handle);
    return this.#module.json();
  }
  counted(): Counted {
    this.#module.check('steps_counted', this.#handle);
    return this.#module.json();
  }
  way(from: number, to: number): number[] {
    this.#module.check('steps_way', this.#handle, from, to);
    return this.#module.json();
  }
  run(times: number): void {
    this.#module.check('reader_run', this.#handle, times);
  }
  free(): void {
    this.#module.raw('close', this.#handle);
  }
}

export function readerTape(reader: ReaderLike, way: [number, number] | undefined): ReaderTape {
  const { states, nodes } = reader.nodes();
  const [from, to] = way ? [states[0]?.[way[0]], states[1]?.[way[1]]] : [];
  const found = from !== undefined && to !== undefined ? reader.way(from, to) : null;
  return { states, nodes, counted: reader.counted(), way: found };
}

/** Milliseconds of one run, so many times: each is a stretch of runs that is long enough for the clock. */
export function timeOf(of: { run(times: number): void }, samples: number, now: () => number): number[] {
  const stretch = (runs: number) => {
    const begun = now();
    of.run(runs);
    return now() - begun;
  };
  let runs = 1;
  while (stretch(runs) < LEAST_MS && runs < MOST_RUNS) runs *= 2;
  return Array.from({ length: samples }, () => stretch(runs) / runs);
}
