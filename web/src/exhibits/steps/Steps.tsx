// Two nets read one sentence: what has to wait for what, how far it is from word to word, and what that costs.
import { useEffect, useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useRight } from '../right';
import { Sentence } from '../Sentence';
import { Clock, Length } from './Clock';
import { LAYERS, MOST_LETTERS, MOST_WORDS, SIDES } from './lab';
import { lengthOf } from './layout';
import { AtLength, Costs, Plots } from './Plots';
import { createReaders, type Readers } from './readers';
import { Tapes } from './Tapes';
import { Values } from './Values';

export function Steps({ store }: { store: Store }) {
  const readers = useMemo(() => createReaders(store), [store]);
  useEffect(() => () => readers.dispose(), [readers]);
  const { side } = readers.lab.value;
  const problem = readers.problem.value;
  const covered = useAsked(store, readers);
  return (
    <div class="panel steps-panel">
      <div class="steps-tools">
        <Sentence
          text={readers.lab.value.text}
          most={MOST_WORDS}
          letters={MOST_LETTERS}
          read={(words) => readers.set({ text: words.join(' '), from: '1', to: String(words.length), step: '0' })}
        />
        <fieldset class="seg" aria-label={t('steps.layers')} {...control(store.session, 'lab.layers')}>
          <legend class="seg-name">{t('steps.layers')}</legend>
          {LAYERS.map((layers) => (
            <button
              type="button"
              key={layers}
              aria-pressed={readers.lab.value.layers === String(layers)}
              disabled={covered}
              onClick={() => readers.set({ layers: String(layers) })}
            >
              {layers}
            </button>
          ))}
        </fieldset>
        <fieldset class="seg sides" aria-label={t('steps.sides')}>
          {SIDES.map((one) => (
            <button
              type="button"
              key={one}
              {...control(store.session, `side.${one}`)}
              aria-pressed={side === one}
              onClick={() => readers.set({ side: one })}
            >
              {t(`steps.side.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <Problem of={problem} />
      <section class="both-nets" aria-label={t('steps.figure')} {...control(store.session, 'lab.words')}>
        <Tapes store={store} readers={readers} covered={covered} />
      </section>
      <section class="costs" aria-label={t('steps.side.label')}>
        {covered ? (
          <p class="small dim">{t('steps.covered')}</p>
        ) : side === 'values' ? (
          <Values store={store} readers={readers} />
        ) : side === 'table' ? (
          <Costs readers={readers} />
        ) : (
          <Plots readers={readers} />
        )}
      </section>
      <Clock store={store} readers={readers} covered={covered} />
      <div class="at-side">
        {!covered && side !== 'values' && (
          <>
            <Length store={store} readers={readers} />
            <AtLength readers={readers} />
          </>
        )}
      </div>
    </div>
  );
}

/** While a count is asked for: true, and what is right is told to whoever asks. */
function useAsked(store: Store, readers: Readers): boolean {
  const of = store.exhibit.questions[store.question.value - 1];
  const reads = readers.settled.value ? readers.reads.value : null; // what was read before has other counts
  const counted = of?.kind === 'count' ? of.count : null;
  const [net, what] = counted?.split('.') ?? [];
  const read = reads && (net === 'attention' ? reads.attention : reads.recurrent);
  const right = !read || counted === null ? null : what === 'way' ? lengthOf(read) : read.depth;
  useRight(store, right === null ? null : { value: right });
  return counted !== null && store.session.asked.value?.revealed === false;
}
