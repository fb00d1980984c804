// What the program computes: training, its final line, weights there and back, traces, the claim.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { json, root, unroll } from './unroll.ts';

const scratch = mkdtempSync(join(tmpdir(), 'unroll-run-'));
after(() => rmSync(scratch, { recursive: true }));
const shipped = join(root, 'models/names-rnn.safetensors');
const small = ['--set', 'hidden_size=16', '--set', 'embedding_size=8'];

test('train ends with its line, after the baselines and samples, and the same seed gives the same hash', () => {
  const lines = json('train', '--steps', '60', '--seed', '3', ...small);
  const last = lines.at(-1);
  assert.deepEqual(Object.keys(last), [
    ...['done', 'model', 'task', 'steps', 'seed', 'parameters'],
    ...['loss', 'val_loss', 'metric', 'seconds', 'hash'],
  ]);
  assert.equal(last.done, true);
  assert.deepEqual([last.model, last.task, last.steps, last.seed], ['rnn_lm', 'names', 60, 3]);
  assert.equal(last.parameters, 28 * 8 + 16 * 8 + 16 * 16 + 16 + 28 * 16 + 28);
  assert.ok(last.val_loss > 2 && last.val_loss < 3.3);
  assert.ok(Math.abs(last.metric.value - Math.exp(last.val_loss)) < 1e-4 * last.metric.value);
  assert.match(last.hash, /^[0-9a-f]{16}$/);
  const baselines = lines.filter((line) => 'baseline' in line);
  assert.deepEqual(
    baselines.map((line) => line.baseline),
    ['counting pairs', 'counting triples'],
  );
  assert.ok(baselines[0].val_loss > 2.35 && baselines[0].val_loss < 2.45);
  assert.ok(baselines[1].val_loss > 2.13 && baselines[1].val_loss < 2.2);
  const samples = lines.filter((line) => 'sample' in line).map((line) => line.sample);
  assert.equal(samples.length, 8);
  for (const sample of samples) assert.match(sample, /^[a-z]*$/);

  assert.equal(json('train', '--steps=60', '--seed=3', ...small).at(-1).hash, last.hash);
  assert.notEqual(json('train', '--steps', '60', '--seed', '4', ...small).at(-1).hash, last.hash);
});

test('with --json nothing but lines of JSON on stdout, and no bar where stderr is no terminal', () => {
  const { stdout, stderr } = unroll('train', '--steps', '5', ...small, '--json');
  assert.equal(stderr, '');
  for (const line of stdout.trimEnd().split('\n')) JSON.parse(line);
  assert.match(unroll('train', '--steps', '5', ...small).stdout, /rnn_lm +\d\.\d{3} nats a token on unseen/);
});

test('two thousand updates of the defaults learn names', () => {
  const last = json('train', '--model', 'rnn_lm', '--task', 'names', '--steps', '2000', '--seed', '1').at(-1);
  assert.ok(last.val_loss <= 2.02, `validation loss ${last.val_loss}`);
});

test('weights there and back: losses, hash, samples', () => {
  const file = join(scratch, 'small.safetensors');
  const last = json('train', '--steps', '40', ...small, '--out', file).at(-1);
  const [evaluated] = json('eval', '--weights', file);
  assert.equal(evaluated.hash, last.hash);
  assert.equal(evaluated.val_loss, last.val_loss);
  const samples = json('sample', '--weights', file, '--count', '5');
  assert.deepEqual(json('sample', '--weights', file, '--count', '2', '--first', '3'), samples.slice(3));
  const greedy = json('sample', '--weights', file, '--temperature', '0', '--prefix', 'ma', '--count', '3');
  assert.ok(greedy.every(({ sample }) => sample === greedy[0].sample && sample.startsWith('ma')));
});

