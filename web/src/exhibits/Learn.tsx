// What is learned: another task, with a source of its own.
import { control } from '../components/control';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { feedTruth } from './Fed';

type Task = 'phrases' | 'dates' | 'numbers' | 'reverse';

const tasksOf = (store: Store) => Object.keys(store.exhibit.tasks ?? {}) as Task[];
export const taskOf = (store: Store): Task =>
  tasksOf(store).find((one) => one === store.session.run.value?.settings.task) ?? 'phrases';
export const learnSaid = (store: Store): string => t(`coder.task.${taskOf(store)}`);

/** Led as the one before it: the shipped weights, or an untrained net. */
async function learn(store: Store, task: Task): Promise<void> {
  const weights = store.exhibit.tasks?.[task];
  const own = store.session.target.peek() === null;
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

export function Learn({ store }: { store: Store }) {
  return (
    <select
      class="field low"
      aria-label={t('coder.task')}
      {...control(store.session, 'lab.task')}
      value={taskOf(store)}
      onChange={(event) => void learn(store, event.currentTarget.value as Task)}
    >
      {tasksOf(store).map((one) => (
        <option key={one} value={one}>
          {t(`coder.task.${one}`)}
        </option>
      ))}
    </select>
  );
}
