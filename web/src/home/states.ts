// The real hidden states behind the word on the home page: the shipped network reads "unroll".
import { signal } from '@preact/signals';
import type { Bridge } from '../../../wasm/bridge/protocol';
import { walkOf } from '../session/clocks';
import { viewOf } from '../session/frames';
import type { Wanted } from '../session/types';

export const WORD = 'unroll';
const WEIGHTS = 'names-rnn';

/** A state of H numbers a letter; null until they are there. */
export const states = signal<number[][] | null>(null);
/** How large the gradient of the last guess is at each step of the word. */
export const reaches = signal<number[] | null>(null);
/** The forget gates of the shipped LSTM on the same word, H numbers a letter. */
export const forgets = signal<number[][] | null>(null);

export async function readWord(bridge: Bridge): Promise<void> {
  if (!states.peek()) {
    states.value = await readStates(bridge);
    reaches.value = (await bridge.call('reach', { text: WORD, at: [...WORD].length + 1 })).h;
  }
  if (!forgets.peek()) forgets.value = await readForgets(bridge);
}

async function readStates(bridge: Bridge): Promise<number[][]> {
  await bridge.call('open', { weights: WEIGHTS });
  const walk = walkOf(await bridge.call('walk', { text: WORD }));
  // The state of a step is the last activation that has the hidden axis.
  const last = new Map<number, number>();
  for (const node of walk.schema.nodes) {
    if (node.time > 1 && node.role === 'activation' && node.axes.endsWith('H')) last.set(node.time, node.id);
  }
  const wanted: Wanted[] = [...last.values()].map((node) => ({ node, what: 'value' }));
  const read = new Promise<number[][]>((resolve) => {
    const off = bridge.on('frame', (frame) => {
      const view = frame.position === walk.schema.forward ? viewOf(frame, wanted, walk) : null;
      if (!view) return;
      const seen = wanted.map(({ node, what }) => view.values(node, what));
      if (seen.some((values) => values === null)) return;
      off();
      resolve(seen.map((values) => Array.from(values ?? [])));
    });
  });
  await bridge.call('subscribe', { wanted });
  await bridge.call('goto', { position: walk.schema.forward });
  return read;
}

async function readForgets(bridge: Bridge): Promise<number[][]> {
  await bridge.call('open', { weights: 'names-lstm' });
  const { steps, hidden, gates, gateNames } = await bridge.call('units', { text: WORD });
  const from = gateNames.indexOf('f') * hidden;
  // The start mark is left out, as above.
  return Array.from({ length: steps - 1 }, (_, t) => {
    const all = (t + 1) * gateNames.length * hidden;
    return Array.from(gates?.subarray(all + from, all + from + hidden) ?? []);
  });
}