test('a gpt that keeps what it has read writes what it writes without, beyond its context too', () => {
  const file = join(scratch, 'gpt.safetensors');
  const set = ['hidden_size=8', 'num_heads=2', 'feed_forward_size=8', 'context_size=18'].flatMap((of) => ['--set', of]);
  json('train', '--model', 'gpt', '--steps', '5', ...set, '--out', file);
  const kept = json('sample', '--weights', file, '--count', '8');
  assert.ok(kept.some(({ sample }) => sample.length > 18));
  assert.deepEqual(json('sample', '--weights', file, '--count', '8', '--anew'), kept);
});

test('what each draw was made of, and what is kept of each token and saved by it', () => {
  const gpt = ['--weights', join(root, 'models/names-gpt.safetensors')];
  const how = ['--prefix', 'mad', '--first', '3', '--temperature', '0.8', '--top-k', '6'];
  const [{ sample }] = json('sample', ...gpt, ...how, '--count', '1');
  const draws = json('sample', ...gpt, ...how, '--draws');
  assert.equal(`mad${draws.map(({ token }) => (token === '<end>' ? '' : token)).join('')}`, sample);
  assert.deepEqual(json('sample', ...gpt, ...how, '--draws', '--anew'), draws);
  for (const { left, order, logits, divided } of draws) {
    assert.equal(left.filter((p: number) => p > 0).length, 6);
    assert.ok(order.slice(0, 6).every((token: number) => left[token] > 0));
    assert.ok(logits.every((z: number, i: number) => Math.abs(z / 0.8 - divided[i]) < 1e-5));
  }
  assert.equal(json('sample', ...gpt, '--draws', '--temperature', '0')[0].divided, null);
  const cached = json('trace', ...gpt, '--cached', '--input', 'madel');
  assert.deepEqual([cached.map(({ token }) => token), cached[5].blocks.length], [['<start>', ...'madel'], 2]);
  assert.ok(cached.every(({ apart }) => apart === 0));
  const [D, F, V] = [32, 128, 28]; // two blocks, and the vocabulary; scores and sums over six letters
  const one = 4 * D * D + 2 * D * F;
  const { kept, anew } = cached[5].multiply_adds;
  assert.equal(kept, 2 * one + D * V + 2 * 2 * D * 6);
  // of the last block the five before have a key and a value, no more; matrices are counted whole, masked or not
  assert.equal(anew - kept, 5 * (one + 2 * D * D) + 2 * D * 6 * 5);
  const key = json('trace', ...gpt, '--input', 'madel').find(({ path }) => path === 'blocks.2.k').value;
  assert.deepEqual(
    cached.flatMap(({ blocks }) => blocks[1].key),
    key,
  );
});

test('a text of one’s own, in any script, with weights that carry its vocabulary', () => {
  const corpus = join(scratch, 'lines.txt');
  const file = join(scratch, 'lines.safetensors');
  const words = ['мир', 'рим', 'ирис', 'сир', 'рис', '東京', '京都', 'été'];
  writeFileSync(corpus, words.join('\r\n'));
  const own = ['--task', 'lines', '--corpus', corpus];
  const last = json('train', ...own, '--steps', '20', ...small, '--out', file).at(-1);
  assert.equal(last.task, 'lines');
  const [first] = json('sample', '--weights', file, '--count', '1', '--prefix', '東');
  assert.ok(first.sample.startsWith('東'));
  assert.equal(json('eval', '--weights', file, '--corpus', corpus)[0].hash, last.hash);
  assert.match(unroll('eval', '--weights', file).stderr, /without their text/);
});

