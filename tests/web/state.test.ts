// The table of state fields and the address: every field goes out and comes back, and nothing else gets in.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { CoreInfo, SettingInfo } from '../../wasm/bridge/protocol.ts';
import { exhibit } from '../../web/src/exhibits/rnn/exhibit.ts';
import { formatAddress, parseAddress } from '../../web/src/state/address.ts';
import { defaults, FIELDS, type FieldName, type ViewState } from '../../web/src/state/fields.ts';
import { offered } from '../../web/src/state/offered.ts';

/** Values that a field must be able to carry, beyond its default. A field without a row fails. */
const VALUES: { [K in FieldName]: ViewState[K][] } = {
  text: ['b', 'anna maria', 'müller & söhne=#?+%', '日本', 'a/b'],
  corpus: ['anna\nbruno\n', 'a;b:c&d=e#f'],
  weights: ['none', 'names-rnn.2'],
  seed: [0, 7, 4294967296 % 1e9],
  model: ['gru_lm'],
  settings: [{ hidden_size: '16' }, { learning_rate: '1e-05', activation: 'relu' }],
  log: [
    [{ step: 120, key: 'learning_rate', value: '0.02' }],
    [
      { step: 0, key: 'clip_norm', value: '1' },
      { step: 9, key: 'beta1', value: '0.5' },
    ],
  ],
  step: [1, 2400],
  position: [1, 33],
  part: ['4.0', '0.7'],
  node: ['rnn.4.Wh_h', 'W_h'],
  cell: [1, 63],
  view: ['gradient', 'table'],
  notation: ['b'],
  folded: [true],
  tour: [2, 12],
  question: [1, 3],
  panel: ['race', 'size-by-distance'],
  lab: [{ distance: '40' }, { start: 'radius', spectral_radius: '2.5' }],
  temperature: [0, 0.8, 1.25],
  topK: [5],
  topP: [0.9],
  pace: [0, 20],
  mode: ['projector'],
  theme: ['light', 'dark'],
};

test('every field round-trips through the address, alone', () => {
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    assert.ok(VALUES[name]?.length > 0, `${name} has no values to try`);
    for (const value of [FIELDS[name].default, ...VALUES[name]]) {
      const state = { ...defaults(), [name]: value };
      const { exhibit, state: back, bad } = parseAddress(formatAddress('rnn', state));
      assert.deepEqual(
        { exhibit, back, bad },
        { exhibit: 'rnn', back: state, bad: [] },
        `${name}=${JSON.stringify(value)}`,
      );
    }
  }
});

test('all fields round-trip together', () => {
  const state = Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, values.at(-1)]));
  assert.deepEqual(parseAddress(formatAddress('rnn', state as ViewState)), { exhibit: 'rnn', state, bad: [] });
});

test('the default view has the shortest address', () => {
  assert.equal(formatAddress('rnn', defaults()), '#rnn');
  assert.equal(formatAddress('', defaults()), '#home');
  for (const hash of ['', '#', '#home', '#/']) assert.equal(parseAddress(hash).exhibit, '');
});

test('names in the address are all different', () => {
  const params = Object.values(FIELDS).map(({ param }) => param);
  assert.equal(new Set(params).size, params.length);
});

test('what is unknown or wrong is left out, and said', () => {
  const wrong: [string, string][] = [
    ['at=-1', 'at'],
    ['at=1e99', 'at'],
    ['at=33x', 'at'],
    ['cell=', 'cell'],
    ['notation=c', 'notation'],
    ['folded=yes', 'folded'],
    ['temperature=NaN', 'temperature'],
    ['temperature=', 'temperature'],
    ['top_p=0', 'top_p'],
    ['log=1:learning_rate', 'log'],
    ['set=__proto__:1;x', 'set'],
    ['node=<script>', 'node'],
    ['text=%E0%A4%A', 'text'],
    ['colour=red', 'colour'],
    ['%3Cb%3E=1', '<b>'],
  ];
  for (const [query, name] of wrong) {
    const { state, bad } = parseAddress(`#rnn?${query}&seed=5`);
    assert.deepEqual(bad, [name], query);
    assert.deepEqual(state, { ...defaults(), seed: 5 }, query);
  }
});

test('a lone half of a character cannot break the address', () => {
  const { state, bad } = parseAddress(formatAddress('rnn', { ...defaults(), text: 'a\ud800b' }));
  assert.deepEqual([state.text, bad], ['a\ufffdb', []]);
});

test('a link sets only what its exhibit offers, within the limits; the rest is named and left out', () => {
  const row = (key: string, more: Partial<SettingInfo>): SettingInfo => ({
    ...{ key, type: 'int', default: 1, min: 1, max: 64, choices: [], live: false, help: '' },
    ...more,
  });
  const core = {
    models: [
      { name: 'rnn_lm', settings: [row('hidden_size', {}), row('num_layers', { max: 4 })] },
      { name: 'window_lm', settings: [row('hidden_size', { max: 1024 })] },
    ],
    tasks: [],
    training: [
      row('learning_rate', { type: 'real', min: 0, max: 100, live: true }),
      row('optimizer', { type: 'choice', choices: ['sgd', 'adam'] }),
    ],
    weights: ['names-rnn'],
  } as unknown as CoreInfo;
  const seen = (change: Partial<ViewState>) => offered({ ...defaults(), ...change }, { exhibit, views: {} }, core);
  const good = {
    settings: { hidden_size: '6', optimizer: 'sgd' },
    log: [{ step: 4, key: 'learning_rate', value: '0.5' }],
  };
  assert.deepEqual(seen(good), { state: { ...defaults(), ...good }, bad: [] });
  for (const settings of [
    { num_layers: '2' }, // known to the core, not offered here
    { no_such_key: '1' },
    { hidden_size: '65' },
    { hidden_size: '2.5' },
    { hidden_size: 'x' },
    { optimizer: 'rmsprop' },
  ] as Record<string, string>[]) {
    const [key, value] = Object.entries(settings)[0] ?? [];
    const { state, bad } = seen({ settings: { ...good.settings, ...settings } });
    assert.deepEqual(bad, [`${key}:${value}`]);
    assert.equal(state.settings[key ?? ''], undefined);
  }
  assert.deepEqual(seen({ log: [{ step: 1, key: 'hidden_size', value: '9' }] }).bad, ['hidden_size:9'], 'not live');
  assert.deepEqual(
    seen({ weights: 'file-1', step: 40, log: good.log }),
    { state: defaults(), bad: ['weights:file-1'] },
    'what was done to weights that are not here is not done to others',
  );
  assert.deepEqual(seen({ tour: 99, question: 4, weights: 'other', model: 'gru_lm', panel: 'none' }), {
    state: defaults(),
    bad: ['weights:other', 'model:gru_lm', 'panel:none', 'tour', 'question'],
  });
});
