// What a graph takes, as `unroll steps` counts it, against the graph that `unroll trace` prints.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { json, refused, root, unroll } from './unroll.ts';

interface Node {
  path: string;
  op: string;
  inputs: string[];
}

/** By the definition: an operation is done one step after the last of its inputs. */
function counted(nodes: Node[]): Map<string, number> {
  const steps = new Map<string, number>();
  for (const { path, op, inputs } of nodes)
    steps.set(path, op === 'leaf' ? 0 : 1 + Math.max(...inputs.map((input) => steps.get(input)!)));
  return steps;
}

for (const cell of ['rnn', 'lstm', 'gru'])
  test(`${cell}: every node has the steps that follow from the graph of a text`, () => {
    const weights = join(root, `models/names-${cell}.safetensors`);
    const nodes = json('trace', '--weights', weights, '--input', 'emma') as Node[];
    const lines = json('steps', '--model', `${cell}_lm`, '--length', '5');
    const told = lines.filter(({ path }) => path !== undefined).map(({ path, steps }) => [path, steps]);
    const expected = counted(nodes);
    assert.deepEqual(new Map(told as [string, number][]), expected);
    const { steps, longest } = lines.find((line) => line.longest !== undefined);
    assert.equal(steps, Math.max(...expected.values()));
    assert.deepEqual(
      longest.map((path: string) => expected.get(path)),
      Array.from({ length: steps + 1 }, (_, i) => i),
    );
  });

test('a recurrent net takes four steps more a letter, a window no more at any length; the work doubles in both', () => {
  const of = (model: string, length: number) => {
    const lines = json('steps', '--model', model, '--length', String(length));
    const work = lines.find((line) => line.work === 'matmul');
    return { steps: lines.find((line) => line.longest !== undefined).steps, products: work.multiply_adds };
  };
  for (const length of [8, 16, 32]) {
    assert.equal(of('rnn_lm', length).steps, 4 * length + 6);
    assert.equal(of('window_lm', length).steps, of('window_lm', 1).steps);
    for (const model of ['rnn_lm', 'window_lm'])
      assert.equal(of(model, length).products, length * of(model, 1).products);
  }
});

test('the shortest way between two nodes, in the direction in which values go', () => {
  const way = (from: string, to: string) => json('steps', '--length', '3', '--from', from, '--to', to).at(-1);
  assert.deepEqual(way('rnn.2.h', 'rnn.3.h'), {
    distance: 4,
    way: ['rnn.2.h', 'rnn.3.Wh_h', 'rnn.3.sum', 'rnn.3.a', 'rnn.3.h'],
  });
  assert.deepEqual(way('rnn.3.h', 'rnn.2.h'), { distance: null, way: [] });
  const { stdout } = unroll('steps', '--length', '3', '--from', 'rnn.3.h', '--to', 'rnn.2.h');
  assert.match(stdout, /rnn\.2\.h is not made from rnn\.3\.h\n$/);
  assert.match(stdout, /^18 sequential steps, the longest way\n {2}E > rnn\.1\.e > /m);
});

test('a token that a gpt writes takes more the more are new, and of what is kept one score more a head', () => {
  const all = (length: number, recent: number) =>
    json('steps', '--model', 'gpt', '--length', String(length), '--recent', String(recent)).find(
      ({ work }) => work === 'all',
    ).multiply_adds as number;
  const [blocks, width] = [2, 32];
  assert.equal(all(21, 1) - all(20, 1), blocks * 2 * width);
  assert.ok(all(20, 20) > 10 * all(20, 1));
});

test('what cannot be counted is refused', () => {
  refused(
    /--from: this graph has no node nowhere; unroll steps --json names/,
    'steps',
    '--from',
    'nowhere',
    '--to',
    'J',
  );
  refused(/--to: this graph has no node nowhere/, 'steps', '--from', 'J', '--to', 'nowhere');
  refused(/a way needs --from NODE and --to NODE/, 'steps', '--to', 'J');
  refused(/--length should be a number from 1 to 128, not "129"/, 'steps', '--length', '129');
  refused(/--recent: rnn_lm keeps nothing of single tokens/, 'steps', '--recent', '1');
  refused(/--recent: of 4 tokens 5 cannot be new/, 'steps', '--model', 'gpt', '--length', '4', '--recent', '5');
  refused(/ngram_lm only counts; it has no graph/, 'steps', '--model', 'ngram_lm');
  refused(
    /the graph needs .* MB, more than the limit/,
    'steps',
    '--batch',
    '1024',
    '--set',
    'hidden_size=1024',
    '--length',
    '128',
  );
});

test('the study of steps gives what is counted at each length', () => {
  const net = ['--model', 'gru_lm', '--set', 'hidden_size=8'];
  const lines = json(
    'study',
    'steps',
    '--set',
    'nets=gru_lm names hidden_size=8',
    '--set',
    'longest=7',
    '--set',
    'every=3',
  );
  const array = (name: string) => lines.find((line) => line.array === name);
  assert.deepEqual(array('T').values, [1, 4, 7]);
  assert.deepEqual(
    [array('steps').axes, array('steps').shape],
    [
      ['net', 'T'],
      [1, 3],
    ],
  );
  assert.deepEqual(lines.find((line) => line.axis === 'net').labels, ['gru_lm names hidden_size=8']);
  for (const [i, length] of [1, 4, 7].entries()) {
    const counted = json('steps', ...net, '--length', String(length));
    assert.equal(array('steps').values[i], counted.find((line) => line.longest !== undefined).steps);
    const all = counted.find((line) => line.work === 'all');
    assert.equal(array('multiply_adds').values[i], all.multiply_adds);
    assert.equal(array('others').values[i], all.others);
    assert.equal(array('bytes').values[i], all.bytes);
  }
  assert.equal(lines.at(-1).done, true);
  assert.match(
    unroll('study', 'steps', '--set', 'longest=3').stdout,
    /steps \(steps\)\n {2}reader recurrent: 4 8 12\n/,
  );
  // a row is called by its place, where the axis has numbers
  const curve = unroll('study', 'curve', '--set', 'lambdas=2').stdout;
  assert.match(curve, /\nw\n {2}M 0: \S+ nan/);
  assert.match(curve, /\nlambda_w\n {2}ln_lambda -40: /);
});
