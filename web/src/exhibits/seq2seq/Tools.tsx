// Over the network: what is learned, what is fed in, and how many numbers are handed over.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Fed, fedSaid } from '../Fed';
import { Learn, learnSaid, taskOf } from '../Learn';
import { phraseLink } from '../phrase';

/** How many numbers the vector may have: equal places of the slider. */
const SIZES = [2, 4, 8, 12, 16, 24, 32, 48, 64];
/** The place of a size, or of the nearest above it. */
const placeOf = (size: number) => {
  const place = SIZES.findIndex((one) => one >= size);
  return place < 0 ? SIZES.length - 1 : place;
};

const sizeOf = (store: Store) => Number(store.session.run.value?.settings.hidden_size ?? 0);

export const toolsSaid = (store: Store): string =>
  [learnSaid(store), fedSaid(store), t('seq2seq.vector.said', { count: sizeOf(store) })].join(', ');

export function Tools({ store }: { store: Store }) {
  return (
    <>
      <Learn store={store} />
      <Fed store={store} />
      <Vector store={store} />
      <Elsewhere store={store} />
    </>
  );
}

/** The same phrase in the exhibit that looks back. It has the phrases alone. */
function Elsewhere({ store }: { store: Store }) {
  if (taskOf(store) !== store.exhibit.task) return null;
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
    <label class="search-range" {...control(store.session, 'lab.vector')}>
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
