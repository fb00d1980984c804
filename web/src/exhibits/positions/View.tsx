// Order put back: the table of places, its waves and distances, and a sentence that is told where its words stand.
import { useEffect, useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { niceRange } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { useRight } from '../right';
import { Sentence } from '../Sentence';
import { Clock } from './Clock';
import { Dots } from './Dots';
import { KINDS, MOST_LETTERS, MOST_START, MOST_WORDS, PLACES, SIDES, WIDTH } from './lab';
import { Table32 } from './Map';
import { NumberSide, TableSide } from './Number';
import { createPlaces, type Places } from './places';
import { Sum } from './Sum';

export function View({ store }: { store: Store }) {
  const places = useMemo(() => createPlaces(store), [store]);
  useEffect(() => () => places.dispose(), [places]);
  const covered = useAsked(store, places);
  const lab = places.lab.value;
  const table = places.table.value;
  const problem = places.problem.value;
  return (
    <div class="panel positions-panel">
      <Tools store={store} places={places} covered={covered !== null} />
      <Problem of={problem} />
      <section class="pos-figure" aria-label={t('positions.figure')} {...control(store.session, 'lab.table')}>
        <Table32 store={store} places={places} />
        <Dots places={places} covered={covered === 'dot'} />
        <Look places={places} />
        <Sum store={store} places={places} covered={covered === 'width'} />
        {table && (
          <div class="pos-legends">
            {!table.none && (
              <SignLegend scale={{ range: table.range.p, was: null, kept: false }} words={t('positions.legend.p')} />
            )}
            <SignLegend
              scale={{ range: niceRange(table.range.x), was: null, kept: false }}
              words={t('positions.legend.x')}
            />
          </div>
        )}
      </section>
      <section class="side-column pos-side" aria-label={t('positions.side')}>
        <fieldset class="seg" aria-label={t('positions.side')}>
          {SIDES.map((one) => (
            <button type="button" key={one} aria-pressed={lab.side === one} onClick={() => places.set({ side: one })}>
              {t(`positions.side.${one as 'number' | 'table'}`)}
            </button>
          ))}
        </fieldset>
        {lab.side === 'table' ? (
          <TableSide places={places} covered={covered !== null} />
        ) : (
          <NumberSide places={places} covered={covered === 'width'} />
        )}
      </section>
      <Clock store={store} places={places} covered={covered === 'width'} />
    </div>
  );
}

/** What is asked, and so hidden: two dot products, or how many numbers both have together. */
type Covered = null | 'dot' | 'width';

function useAsked(store: Store, places: Places): Covered {
  const of = store.exhibit.questions[store.question.value - 1];
  const table = places.table.value;
  const counted = of && 'count' in of ? of.count : null;
  const [what, a, b] = counted?.split('.') ?? [];
  const dot = (at = '') => table?.dot[Number(at)] ?? Number.NaN;
  const right = what === 'width' ? { value: table?.parts ?? Number.NaN } : { value: dot(a), than: dot(b) };
  useRight(store, places.settled.value && table && counted !== null ? right : null);
  if (counted === null || store.session.asked.value?.revealed !== false) return null;
  return counted === 'width' ? 'width' : 'dot';
}

function Tools({ store, places, covered }: { store: Store; places: Places; covered: boolean }) {
  const lab = places.lab.value;
  return (
    <div class="pos-tools">
      <Sentence
        text={lab.text}
        most={MOST_WORDS}
        letters={MOST_LETTERS}
        disabled={covered}
        read={(words) => places.set({ text: words.join(' '), done: '0' })}
      />
      <fieldset class="seg" aria-label={t('positions.kind')} {...control(store.session, 'lab.kind')}>
        {KINDS.map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={lab.kind === one}
            disabled={covered}
            onClick={() => places.set({ kind: one, done: '0' })}
          >
            {t(`positions.kind.${one}`)}
          </button>
        ))}
      </fieldset>
      <fieldset class="seg" aria-label={t('positions.from')} {...control(store.session, 'lab.from')}>
        <legend class="seg-name">{t('positions.from')}</legend>
        {['1', '0'].map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={lab.from === one}
            disabled={covered}
            onClick={() => places.set({ from: one })}
          >
            {one}
          </button>
        ))}
      </fieldset>
      <label class="pos-start" {...control(store.session, 'lab.start')}>
        {t('positions.start')}
        <input
          type="range"
          min={0}
          max={MOST_START}
          value={lab.start}
          disabled={covered}
          aria-valuetext={t('positions.start.of', { start: lab.start })}
          onInput={(event) => places.set({ start: event.currentTarget.value })}
        />
        <span class="num">{lab.start}</span>
      </label>
    </div>
  );
}

/** What of the table is looked at; in the picture it is pressed. */
function Look({ places }: { places: Places }) {
  const lab = places.lab.value;
  const place = places.table.value?.place[Number(lab.row) - 1] ?? lab.row;
  return (
    <div class="pos-look">
      <label>
        {t('positions.look.place')}
        <input
          type="range"
          min={1}
          max={PLACES}
          value={lab.row}
          aria-valuetext={String(place)}
          onInput={(event) => places.set({ row: event.currentTarget.value })}
        />
        <span class="num">{place}</span>
      </label>
      <label>
        {t('positions.look.column')}
        <input
          type="range"
          min={1}
          max={WIDTH}
          value={lab.column}
          onInput={(event) => places.set({ column: event.currentTarget.value })}
        />
        <span class="num">{lab.column}</span>
      </label>
    </div>
  );
}