test('of a text with repeats all copies are on one side, and what is different is counted', () => {
  const corpus = join(scratch, 'refrain.txt');
  const file = join(scratch, 'refrain.safetensors');
  const names = 'anna bruno carla dora emil frida gustav hanna ida jakob'.split(' ');
  const refrain = Array.from({ length: 10 }, () => 'la la la');
  const own = ['--task', 'lines', '--corpus', corpus];
  for (const end of ['\n', '\r', '\r\n']) {
    writeFileSync(corpus, [...names, ...refrain, ...names].join(end));
    const lines = json('train', ...own, '--steps', '5', '--set', 'validation_share=0.2', ...small, '--out', file);
    const { sequences } = lines.find((line) => 'sequences' in line);
    assert.deepEqual([sequences.train, sequences.unseen], [24, 6]);
    assert.deepEqual([sequences.train_distinct, sequences.unseen_distinct], [8, 3]);
    assert.deepEqual(json('eval', '--weights', file, '--corpus', corpus)[0].sequences, sequences);
  }
  const told = unroll('eval', '--weights', file, '--corpus', corpus).stdout;
  assert.match(told, /24 sequences to train on \(8 different\), 6 unseen \(3 different\)/);
  const train = (text: string) => {
    writeFileSync(corpus, text);
    return unroll('train', ...own, '--steps', '2', ...small);
  };
  assert.match(train('ab\rab\rab\rcd').stdout, /only one sequence is unseen.*\n.*never learned: (a b|c d)\n/);
  assert.match(train('ab\rab\rab').stderr, /^unroll: all 3 sequences are the same, .* two different ones\n$/);
  assert.match(train('ab\r\rx\u0007').stderr, /line 3 has the control character U\+0007/);
  const shipped = json('eval', '--weights', join(root, 'models/names-rnn.safetensors'))[0].sequences;
  assert.deepEqual(shipped, {
    ...{ train: 7200, unseen: 800, train_distinct: 7200, unseen_distinct: 800 },
    ...{ train_symbols: 26, unseen_symbols: 26, unlearned: [] },
  });
});

test('of a task that makes its examples, the unseen ones are held back', () => {
  const run = ['--model', 'classifier', '--task', 'remember', '--set', 'hidden_size=8', '--steps', '2'];
  const few = unroll('train', ...run, '--set', 'distance=2', '--set', 'symbols=3').stdout;
  assert.match(few, /512 unseen sequences \(2 different\)/);
  assert.match(unroll('train', ...run).stdout, /512 unseen sequences\n/);
});

/** What a file of weights says of its run. */
function settingsOf(path: string): Record<string, string> {
  const bytes = readFileSync(path);
  const header = bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString();
  return JSON.parse(JSON.parse(header).__metadata__.settings);
}

type Node = { path: string; op: string; inputs: string[]; shape: number[]; value: number[]; grad?: number[] };

test('trace prints every node, and its numbers hold together', () => {
  const nodes = new Map<string, Node>();
  for (const node of json('trace', '--weights', shipped, '--input', 'mia', '--backward')) nodes.set(node.path, node);
  const value = (path: string) => nodes.get(path)!.value;
  for (let t = 1; t <= 4; t++) {
    for (const name of ['x', 'y', 'e', 'We_e', 'Wh_h', 'sum', 'a', 'h', 'Uh', 'logits', 'y_hat', 'J'])
      assert.ok(nodes.has(`rnn.${t}.${name}`), `rnn.${t}.${name}`);
    const sums = value(`rnn.${t}.sum`).map((sum, i) => sum + value('b_1')[i]!);
    for (const [i, h] of value(`rnn.${t}.h`).entries()) assert.ok(Math.abs(h - Math.tanh(sums[i]!)) < 1e-6);
    const total = value(`rnn.${t}.y_hat`).reduce((a, b) => a + b);
    assert.ok(Math.abs(total - 1) < 1e-6);
    const right = value(`rnn.${t}.y_hat`)[value(`rnn.${t}.y`)[0]!]!;
    assert.ok(Math.abs(value(`rnn.${t}.J`)[0]! + Math.log(right)) < 1e-5);
  }
  assert.ok(Math.abs(value('J')[0]! - [1, 2, 3, 4].reduce((sum, t) => sum + value(`rnn.${t}.J`)[0]!, 0) / 4) < 1e-6);
  assert.equal(nodes.get('W_h')!.grad!.length, 64);
  assert.ok(json('trace', '--weights', shipped, '--input', 'mia').every((node) => !('grad' in node)));
  const lines = json('trace', '--weights', shipped, '--input', 'mia', '--update').filter((line) => 'line' in line);
  assert.equal(lines.length, 6 * 7);
  assert.deepEqual(
    lines.slice(0, 7).map((line) => line.line),
    ['g', 'm', 'v', 'm_hat', 'v_hat', 'step', 'theta'],
  );
});

