// Over the network: what is learned, what is fed in, and how many numbers are handed over.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { Fed, fedSaid, feedTruth } from '../../figures/coder/Fed';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { phraseLink } from '../phrase';

/** How many numbers the vector may have: equal places of the slider. */
const SIZES = [2, 4, 8, 12, 16, 24, 32, 48, 64];
/** The place of a size, or of the nearest above it. */
const placeOf = (size: number) => {
  const place = SIZES.findIndex((one) => one >= size);
  return place < 0 ? SIZES.length - 1 : place;
};

const TASKS = ['phrases', 'dates', 'numbers', 'reverse'] as const;
type Task = (typeof TASKS)[number];

const taskOf = (store: Store): Task => TASKS.find((one) => one === store.session.run.value?.settings.task) ?? 'phrases';
const sizeOf = (store: Store) => Number(store.session.run.value?.settings.hidden_size ?? 0);

export const toolsSaid = (store: Store): string =>
  [t(`seq2seq.task.${taskOf(store)}`), fedSaid(store), t('seq2seq.vector.said', { count: sizeOf(store) })].join(', ');

/** Another task, with a source of its own, led as the one before it: its shipped weights, or an untrained net. */
async function learn(store: Store, task: Task): Promise<void> {
  const own = store.session.target.peek() === null;
  const weights = store.exhibit.tasks?.[task];
  const done = weights ? await store.open({ ...store.runs.shipped(), weights }) : await store.set('task', task, false);
  if (!done) return;
  await store.readText(task === store.exhibit.task ? store.exhibit.text : await sourceOf(store));
  await (own ? store.readTarget(null) : feedTruth(store));
}

/** An unseen source of some length, if one comes soon. */
async function sourceOf(store: Store): Promise<string> {
  const { bridge } = store.session;
  for (let index = 0; ; index++) {
    const { text } = await bridge.call('example', { index });
    const right = await bridge.call('answer', { text });
    if (index === 20 || (right && right.tokens.length > 4)) return text;
  }
}

export function Tools({ store }: { store: Store }) {
  return (
    <>
      <Learned store={store} />
      <Fed store={store} />
      <Vector store={store} />
      <Elsewhere store={store} />
    </>
  );
}

/** What is learned: another task is another net. */
export function Learned({ store }: { store: Store }) {
  return (
    <select
      class="field low"
      aria-label={t('seq2seq.task')}
      {...control(store.session, 'lab.task')}
      value={taskOf(store)}
      onChange={(event) => void learn(store, event.currentTarget.value as Task)}
    >
      {TASKS.map((one) => (
        <option key={one} value={one}>
          {t(`seq2seq.task.${one}`)}
        </option>
      ))}
    </select>
  );
}

/** The same phrase in the exhibit that looks back. It has the phrases alone. */
function Elsewhere({ store }: { store: Store }) {
  if (taskOf(store) !== 'phrases') return null;
  return (
    <a class="btn link" href={phraseLink('attention', store)}>
      {t('seq2seq.attention')}
    </a>
  );
}

/** Another size is another net, which has learned nothing yet. */
export function Vector({ store }: { store: Store }) {
  const size = sizeOf(store);
  const held = useSignal<number | null>(null); // while the hand is on it
  useEffect(() => {
    held.value = null;
  }, [store.session.run.value?.id]);
  const shown = held.value ?? size;
  return (
    <label class="seq2seq-vector" {...control(store.session, 'lab.vector')}>
      <span aria-hidden="true">{t('seq2seq.vector')}</span>
      <input
        type="range"
        min={0}
        max={SIZES.length - 1}
        step={1}
        aria-label={t('seq2seq.vector.label')}
        aria-valuetext={String(shown)}
        value={placeOf(shown)}
        onInput={(event) => {
          held.value = SIZES[Number(event.currentTarget.value)] ?? size;
        }}
        onChange={(event) => {
          const next = SIZES[Number(event.currentTarget.value)] ?? size;
          held.value = null;
          if (next !== size) void store.set('hidden_size', String(next), false);
        }}
      />
      <output class="num">{shown}</output>
    </label>
  );
}
