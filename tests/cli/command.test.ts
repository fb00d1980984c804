// The native program as someone at a terminal meets it: help, refusals, exit codes.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { refused, root, unroll } from './unroll.ts';

const scratch = mkdtempSync(join(tmpdir(), 'unroll-command-'));
after(() => rmSync(scratch, { recursive: true }));
const commands = ['list', 'train', 'eval', 'sample', 'trace', 'steps', 'study', 'gradcheck', 'claim', 'bench'];
const weights = join(root, 'models/names-rnn.safetensors');

test('help is everywhere and ends with 0', () => {
  const all = unroll('--help');
  assert.equal(all.status, 0);
  for (const command of commands) {
    assert.match(all.stdout, new RegExp(`unroll ${command} `));
    const one = unroll(command, '--help');
    assert.equal(one.status, 0);
    assert.match(one.stdout, /--json/);
    assert.equal(one.stderr, '');
  }
});

test('what cannot be done is refused in one line, with 2', () => {
  refused(/no command learn; there are list, train/, 'learn');
  refused(/train has no option --step; see unroll train --help/, 'train', '--step', '3');
  refused(/--steps needs N/, 'train', '--steps');
  refused(/--snapshot takes no value/, 'train', '--snapshot=1');
  refused(/does not know what to do with "now"/, 'train', 'now');
  refused(/no model bert; there are rnn_lm, lstm_lm/, 'train', '--model', 'bert');
  refused(
    /gives one answer .*; its tasks are remember, adding, order, before, protein, sentiment, not names/,
    'train',
    '--model',
    'classifier',
  );
  refused(/guesses what comes next; its tasks are names/, 'train', '--task', 'adding');
  refused(
    /writes one sequence for another; its tasks are reverse, sort, dates, numbers, phrases, not/,
    'train',
    '--model',
    'seq2seq',
  );
  refused(/no task words; there are names/, 'train', '--task', 'words');
  refused(/no setting hidden; there are seed, embedding_size/, 'train', '--set', 'hidden=3');
  refused(/hidden_size should be a whole number from 1 to 1024, not "0"/, 'train', '--set', 'hidden_size=0');
  refused(/embedding_std should be a number from 0 to 10, not "-1"/, 'train', '--set', 'embedding_std=-1');
  refused(/activation should be one of tanh\|sigmoid\|relu/, 'train', '--set', 'activation=gelu');
  refused(/--set wants key=value/, 'train', '--set', 'hidden_size');
  refused(/steps should be a whole number/, 'train', '--steps', '-1');
  refused(/seed should be a whole number/, 'train', '--seed', 'x');
  refused(/needs a text/, 'train', '--task', 'lines');
  refused(/there is no claim abc; there are rnn/, 'claim', 'abc');
  refused(/no workload matmul_65; there are peak, matmul_64/, 'bench', '--workload', 'peak,matmul_65');
  refused(/--ms should be a number from 1 to 60000/, 'bench', '--ms', '0');
  refused(/eval needs --weights/, 'eval');
  refused(/study needs a NAME/, 'study');
  refused(/no study none; there are steps/, 'study', 'none');
  refused(/no setting width; there are seed, longest, every, nets/, 'study', 'steps', '--set', 'width=3');
  refused(/longest should be a whole number from 1 to 128/, 'study', 'steps', '--set', 'longest=0');
  refused(/a net is reader recurrent\|attention/, 'study', 'steps', '--set', 'nets=reader both');
  refused(/cannot be read/, 'study', 'steps', '--set', `nets=@${join(scratch, 'none')}`);
  refused(/trace needs --input/, 'trace', '--weights', weights);
  refused(/the model knows no Ä Z/, 'trace', '--weights', weights, '--input', 'ÄaZ');
  refused(/--temperature should be a number from 0/, 'sample', '--weights', weights, '--temperature', '-1');
  refused(/top-p should be above 0/, 'sample', '--weights', weights, '--top-p', '0');
});