test('the shipped weights are trained, and are what their recipes say', () => {
  for (const [id, worst] of [
    ['names-rnn', 2.27],
    ['names-rnn-145', 2.0],
    ['names-gpt', 2.01],
    ['prose-gpt', 1.8],
  ] as const) {
    const recipe = JSON.parse(readFileSync(join(root, `models/${id}.json`), 'utf8'));
    const [evaluated] = json('eval', '--weights', join(root, `models/${id}.safetensors`));
    assert.ok(evaluated.val_loss < worst, `${id}: ${evaluated.val_loss}`);
    assert.deepEqual([evaluated.model, evaluated.task, evaluated.seed], [recipe.model, recipe.task, recipe.seed]);
  }
});

test('a run that goes on from its snapshot is the run that was never stopped', () => {
  const [half, all] = [join(scratch, 'half.safetensors'), join(scratch, 'all.safetensors')];
  const run = ['train', '--model', 'lstm_lm', '--seed', '3', '--set', 'schedule=constant', '--set', 'hidden_size=12'];
  json(...run, '--steps', '30', '--snapshot', '--out', half);
  const straight = json(...run, '--steps', '50', '--snapshot', '--out', all).at(-1);
  const resumed = json('train', '--from', half, '--steps', '20').at(-1);
  assert.deepEqual([resumed.hash, resumed.steps, resumed.seed], [straight.hash, 50, 3]);
  assert.notEqual(
    json('train', '--from', half, '--steps', '20', '--set', 'learning_rate=0.1').at(-1).hash,
    straight.hash,
  );
  assert.match(unroll('train', '--from', half).stderr, /its 30 updates are done; --steps says how many more/);
  assert.match(unroll('train', '--from', half, '--seed', '4').stderr, /--from has its own seed/);
  assert.match(unroll('train', '--from', half, '--set', 'hidden_size=4').stderr, /cannot be changed during a run/);
  // Weights are a beginning, at update 0 of the file's own number of updates.
  const weights = join(scratch, 'begin.safetensors');
  const begun = json(...run, '--steps', '4', '--out', weights).at(-1);
  const again = json('train', '--from', weights, '--out', weights).at(-1);
  assert.ok(again.steps === 4 && again.loss < begun.loss, `${again.loss} after ${begun.loss}`);
});

test('a counting model tells how much it counts', () => {
  const counts = (order: string) => json('train', '--model', 'ngram_lm', '--set', `order=${order}`).at(-1).parameters;
  const [letters, pairs, triples] = ['1', '2', '3'].map(counts);
  assert.equal(letters, 27, 'every letter, and END');
  assert.ok(pairs > 10 * letters && pairs < 30 * 27 && triples > 3 * pairs, `${letters}, ${pairs}, ${triples}`);
  assert.match(unroll('train', '--model', 'ngram_lm').stdout, /, \d+ counts, /);
});

test('a net that answers: trained, measured, traced, and no sequences made up', () => {
  const out = join(scratch, 'remember.safetensors');
  const small = ['--set', 'hidden_size=12', '--set', 'distance=4', '--set', 'learning_rate=0.02'];
  const train = ['train', '--model', 'classifier', '--task', 'remember', '--steps', '200', ...small];
  const done = json(...train, '--out', out).at(-1);
  assert.equal(done.metric.name, 'accuracy');
  assert.ok(done.metric.value > 0.9, `${done.metric.value} right`);
  const [evaluated] = json('eval', '--weights', out);
  assert.equal(evaluated.right, done.metric.value);
  assert.equal(evaluated.hash, done.hash);
  const nodes = json('trace', '--weights', out, '--input', 'abcde');
  const answer = nodes.find((node: { path: string }) => node.path === 'y_hat');
  assert.ok(Math.abs(answer.value.reduce((a: number, b: number) => a + b) - 1) < 1e-5);
  assert.ok(nodes.some((node: { path: string }) => node.path === 'rnn.5.f_c'));
  assert.match(unroll('sample', '--weights', out).stderr, /gives an answer/);
});

