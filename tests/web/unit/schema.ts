// A schema of the shape that the core gives for the recurrent language model, of any size, without a core.
import type { NodeSchema, WalkSchema } from '../../../wasm/bridge/protocol.ts';

export function schemaOf(
  text: string,
  hidden: number,
  embedding: number,
  vocabulary = 28,
  activation = 'tanh',
): WalkSchema {
  const nodes: NodeSchema[] = [];
  let forward = 0;
  const add = (node: Partial<NodeSchema> & { path: string }): number => {
    const id = nodes.length;
    nodes.push({
      id,
      name: node.path.split('.').at(-1) ?? '',
      op: 'leaf',
      role: 'activation',
      dtype: 'f32',
      axes: '',
      shape: [],
      time: 0,
      inputs: [],
      forward: 0,
      backward: 0,
      gradient: true,
      ...node,
    });
    return id;
  };
  const parameter = (path: string, axes: string, shape: number[]) => add({ path, axes, shape, role: 'parameter' });
  const [E, We, Wh, b1, U, b2] = [
    parameter('E', 'VE', [vocabulary, embedding]),
    parameter('W_e', 'HE', [hidden, embedding]),
    parameter('W_h', 'HH', [hidden, hidden]),
    parameter('b_1', 'H', [hidden]),
    parameter('U', 'VH', [vocabulary, hidden]),
    parameter('b_2', 'V', [vocabulary]),
  ] as [number, number, number, number, number, number];
  let state = add({ path: 'rnn.0.h', role: 'input', axes: 'BH', shape: [1, hidden], gradient: false });
  const count = add({ path: 'count', role: 'input', gradient: false });
  const losses: number[] = [];
  const tokens = [0, ...[...text].map((_, i) => 2 + (i % (vocabulary - 2)))];
  tokens.forEach((_, i) => {
    const t = i + 1;
    const given = (name: string) =>
      add({ path: `rnn.${t}.${name}`, role: 'input', dtype: 'index', axes: 'B', shape: [1], time: t, gradient: false });
    const [x, y] = [given('x'), given('y')];
    const op = (name: string, kind: string, axis: 'E' | 'H' | 'V', inputs: number[]) =>
      add({
        path: `rnn.${t}.${name}`,
        op: kind,
        axes: `B${axis}`,
        shape: [1, { E: embedding, H: hidden, V: vocabulary }[axis]],
        time: t,
        inputs,
        forward: ++forward,
      });
    const e = op('e', 'embedding', 'E', [E, x]);
    const product = op('We_e', 'matmul', 'H', [e, We]);
    const recurrent = op('Wh_h', 'matmul', 'H', [state, Wh]);
    const sum = op('sum', 'add', 'H', [recurrent, product]);
    const a = op('a', 'add', 'H', [sum, b1]);
    state = op('h', activation, 'H', [a]);
    const out = op('Uh', 'matmul', 'V', [state, U]);
    const logits = op('logits', 'add', 'V', [out, b2]);
    const probabilities = op('y_hat', 'softmax', 'V', [logits]);
    losses.push(
      add({
        path: `rnn.${t}.J`,
        op: 'nll',
        role: 'loss',
        axes: 'B',
        shape: [1],
        time: t,
        inputs: [probabilities, y],
        forward: ++forward,
      }),
    );
  });
  add({ path: 'J', op: 'mean_loss', role: 'loss', inputs: [...losses, count], forward: ++forward });
  for (const node of nodes) if (node.forward) node.backward = 2 * forward + 1 - node.forward;
  const parameters = nodes.filter((n) => n.role === 'parameter');
  return {
    text,
    tokens,
    targets: [...tokens.slice(1), 1],
    length: 2 * forward + 1 + parameters.length,
    forward,
    nodes,
    updates: parameters.map((n, k) => ({ position: 2 * forward + 2 + k, node: n.id, lines: [] })),
  };
}
