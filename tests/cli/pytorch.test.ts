// Files of PyTorch's: opened, computed with as PyTorch does, refused by name; and written for it.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { json, root, unroll } from './unroll.ts';

const scratch = mkdtempSync(join(tmpdir(), 'unroll-pytorch-'));
after(() => rmSync(scratch, { recursive: true }));
const fixtures = join(root, 'tests/oracle/pytorch');
const { made_by, ...cases } = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
interface Case {
  text: string;
  options: string[];
  symbols: string[] | null;
  first: string | null;
  logits: number[][];
}
interface Node {
  path: string;
  value: number[];
}

const fixture = (name: string) => join(fixtures, `${name}.safetensors`);
/** The graph of a text over these weights, by path. */
function traced(file: string, text: string, options: readonly string[] = []): Map<string, number[]> {
  const nodes: Node[] = json('trace', '--weights', file, '--input', text, ...options);
  return new Map(nodes.map(({ path, value }) => [path, value]));
}
/** What the program has where PyTorch has logits: rows, of tokens or of the number that is the answer. */
function answers(nodes: Map<string, number[]>): number[][] {
  const whole = nodes.get('logits') ?? nodes.get('y_hat');
  if (whole) return [whole];
  const said = nodes.has('rnn.1.logits') ? 'logits' : 'y_hat'; // numbers, where it says such at each step
  const rows: number[][] = [];
  for (let t = 1; nodes.has(`rnn.${t}.${said}`); t++) rows.push(nodes.get(`rnn.${t}.${said}`)!);
  return rows;
}
/** Our tokens, in order: the marks, then the characters by code point. */
function tokens({ symbols, first, options, logits }: Case): (number | null)[] {
  if (symbols === null) return logits[0]!.map((_, i) => i); // numbers
  const none = options[options.indexOf('--end') + 1] === '';
  const ends = ['<end>', '</s>', '<eos>', ...(first && [...first].length === 1 ? [first] : [])];
  const end = none ? undefined : ends.find((mark) => symbols.includes(mark));
  const kept = symbols.filter((symbol) => [...symbol].length === 1 && symbol !== end);
  const sorted = kept.sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  const start = first && [...first].length > 1 && first !== end ? symbols.indexOf(first) : null;
  const row = (symbol: string | undefined) => (symbol === undefined ? null : symbols.indexOf(symbol));
  return [start, row(end), ...sorted.map((symbol) => symbols.indexOf(symbol))];
}

test('the fixtures name PyTorch and cover every cell, one to four layers, one direction and two', () => {
  assert.match(made_by, /PyTorch 1\.13/);
  assert.ok(Object.keys(cases).length >= 15);
});

for (const [name, one] of Object.entries<Case>(cases)) {
  test(`${name}: the logits of PyTorch to 1e-5`, (context) => {
    const rows = answers(traced(fixture(name), one.text, one.options));
    assert.equal(rows.length, one.logits.length);
    const order = tokens(one);
    let worst = 0;
    for (const [t, row] of rows.entries()) {
      assert.equal(row.length, order.length, 'a logit a token');
      for (const [token, at] of order.entries()) {
        const asked = at === null ? -60 : one.logits[t]![at]!;
        worst = Math.max(worst, Math.abs(row[token]! - asked));
        assert.ok(Math.abs(row[token]! - asked) <= 1e-5, `step ${t + 1}, token ${token}: ${row[token]}, not ${asked}`);
      }
    }
    context.diagnostic(`off by at most ${worst.toExponential(1)}`);
  });
}