test('small letter vectors: the tanh net remembers the first of 41; larger ones, or answers that are never right, fill it', () => {
  const out = join(scratch, 'spread.safetensors');
  const race = (...set: string[]) => {
    const net = ['cell=rnn', 'hidden_size=96', 'start=orthogonal', 'learning_rate=0.001', 'batch_size=64'];
    const sets = [...net, 'schedule=constant', ...set].flatMap((one) => ['--set', one]);
    const run = ['--model', 'classifier', '--task', 'remember', '--steps', '100', '--seed', '3', ...sets];
    return json('train', ...run, '--out', out).at(-1).metric.value;
  };
  const small = race('embedding_std=0.3', 'answers=symbols');
  const { embedding_std, answers } = settingsOf(out);
  assert.deepEqual([embedding_std, answers], ['0.3', 'symbols']);
  assert.ok(small > 0.7, `${small} right`);
  for (const worse of [['embedding_std=1', 'answers=symbols'], ['embedding_std=0.3']]) {
    const right = race(...worse);
    assert.ok(right < 0.3, `${worse}: ${right} right`);
  }
  assert.equal(settingsOf(shipped).embedding_std, undefined, 'as it was before the setting: 1');
});

test('bench: a line for every workload that its help names, and what came out is right', () => {
  const { stdout } = unroll('bench', '--help');
  const [, names] = stdout.match(/only these of (.*) and attn_seq_learn/) ?? [];
  assert.ok(names, stdout);
  const lines = json('bench', '--ms', '1', '--workload', names.replaceAll(' ', ''));
  assert.deepEqual(lines.map(({ workload }) => workload).toSorted(), names.split(', ').toSorted());
  const megaflops: Record<string, number> = {
    ...{ matmul_64: 0.5243, matmul_512: 268.4, rnn_train: 176.2, lstm_train: 553.6, seq2seq_train: 251.7 },
    ...{ attn_seq_train: 289.4, attn_fwd_T64: 8.389, attn_fwd_T256: 33.55, gpt_train: 729.8, gpt_gen: 2539 },
    ...{ qr_10: 1.333e-3, qr_100: 1.333, mlp_train: 5.28e-3 },
  };
  for (const line of lines) {
    const { workload: name, ms_median: ms, gflops, off } = line;
    assert.match(line.peer, /^unroll-(sse2|scalar)@native$/);
    assert.ok(line.samples >= 3 && ms > 0 && line.ms_min <= ms, name);
    const counted = megaflops[name];
    if (counted) assert.ok(Math.abs((gflops * ms) / counted - 1) < 1e-3, `${name}: ${gflops * ms} MFLOP`);
    // A product takes its operands from memory; the machine may be busy meanwhile.
    const inDouble = /^(qr|eigen|svd)_/.test(name);
    assert.equal('peak_percent' in line, gflops !== undefined && !inDouble && name !== 'peak', name);
    if (/^(matmul|attn_fwd)_/.test(name)) assert.ok(off > 0 && off < 1e-5, `${name} is off by ${off}`);
    if (inDouble) assert.ok(off < 1e-12, `${name} is off by ${off}`);
    if (/_train$/.test(name)) assert.ok(line.loss_last < line.loss_first, `${name}: ${line.loss_last}`);
  }
  const { gflops, ms_median: ms } = lines.find(({ workload }) => workload === 'peak');
  // Its loops are of 200,000 turns: 2 x 4 operations in each of 6, 7 or 14 chains.
  const chains = (gflops * ms * 1e6) / (8 * 200_000);
  assert.ok(
    [6, 7, 14].some((count) => Math.abs(chains / count - 1) < 1e-3),
    `${chains} chains`,
  );
  const written = lines.find(({ workload }) => workload === 'gpt_gen');
  assert.equal(written.off, 0, 'the same tokens where nothing is kept of those before');
});

