// Over the figure: what is fed in, and one weight of the word that is open, held.
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { fixed } from '../../draw/format';
import { shared } from '../../figures/shared';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { bare, tokenText } from '../../stage/tokens';
import { Fed, fedSaid } from '../Fed';
import { Learn, learnSaid, taskOf } from '../Learn';
import { phraseLink } from '../phrase';

/** A weight that is held: the step of the decoder and the word of the source, from 1, and at what. */
interface Hold {
  step: number;
  word: number;
  at: number;
}
export function holdOf(lab: Readonly<Record<string, string>>): Hold | null {
  const whole = (text: string | undefined) => (/^\d{1,2}$/.test(text ?? '') ? Number(text) : 0);
  const at = Number(lab.hold ?? Number.NaN);
  const [step, word] = [whole(lab.step), whole(lab.word)];
  return step && word && at >= 0 && at <= 1 ? { step, word, at } : null;
}

const namesOf = (store: Store) => {
  const text = tokenText(store.session.run.value?.vocabulary ?? []);
  return (store.session.schema.value?.pair?.source ?? []).map((token) => bare(text(token)));
};

export function toolsSaid(store: Store): string {
  const hold = holdOf(store.lab.value);
  const fed = `${learnSaid(store)}, ${fedSaid(store)}`;
  const word = hold && namesOf(store)[hold.word - 1];
  return word ? `${fed}, ${t('attention.held', { word, step: hold.step, at: fixed(hold.at, 2) })}` : fed;
}

export function Tools({ store }: { store: Store }) {
  const { session } = store;
  const schema = session.schema.value;
  const hold = holdOf(store.lab.value);
  const names = namesOf(store);
  const picture = shared(session);
  const open = picture.open.value ?? 0;
  const steps = schema?.targets.length ?? 0;
  const step = Math.max(1, Math.min(steps, open + 1 - names.length)); // of the target's words, the open one
  const key = hold ? `${hold.step} ${hold.word} ${hold.at}` : '';
  useEffect(() => {
    const node = hold && session.find(`decoder.${hold.step}.alpha`);
    if (!hold || !node || hold.word > names.length) return;
    const cell = hold.word - 1;
    // what was walked meanwhile has let it go already
    const set = (value: number | null) => session.bridge.call('hold', { node: node.id, cell, value }).catch(() => {});
    void set(hold.at);
    return () => void (session.schema.peek() === schema && set(null));
  }, [schema, key]);
  const put = (change: Partial<Hold> | null) => {
    const { step: _, word: __, hold: ___, ...rest } = store.lab.peek();
    const next = change && { ...(hold ?? { step, word: 1, at: 1 }), ...change };
    store.lab.value = next
      ? { ...rest, step: String(next.step), word: String(next.word), hold: String(next.at) }
      : rest;
  };
  return (
    <>
      <Learn store={store} />
      <Fed store={store} />
      {schema && session.find('decoder.1.alpha') && (
        <span class="attention-hold" {...control(session, 'lab.hold')}>
          <select
            class="field low"
            aria-label={t('attention.hold')}
            value={hold ? String(hold.word) : ''}
            onChange={(event) => {
              const word = Number(event.currentTarget.value);
              put(word ? { word, step: hold?.step ?? step } : null);
            }}
          >
            <option value="">{t('attention.free')}</option>
            {names.map((name, j) => (
              <option key={j} value={String(j + 1)}>
                {t('attention.hold.word', { word: name, at: j + 1, step: hold?.step ?? step })}
              </option>
            ))}
          </select>
          {hold && (
            <label>
              <input
                type="range"
                min={0}
                max={1}
                step={0.05}
                aria-label={t('attention.hold.at')}
                value={hold.at}
                onInput={(event) => put({ at: Number(event.currentTarget.value) })}
              />
              <output class="num">{fixed(hold.at, 2)}</output>
            </label>
          )}
        </span>
      )}
      {!hold && taskOf(store) === store.exhibit.task && (
        <a class="btn low" {...control(session, 'lab.carry')} href={phraseLink('seq2seq', store)}>
          {t('attention.carry')}
        </a>
      )}
    </>
  );
}