test('what was converted and what is not used is said, on stderr alone', () => {
  const said = (name: string) => unroll('trace', '--weights', fixture(name), '--input', 'face', '--json').stderr;
  assert.match(said('lstm_f16'), /^unroll: 7 tensors were converted from F16\n$/);
  assert.match(said('gru_bf16'), /7 tensors were converted from BF16\n/);
  assert.match(said('rnn_f64'), /7 tensors were converted from F64\n/);
  assert.match(said('lstm_one'), /^unroll: the model does not use 1 of the file's tensors: steps_trained\n$/);
  assert.equal(said('gru_three'), '');
});

test('what does not fit is named', () => {
  const refused = (name: string, options: string[], says: RegExp) => {
    const { status, stdout, stderr } = unroll('trace', '--weights', fixture(name), '--input', 'a', ...options);
    assert.equal(status, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  };
  const vocabulary = (symbols: unknown) => {
    const file = join(scratch, 'vocabulary.json');
    writeFileSync(file, typeof symbols === 'string' ? symbols : JSON.stringify(symbols));
    return ['--vocabulary', file];
  };
  refused('gru_one', [], /no symbol of the vocabulary is a mark.*which symbol PyTorch's model read first/);
  refused('rnn_tanh', [], /no symbol of the vocabulary is a mark/);
  refused('gru_one', ['--start', 'x'], /the vocabulary has no symbol "x"/);
  refused('gru_three', vocabulary(['\n', ...'abc']), /the vocabulary has 4 symbols; the embedding has 9 rows/);
  refused('gru_three', vocabulary(['\n', ...'abcdefghi']), /a symbol number 9, but the embedding has 9 rows/);
  refused('gru_three', vocabulary(['\n', ...'abcdefgg']), /the symbol "g" twice/);
  refused('gru_three', vocabulary({ '\n': 0, a: 1, b: 1 }), /two symbols for row 1/);
  refused('gru_three', vocabulary(['\n', ...'abcdefg', 'ch']), /symbol 8, "ch", is more than one character/);
  refused('gru_three', vocabulary('{"a":'), /the vocabulary is not/);
  refused('gru_three', ['--vocabulary', join(scratch, 'none.json')], /none\.json cannot be read/);
  refused('gru_three', ['--activation', 'relu'], /activation/);
  refused('gru_three', ['--as', 'lstm_lm'], /the shape of a gru_lm, not of a lstm_lm/);
  refused('remember_gru', vocabulary([...'abcdefgx']), /letters a to h; the vocabulary has others/);
  const alone = join(scratch, 'alone.safetensors');
  copyFileSync(fixture('gru_three'), alone);
  assert.match(unroll('eval', '--weights', alone).stderr, /which symbols its 9 rows are; give a vocabulary/);
  const ours = join(root, 'models/names-rnn.safetensors');
  assert.match(unroll('eval', '--weights', ours, '--start', 'a').stderr, /says this itself; leave out --start/);
  // The shapes: another file of the same data, its header changed.
  const changed = (name: string, from: string, to: string, says: RegExp) => {
    const bytes = readFileSync(fixture(name));
    const size = Number(bytes.readBigUInt64LE(0));
    const header = bytes.subarray(8, 8 + size).toString();
    assert.ok(header.includes(from), from);
    const text = header.replaceAll(from, to).trimEnd();
    const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(padded.length));
    const file = join(scratch, 'changed.safetensors');
    writeFileSync(file, Buffer.concat([length, padded, bytes.subarray(8 + size)]));
    const { status, stderr } = unroll('eval', '--weights', file, '--vocabulary', join(fixtures, `${name}.json`));
    assert.equal(status, 2);
    assert.match(stderr, says);
  };
  changed('lstm_square', 'lstm.weight_ih_l0', 'lstm.input_l0', /no nn\.RNN, nn\.LSTM or nn\.GRU.*ends in weight_ih_l0/);
  changed('lstm_square', '"shape":[24,6]', '"shape":[18,8]', /lstm\.weight_hh_l0 is \[18,8\]; expected \[H,H\]/);
  changed('lstm_square', 'decoder.weight', 'decoder.table', /lacks the nn\.Linear.*expected \[outputs,6\]/);
  changed(
    'lstm_square',
    'encoder_emb.weight',
    'encoder.weight',
    /decoder\.weight and encoder\.weight may both be the embedding/,
  );
  changed('lstm_one', 'steps_trained', 'norm.weight', /1 tensor has no place in an embedding.*: norm\.weight \[\]/);
  changed(
    'lstm_square',
    '"decoder.weight":{"dtype":"F32","shape":[10,6]',
    '"decoder.weight":{"dtype":"F32","shape":[5,12]',
    /lacks the nn\.Linear/,
  );
});

test('what is exported opens again as the same function, without anything told', () => {
  const made = (name: string, ...args: string[]) => {
    const file = join(scratch, `${name}.safetensors`);
    json('train', '--steps', '20', '--out', file, ...args);
    return file;
  };
  const set = (...pairs: string[]) => pairs.flatMap((pair) => ['--set', pair]);
  const small = set('hidden_size=8', 'embedding_size=5');
  const classifier = ['--model', 'classifier', '--task', 'remember', ...small, ...set('distance=4')];
  const files: [string, string][] = [
    [made('rnn', ...small, ...set('activation=sigmoid', 'num_layers=2')), 'anna'],
    [made('lstm', '--model', 'lstm_lm', ...small), 'anna'],
    [made('gru', '--model', 'gru_lm', ...small, ...set('num_layers=3')), 'anna'],
    [made('one', ...classifier, ...set('cell=gru')), 'abca'],
    [made('both', ...classifier, ...set('cell=lstm', 'directions=2', 'num_layers=2')), 'abca'],
    [made('gpt', '--model', 'gpt', ...set('hidden_size=8', 'num_heads=2', 'feed_forward_size=8')), 'anna'],
    [made('encoder', '--model', 'encoder', '--task', 'order', ...set('hidden_size=8', 'num_heads=2')), 'cbda'],
    [
      made('transformer', '--model', 'transformer', '--task', 'reverse', ...set('hidden_size=8', 'num_blocks=2')),
      'abca',
    ],
    [
      made('caption', '--model', 'transformer', '--task', 'caption', ...set('hidden_size=8', 'encoder=none')),
      'red circle 0 0, blue square 0 2, noise 7',
    ],
    [
      made('relation', '--model', 'transformer', '--task', 'relation', ...set('hidden_size=8', 'source_layers=1')),
      'red circle 0 0, blue square 1 0',
    ],
    [
      made('ball', '--model', 'forecaster', '--task', 'ball', ...set('cell=lstm', 'hidden_size=6')),
      '0.5,0.5 0.6,0.4 0.7,0.2',
    ],
    [made('days', '--model', 'encoder', '--task', 'days', ...set('hidden_size=8', 'num_heads=2')), '1 0.5 2 1.25'],
    [made('adding', '--model', 'classifier', '--task', 'adding', ...set('cell=lstm', 'hidden_size=6')), '0.5 *0.25 *1'],
  ];
  for (const [file, text] of files) {
    const prefix = file.replace('.safetensors', '-out');
    assert.match(unroll('export', '--weights', file, '--out', prefix).stdout, /-out\.safetensors\n.*-out\.py\n$/);
    assert.equal(
      readFileSync(`${prefix}.py`, 'utf8'),
      readFileSync(join(root, 'src/train/pytorch_program.py'), 'utf8'),
      'the program is the file that is in the repository',
    );
    writeFileSync(`${prefix}.json`, '{"a recipe":1}'); // it carries its symbols, so this is no vocabulary of it
    const before = answers(traced(file, text));
    const again = answers(traced(`${prefix}.safetensors`, text));
    assert.ok(before.length > 0);
    for (const [t, row] of before.entries())
      for (const [i, value] of row.entries()) assert.ok(Math.abs(value - again[t]![i]!) <= 1e-6, `${file} ${t} ${i}`);
  }
  const counts = made('counts', '--model', 'ngram_lm');
  assert.match(unroll('export', '--weights', counts, '--out', join(scratch, 'x')).stderr, /ngram_lm holds counts/);
  const lstm = join(root, 'models/names-lstm.safetensors');
  const held = join(scratch, 'held.safetensors');
  json('train', '--from', lstm, '--steps', '1', '--set', 'hold_f=1', '--out', held);
  assert.match(unroll('export', '--weights', held, '--out', join(scratch, 'x')).stderr, /hold_f holds a gate/);
  assert.match(unroll('export', '--weights', lstm).stderr, /export needs --out PREFIX/);
  assert.match(unroll('export', '--weights', lstm, '--out', 'x', '--format', 'onnx').stderr, /no format onnx/);
  assert.match(unroll('export', '--weights', lstm, '--out', join(scratch, 'none/x')).stderr, /cannot be written/);
});