test('bench trains until 97 in 100 of the unseen are right', { skip: !process.env.UNROLL_FULL }, () => {
  const [line] = json('bench', '--workload', 'attn_seq_learn');
  assert.equal(line.unseen, 359);
  assert.ok(line.right >= 0.97 * line.unseen && Math.abs(line.exact - line.right / line.unseen) < 1e-4);
  assert.ok(line.updates % 50 === 0 && line.updates < 3000 && line.seconds > line.seconds_looking);
});

test('the parts of an update and their rest are the whole', { skip: !process.env.UNROLL_FULL }, () => {
  const [whole, ...parts] = json('bench', '--workload', 'rnn_train', '--parts');
  assert.equal(whole.workload, 'rnn_train');
  assert.equal(new Set(parts.map(({ part }: { part: string }) => part)).size, parts.length);
  assert.equal(parts.at(-1).part, 'the rest');
  const sum = (value: (line: Record<string, number>) => number) =>
    parts.reduce((total: number, line: Record<string, number>) => total + value(line), 0);
  assert.ok(Math.abs(sum(({ share_percent: share = 0 }) => share) - 100) < 1);
  // The products of the parts are all that is counted of the whole.
  const counted = sum(({ gflops = 0, ms_median: ms = 0 }) => gflops * ms);
  assert.ok(Math.abs(counted / (whole.gflops * whole.ms_median) - 1) < 0.01, `${counted}`);
});

test('an encoder and a decoder: trained, judged by length, written for a source, searched, traced', () => {
  const file = join(scratch, 'reverse.safetensors');
  const small = [
    '--set',
    'hidden_size=32',
    '--set',
    'length=4',
    '--set',
    'attention=dot',
    '--set',
    'learning_rate=0.01',
  ];
  const last = json('train', '--model', 'seq2seq', '--task', 'reverse', '--steps', '300', ...small, '--out', file).at(
    -1,
  );
  assert.equal(last.metric.name, 'exact_match');
  assert.ok(last.metric.value > 0.9, `${last.metric.value} right`);
  const [evaluated, groups] = json('eval', '--weights', file);
  assert.equal(evaluated.right, last.metric.value);
  const lengths = groups.by_length as { length: number; sequences: number; right: number; tokens: number }[];
  assert.deepEqual(
    lengths.map((group) => group.length),
    [1, 2, 3, 4],
  );
  assert.ok(lengths.every((group) => group.sequences === 128 && group.tokens === 128 * (group.length + 1)));
  const right = lengths.reduce((sum, group) => sum + group.right, 0);
  assert.equal(right / 512, evaluated.right);
  const greedy = json('sample', '--weights', file, '--prefix', 'abcd', '--temperature', '0', '--count', '1')[0].sample;
  assert.equal(greedy, 'dcba');
  const tree = json('sample', '--weights', file, '--prefix', 'abcd', '--beam', '3', '--normalisation', '1');
  const found = tree.at(-1);
  assert.equal(found.text, 'dcba');
  assert.equal(tree[found.best].fate, 'ended');
  assert.equal(tree[found.best].token, '<end>');
  assert.ok(tree.some((node) => node.fate === 'cut'));
  const nodes = json('trace', '--weights', file, '--input', 'abc', '--backward');
  const alpha = nodes.find((node) => node.path === 'decoder.2.alpha');
  assert.deepEqual(alpha.shape, [1, 3]);
  assert.ok(Math.abs(alpha.value.reduce((sum: number, weight: number) => sum + weight, 0) - 1) < 1e-6);
  assert.ok(nodes.find((node) => node.path === 'encoder.1.h').grad.some((cell: number) => cell !== 0));
  const prefix = join(scratch, 'reverse-torch');
  assert.equal(unroll('export', '--weights', file, '--out', prefix).status, 0);
  assert.match(unroll('eval', '--weights', `${prefix}.safetensors`).stderr, /^unroll: /);
});

