// One sentence through three shipped nets, each in a worker of its own: what each writes and how sure it is of each word,
// what it looked at, and how long its ways are, counted on its graph.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Beam, Bridge, CoreError, RunInfo, WalkSchema } from '../../../../wasm/bridge/protocol';
import { pathTo, tokensOf } from '../../figures/search/tree';
import { latest } from '../../session/latest';
import { rightFor } from '../searched';
import type { Exhibit } from '../types';

export const NETS = ['vector', 'attention', 'transformer'] as const;
export type Net = (typeof NETS)[number];

export interface Written {
  run: RunInfo;
  source: number[];
  tokens: number[]; // the end mark the last, where it came to one
  chances: number[]; // of each token after those before it
  /** Of each token, over the source: the mean of all heads, which of one is itself. Null: it looks at nothing. */
  looks: number[][] | null;
  longest: number; // operations one after another, of the longest way to its loss
  shortest: number; // from the first word read to the probabilities of the last one written
}
export interface Three {
  text: string;
  right: string | null; // null: nobody knows
  nets: Record<Net, Written>;
}

function lookOf({ blocks, heads, source, looks }: Beam, look: number): number[] {
  const [rows, S] = [blocks * heads, source.length];
  const one = looks.subarray(look * rows * S, (look + 1) * rows * S);
  return source.map((_, s) => mean(Array.from({ length: rows }, (_, row) => one[row * S + s] ?? 0)));
}
const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Of the graph that was walked last, led by what it writes itself. */
async function waysOf(bridge: Bridge, { nodes, targets }: WalkSchema): Promise<Pick<Written, 'longest' | 'shortest'>> {
  const at = (...paths: string[]) => nodes.find(({ path }) => paths.includes(path))?.id ?? -1;
  const last = Math.max(1, targets.length - 1); // before the mark for the end
  const { longest } = await bridge.call('counted');
  const ends = { from: at('encoder.1.e', 'e_source'), to: at(`decoder.${last}.y_hat`, 'y_hat') };
  const way = await bridge.call('way', ends);
  return { longest: longest.length - 1, shortest: way.length - 1 };
}

export async function writtenBy(bridge: Bridge, run: RunInfo, text: string): Promise<Written> {
  const beam = await bridge.call('beam', { text, width: 1, normalisation: 0 });
  const way = pathTo(beam.nodes, beam.best).flatMap((index) => beam.nodes[index] ?? []);
  const ways = await waysOf(bridge, await bridge.call('walk', { text, target: null }));
  return {
    run,
    source: beam.source,
    tokens: tokensOf(beam, beam.best),
    chances: way.map(({ logProbability }) => Math.exp(logProbability)),
    looks: beam.blocks > 0 ? way.map(({ look }) => lookOf(beam, look)) : null,
    ...ways,
  };
}

export function createThree(spawn: () => Bridge, exhibit: Exhibit) {
  const now = signal<Three | null>(null);
  const problem = signal<CoreError | null>(null);
  const bridges = NETS.map(() => spawn());
  const opened = Promise.all(bridges.map((bridge, i) => bridge.call('open', { weights: `phrases-${NETS[i] as Net}` })));
  const ask = latest(async (text: string) => {
    try {
      const runs = await opened;
      const [vector, attention, transformer] = (await Promise.all(
        bridges.map((bridge, i) => writtenBy(bridge, runs[i] as RunInfo, text)),
      )) as [Written, Written, Written];
      const right = await rightFor(bridges[0] as Bridge, transformer.run.vocabulary, exhibit, text);
      problem.value = null;
      now.value = { text, right, nets: { vector, attention, transformer } };
    } catch (error) {
      problem.value = error as CoreError;
      now.value = null;
    }
  });
  return {
    now: now as ReadonlySignal<Three | null>,
    problem: problem as ReadonlySignal<CoreError | null>,
    ask,
    dispose: () => {
      for (const bridge of bridges) bridge.close();
    },
  };
}
