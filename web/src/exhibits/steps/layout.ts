// A tape laid out by words and layers, and read by steps: which state takes which operations, what is done when.
import type { ReaderTape, Study, StudyRequest } from '../../../../wasm/bridge/protocol';
import { arrayOf } from '../../session/studies';
import { HIDDEN, LENGTHS, NETS, type Net } from './lab';

/** A state, or a word's vector in layer 0. Words count from 0. */
export interface State {
  layer: number;
  word: number;
  node: number;
  step: number; // after which it is there
  /** What it takes, in the order of the steps: operations of its own, and those of its layer that it shares. */
  operations: { node: number; name: string; step: number }[];
}
export interface Read {
  net: Net;
  tape: ReaderTape;
  states: State[][]; // by layer
  depth: number; // steps until all is done
  /** By step, from 0: how many operations are done in it. */
  at: number[];
  way: [layer: number, word: number][] | null; // the states on it, the word first; null: there is none
}

const nameOf = (path: string) => path.split('.').at(-1) ?? '';

export function readTape(net: Net, tape: ReaderTape): Read {
  const { nodes, counted } = tape;
  const depth = counted.longest.length - 1;
  const at = new Array<number>(depth + 1).fill(0);
  const groups = new Map<string, State['operations']>();
  nodes.forEach(({ path, op }, node) => {
    if (op === 'leaf') return;
    const step = counted.steps[node] as number;
    at[step] = (at[step] as number) + 1;
    const scope = path.slice(0, path.lastIndexOf('.'));
    groups.set(scope, [...(groups.get(scope) ?? []), { node, name: nameOf(path), step }]);
  });
  const states = tape.states.map((row, layer) =>
    row.map((node, word) => {
      const own = layer === 0 ? [] : (groups.get(`layers.${layer}.${word + 1}`) ?? []);
      const shared = layer === 0 ? [] : (groups.get(`layers.${layer}`) ?? []);
      const operations = [...own, ...shared].sort((a, b) => a.step - b.step || a.node - b.node);
      return { layer, word, node, step: counted.steps[node] as number, operations };
    }),
  );
  const place = new Map(states.flat().map(({ node, layer, word }) => [node, [layer, word] as [number, number]]));
  const way = (tape.way ?? []).flatMap((node) => {
    const one = place.get(node);
    return one ? [one] : [];
  });
  return { net, tape, states, depth, at, way: way.length > 0 ? way : null };
}

/** Operations on the way; null where there is none. */
export const lengthOf = ({ tape }: Read): number | null => (tape.way?.length ? tape.way.length - 1 : null);

/** A state at a step: there, under way in this very step, or still to come. */
export function standing({ step, operations }: State, now: number): 'done' | 'now' | 'ahead' {
  if (now > 0 && operations.some((one) => one.step === now)) return 'now';
  return step <= now ? 'done' : 'ahead';
}

/** The study that counts both nets at all lengths. */
export const counting = (layers: number): StudyRequest => ({
  study: 'steps',
  inputs: { nets: NETS.map((net) => `reader ${net} hidden=${HIDDEN} layers=${layers}`).join('; '), lengths: LENGTHS },
});
/** What each net takes at each length, of the study that counted it: its nets are in the order of NETS. */
export function countsOf(study: Study) {
  const [lengths, steps, products, weights] = ['T', 'steps', 'multiply_adds', 'weights'].map(
    (name) => arrayOf(study, name).values,
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const of = (net: number) =>
    Array.from(lengths, (length, i) => {
      const k = net * lengths.length + i;
      return { length, steps: steps[k] as number, products: products[k] as number, weights: weights[k] as number };
    });
  return { recurrent: of(0), attention: of(1) };
}

export interface Grid {
  x(word: number): number; // middle of its column
  y(layer: number): number; // upper edge of its row
  width: number; // of a cell
  height: number;
  pitch: number;
}
/** Columns under the words, layers upwards; in units of rem/16. */
export function gridOf(
  words: number,
  layers: number,
  box: { left: number; top: number; width: number; height: number },
): Grid {
  const pitch = box.width / words;
  const width = Math.min(52, pitch - 6);
  const height = Math.min(30, box.height / (layers + 1) - 12);
  const gap = (box.height - height) / layers;
  return {
    x: (word) => box.left + pitch * (word + 0.5),
    y: (layer) => box.top + (layers - layer) * gap,
    width,
    height,
    pitch,
  };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
