// What was done, in a few words: behind "Undone" and "Redone".
import type { Done } from '../../../wasm/bridge/protocol';
import { named, number, t } from '../i18n';
import type { Store } from '../session/create';
import type { Entry } from '../session/history';

/** A setting's value as it is said. */
export const valueText = (value: string): string =>
  value !== '' && Number.isFinite(Number(value)) ? number(Number(value)) : named('choice', value);

function setting(key: string, from: string, to: string): string {
  const gate = /^hold_(.)$/.exec(key)?.[1];
  if (!gate) return t('deed.set', { name: named('setting', key), from: valueText(from), to: valueText(to) });
  // Above 1 it is the net's own.
  return Number(to) > 1 ? t('deed.free', { gate }) : t('deed.held', { gate, value: valueText(to) });
}

/** Where one run took the place of another: what the two differ in. */
function opening(store: Store, { before, run }: Extract<Done, { what: 'open' }>): string {
  const { opened, files } = store.runs;
  const [from, to] = [opened.get(before), opened.get(run)];
  if (!from || !to) return t('deed.run');
  const name = (weights: string) => {
    const file = files.get(weights);
    return file ? t('weights.file', { name: file.name }) : named('weights', weights);
  };
  const other = from.origin.weights !== to.origin.weights;
  if (other && files.has(to.origin.weights)) return name(to.origin.weights);
  if (from.origin.model !== to.origin.model) {
    return t('deed.change', { from: named('model', from.origin.model), to: named('model', to.origin.model) });
  }
  const weights = () => t('deed.change', { from: name(from.origin.weights), to: name(to.origin.weights) });
  if (other && to.origin.weights !== 'none') return weights();
  if (to.origin.corpus !== '' && to.origin.corpus !== from.origin.corpus) return t('deed.own');
  const keys = new Set([...Object.keys(from.origin.settings), ...Object.keys(to.origin.settings), 'seed']);
  const others = [...keys].filter((key) => from.settings[key] !== to.settings[key]);
  if (others.length > 0) {
    return others.map((key) => setting(key, from.settings[key] ?? '', to.settings[key] ?? '')).join(', ');
  }
  return other ? weights() : t('deed.run');
}

function one(store: Store, done: Done): string {
  if (done.what === 'set') return setting(done.key, done.from, done.to);
  if (done.what === 'open') return opening(store, done);
  return done.updates === 1 ? t('deed.train.one') : t('deed.train', { count: done.updates });
}

export function deedText(store: Store, { link, runs, words, label }: Entry): string {
  if (label !== null) return label;
  if (words && words.from.text !== words.to.text) return t('deed.text', { from: words.from.text, to: words.to.text });
  if (words) return typeof words.to.target === 'string' ? t('deed.led', { to: words.to.target }) : t('deed.guess');
  return link ? t('deed.link') : runs.map((done) => one(store, done)).join(', ');
}