test('phrases, dates and numbers: their texts are there, trained on by words or characters, either way', () => {
  const { tasks, models } = json('list')[0] as unknown as {
    tasks: { name: string; settings: { key: string; choices: string[] }[] }[];
    models: { name: string; tasks: string[] }[];
  };
  assert.deepEqual(models.find(({ name }) => name === 'seq2seq')!.tasks.slice(-3), ['dates', 'numbers', 'phrases']);
  const rows = tasks.find(({ name }) => name === 'phrases')!.settings;
  assert.deepEqual(
    rows.map(({ key }) => key),
    ['validation_share', 'tokens', 'language', 'translate'],
  );
  const file = join(scratch, 'phrases.safetensors');
  const small = ['hidden_size=8', 'embedding_size=4', 'attention=dot'].flatMap((set) => ['--set', set]);
  const train = (task: string, ...sets: string[]) =>
    json(
      ...['train', '--model', 'seq2seq', '--task', task, '--steps', '2', '--out', file, ...small],
      ...sets.flatMap((set) => ['--set', set]),
    ).at(-1);
  const seen = new Set<number>();
  for (const [task, ...sets] of [
    ['dates'],
    ['dates', 'tokens=characters'],
    ['numbers', 'language=fr'],
    ['phrases', 'language=de', 'translate=to_english'],
    ['phrases'],
  ] as [string, ...string[]][]) {
    const { metric, val_loss } = train(task, ...sets);
    assert.equal(metric.name, 'exact_match');
    seen.add(val_loss);
  }
  assert.equal(seen.size, 5, 'each is another text');
  const [evaluated, groups] = json('eval', '--weights', file);
  assert.deepEqual([evaluated.sequences.train, evaluated.sequences.unseen], [3232, 359]);
  const lengths = groups.by_length as { length: number; sequences: number }[];
  assert.deepEqual(
    lengths.map(({ length }) => length),
    [2, 3, 4, 5, 6],
  );
  const written = (source: string, ...target: string[]) =>
    json('trace', '--weights', file, '--input', source, ...target)
      .filter(({ path }) => /^decoder\.\d+\.y$/.test(path))
      .map(({ value }) => value[0]);
  assert.equal(written('100 days ago').length, 6);
  assert.deepEqual(written('1 0 0  days ago'), written('100 days ago'));
  assert.equal(written('100 days ago', '--target', 'lita').length, 2);
  assert.match(unroll('trace', '--weights', file, '--input', '3 parsecs').stderr, /the model knows no parsecs; write/);
  const own = join(scratch, 'own.txt');
  writeFileSync(own, 'one day\t1\ntwo days 2\n');
  const bad = unroll('train', '--model', 'seq2seq', '--task', 'phrases', '--corpus', own);
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /line 2 has no tab between two sides; write a source, one tab/);
});

test('a pair is traced by its target, by what is right, or by its own guess', () => {
  const file = join(scratch, 'pairs.safetensors');
  const task = ['--model', 'seq2seq', '--task', 'sort', '--set', 'length=4', '--set', 'symbols=5'];
  unroll('train', ...task, '--steps', '30', '--set', 'hidden_size=8', '--out', file);
  const goals = (...options: string[]) =>
    json('trace', '--weights', file, '--input', 'cad', ...options)
      .filter(({ path }) => /^decoder\.\d+\.y$/.test(path))
      .map(({ value }) => '_$abcde'[value[0]])
      .join('');
  assert.equal(goals(), 'acd$');
  assert.equal(goals('--target', 'bb'), 'bb$');
  const [{ sample }] = json('sample', '--weights', file, '--prefix', 'cad', '--count', '1', '--temperature', '0');
  assert.ok([`${sample}$`, sample].includes(goals('--guess')), `${sample} and ${goals('--guess')}`);
});
