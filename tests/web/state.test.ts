// The table of state fields and the address: every field goes out and comes back, and nothing else gets in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import type { CoreInfo, SettingInfo } from '../../wasm/bridge/protocol.ts';
import { exhibit } from '../../web/src/exhibits/rnn/exhibit.ts';
import { offered } from '../../web/src/session/offered.ts';
import { CHECK, formatAddress, parseAddress, unchecked } from '../../web/src/state/address.ts';
import { defaults, FIELDS, type FieldName, type ViewState } from '../../web/src/state/fields.ts';
import { everyExhibit } from './page/folders.ts';

/** Values that a field must be able to carry, beyond its default. A field without a row fails. */
const VALUES: { [K in FieldName]: ViewState[K][] } = {
  text: ['b', 'anna maria', 'müller & söhne=#?+%', '日本', 'a/b'],
  target: ['lundi', 'a b'],
  guess: [true],
  corpus: ['anna\nbruno\n', 'a;b:c&d=e#f'],
  own: ['0123456789abcdef'],
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
  pane: ['next', 'states'],
  temperature: [0, 0.8, 1.25],
  topK: [5],
  topP: [0.9],
  pace: [0, 20],
  mode: ['projector'],
  theme: ['light', 'dark'],
};

test('docs/links.md says every field', () => {
  const table = readFileSync('docs/links.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const told = table.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, param]) => param));
  assert.deepEqual(told.sort(), [CHECK, ...Object.values(FIELDS).map(({ param }) => param)].sort());
});

test('every field round-trips through the address, alone', () => {
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    assert.ok(VALUES[name]?.length > 0, `${name} has no values to try`);
    for (const value of [FIELDS[name].default, ...VALUES[name]]) {
      const state = { ...defaults(), [name]: value };
      const { exhibit, state: back, bad, damaged } = parseAddress(formatAddress('rnn', state));
      assert.deepEqual(
        { exhibit, back, bad, damaged },
        { exhibit: 'rnn', back: state, bad: [], damaged: false },
        `${name}=${JSON.stringify(value)}`,
      );
    }
  }
});

test('all fields round-trip together', () => {
  const state = Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, values.at(-1)]));
  assert.deepEqual(parseAddress(formatAddress('rnn', state as ViewState)), {
    ...{ exhibit: 'rnn', state, bad: [], damaged: false },
  });
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
    ['own=0123', 'own'],
    ['log=1:learning_rate', 'log'],
    ['set=__proto__:1;x', 'set'],
    ['set=hidden_size:4;hidden_size:5', 'set'],
    ['lab=k:1;k:2', 'lab'],
    ['log=4:learning_rate:1;04:learning_rate:2', 'log'],
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

test('a key that comes twice is told, and the first of the two counts', () => {
  const { state, bad, damaged } = parseAddress('#rnn?at=5&seed=1&at=9');
  assert.deepEqual([state.position, state.seed, bad, damaged], [5, 1, ['at'], false]);
  assert.deepEqual(Object.entries(parseAddress('#rnn?set=__proto__:1').state.settings), [['__proto__', '1']]);
});

/** Links of one field and of many, short and long. */
const LINKS = [
  ...(Object.keys(VALUES) as FieldName[]).flatMap((name) =>
    VALUES[name].map((value) => formatAddress('rnn', { ...defaults(), [name]: value })),
  ),
  ...[0, -1].map((at) =>
    formatAddress(
      'lstm',
      Object.fromEntries(Object.entries(VALUES).map(([name, all]) => [name, all.at(at)])) as unknown as ViewState,
    ),
  ),
];
const known = new Set(['', ...everyExhibit.map(({ slug }) => slug)]);
/** Told, whichever way: as damaged, as no exhibit, or as a field that nobody knows. */
const noticed = (hash: string) => {
  const { exhibit, bad, damaged } = parseAddress(hash);
  return damaged || !known.has(exhibit) || bad.length > 0;
};

const decodes = (hash: string) => JSON.stringify(parseAddress(hash));

test('a link that lost a character, its end or its beginning is noticed, whichever it was', () => {
  for (const link of LINKS) {
    assert.ok(!noticed(link), link);
    for (let i = 2; i < link.length; i++) {
      const without = link.slice(0, i - 1) + link.slice(i);
      if (decodes(without) !== decodes(link)) assert.ok(noticed(without), without);
      // Cut before the question mark it is a link to the exhibit.
      if (i > link.indexOf('?')) assert.ok(noticed(link.slice(0, i)), link.slice(0, i));
      const other = link[i] === 'x' ? 'y' : 'x';
      const changed = link.slice(0, i) + other + link.slice(i + 1);
      assert.ok(noticed(changed), changed);
    }
    for (const more of ['.', ')', '&at=3', '%20', '…']) assert.ok(noticed(link + more), link + more);
  }
});

test('escapes that mail and chat put in or take out change nothing', () => {
  for (const link of LINKS) {
    const [path = '', query = ''] = link.split('?');
    const escaped = `${path}?${query.replace(/[:;+_]/g, (sign) => (sign === '+' ? '%20' : `%${sign.charCodeAt(0).toString(16)}`))}`;
    assert.deepEqual(parseAddress(escaped), parseAddress(link));
  }
});

test('a link by hand needs no check, and one that is damaged can be taken at its word', () => {
  assert.equal(parseAddress('#rnn?at=33').damaged, false);
  for (const cut of ['#rnn?', '#rnn?c', '#rnn?check', '#rnn?check=', '#rnn?check=123', '#rnn?check=123456'])
    assert.ok(parseAddress(cut).damaged, cut);
  const link = formatAddress('rnn', { ...defaults(), position: 33, seed: 5 });
  const edited = link.replace('seed=5', 'seed=6');
  assert.ok(parseAddress(edited).damaged);
  const { state, bad, damaged } = parseAddress(unchecked(edited));
  assert.deepEqual([state, bad, damaged], [{ ...defaults(), position: 33, seed: 6 }, [], false]);
  assert.equal(unchecked('#rnn?che'), '#rnn');
  const names = Object.values(FIELDS).map(({ param }) => param);
  assert.deepEqual(
    names.filter((param) => CHECK.startsWith(param)),
    [],
    'a field that a cut check could be taken for',
  );
});

test('a lone half of a character cannot break the address', () => {
  const { state, bad } = parseAddress(formatAddress('rnn', { ...defaults(), text: 'a\ud800b' }));
  assert.deepEqual([state.text, bad], ['a\ufffdb', []]);
});

test('a link sets only what its exhibit offers, within the limits; the rest is named and left out', () => {
  const row = (key: string, more: Partial<SettingInfo>): SettingInfo => ({
    ...{ key, type: 'int', default: 1, min: 1, max: 64, choices: [], live: false, built: false, help: '' },
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
