// A net's states as columns: what goes in below, the state, what comes out above. Read from the tape alone.
import type { NodeSchema } from '../../../../wasm/bridge/protocol';
import type { Read } from './nets';

export interface Column {
  state: NodeSchema;
  input: string; // '' where there is none
  output: { text: string; chance: number; node: NodeSchema } | null;
}
export interface Moment {
  node: NodeSchema;
  back: boolean;
}

/** Every operation in the order in which it is done, then those that a gradient goes back through. */
export function momentsOf({ schema: { nodes } }: Read): Moment[] {
  const forward = nodes.filter((node) => node.forward > 0).sort((a, b) => a.forward - b.forward);
  const back = nodes.filter((node) => node.forward > 0 && node.backward > 0).sort((a, b) => a.backward - b.backward);
  return [...forward.map((node) => ({ node, back: false })), ...back.map((node) => ({ node, back: true }))];
}

const STATE = /^(encoder|rnn|decoder)\.([1-9]\d*)\.h$|^layer\.1\.z$/;

export function columnsOf(
  read: Read,
  words: { start: string; end: string; said: (chance: number) => string },
): Column[] {
  const { schema, tape, vocabulary } = read;
  const word = (token: number | undefined) => {
    const text = vocabulary[token ?? -1] ?? '';
    return text === '<start>' ? words.start : text === '<end>' ? words.end : text;
  };
  const find = (path: string) => schema.nodes.find((node) => node.path === path);
  const states = schema.nodes.filter(({ path }) => STATE.test(path));
  const answer = find('y_hat');
  return states.map((state, i) => {
    const [, part = '', step = '0'] = STATE.exec(state.path) ?? [];
    const t = Number(step) - 1;
    const input =
      part === 'encoder'
        ? word(schema.pair?.source[t])
        : part === 'decoder'
          ? word(t === 0 ? vocabulary.indexOf('<start>') : schema.targets[t - 1])
          : part === 'rnn'
            ? word(schema.tokens[t])
            : '';
    const said = part === 'decoder' ? find(`decoder.${step}.y_hat`) : i === states.length - 1 ? answer : undefined;
    if (!said) return { state, input, output: null };
    const chances = tape.values[said.id] ?? new Float32Array();
    const chance = part === 'decoder' ? (chances[schema.targets[t] ?? -1] ?? Number.NaN) : (chances[0] ?? Number.NaN);
    const text = part === 'decoder' ? word(schema.targets[t]) : words.said(chance);
    return { state, input, output: { text, chance, node: said } };
  });
}