test('files that cannot be read or are not what they should be are refused', () => {
  const file = (name: string, content: string) => {
    writeFileSync(join(scratch, name), content);
    return join(scratch, name);
  };
  refused(/none.safetensors cannot be read/, 'eval', '--weights', join(scratch, 'none.safetensors'));
  refused(/cannot be read/, 'eval', '--weights', scratch);
  refused(/at least 8/, 'eval', '--weights', file('short', 'abc'));
  refused(/the header should take/, 'eval', '--weights', file('text', 'not weights at all'));
  refused(/no lines/, 'train', '--task', 'lines', '--corpus', file('empty', ''));
  refused(/one line/, 'train', '--task', 'lines', '--corpus', file('one', 'only this\n'));
  refused(/line 2 has 70 characters/, 'train', '--task', 'lines', '--corpus', file('long', `a\n${'b'.repeat(70)}\n`));
  refused(/cannot be written/, 'train', '--steps', '1', '--out', join(scratch, 'no/such/folder'));
});

test('a loss that is no number stops training with the update and the node, and leaves the last good weights', () => {
  const out = join(scratch, 'good.safetensors');
  const wild = ['--set', 'optimizer=sgd', '--set', 'clip_norm=0', '--set', 'learning_rate=1000'];
  refused(/update \d+: .* is not a finite number/, 'train', '--steps', '200', ...wild, '--out', out);
  assert.equal(unroll('eval', '--weights', out).status, 0);
});

test('list names what there is', () => {
  const { stdout, status } = unroll('list');
  assert.equal(status, 0);
  for (const name of [
    'rnn_lm',
    'lstm_lm',
    'classifier',
    'ngram_lm',
    'names',
    'prose',
    'adding',
    'lstm',
    'learning_rate',
    'embedding_std',
    'answers',
    'matmul',
    'rnn',
  ])
    assert.match(stdout, new RegExp(`^ +${name}\\b`, 'm'));
  const all = JSON.parse(unroll('list', '--json').stdout);
  assert.deepEqual(
    all.models.map((model: { name: string }) => model.name),
    [
      'rnn_lm',
      'lstm_lm',
      'gru_lm',
      'classifier',
      'forecaster',
      'window_lm',
      'ngram_lm',
      'seq2seq',
      'mlp',
      'attention_only',
      'gpt',
      'encoder',
      'transformer',
    ],
  );
  const measured = readdirSync(new URL('../../models/claims/', import.meta.url));
  assert.deepEqual(all.claims.map((claim: { id: string }) => `${claim.id}.json`).sort(), measured.sort());
  assert.deepEqual(
    all.studies.map((study: { name: string }) => study.name),
    [
      'steps',
      'curve',
      'solve',
      'descend',
      'validate',
      'wide',
      'strings',
      'meaning',
      'skipgram',
      'analogy',
      'regions',
      'surface',
      'noise',
      'equivalent',
      'paths',
      'price',
      'positions',
      'plane',
      'fold',
      'equal',
      'chain',
      'contexts',
      'window',
      'guess',
      'spelling',
      'endings',
      'author',
      'by_depth',
      'slice',
      'approximate',
      'simple',
      'bars',
    ],
  );
  const activation = all.models[0].settings.find((row: { key: string }) => row.key === 'activation');
  assert.deepEqual(activation.choices, ['tanh', 'sigmoid', 'relu']);
  assert.equal(activation.default, 'tanh');
});

test('a gradient check holds, and says so', () => {
  const models = [
    ['--model', 'window_lm'],
    ['--model', 'lstm_lm'],
    ['--model', 'gru_lm'],
  ];
  for (const more of [[], ['--set', 'activation=sigmoid'], ...models]) {
    const { status, stdout } = unroll('gradcheck', '--json', '--samples', '10', ...more);
    assert.equal(status, 0, stdout);
    const check = JSON.parse(stdout);
    assert.ok(check.holds && check.worst < 1e-6 && check.checked > 40);
  }
  refused(/ngram_lm only counts/, 'gradcheck', '--model', 'ngram_lm');
});
