// Nets of as many weights, wide to deep, trained side by side: their pieces, counted as they learn.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox } from '../../draw/box';
import { fixed, whole } from '../../draw/format';
import { Axes } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { useRight } from '../right';
import type { Lesson } from './lesson';
import { useStudy } from './studied';

const DECADES = [10, 100, 1000];
const TALL = { from: 1.5, to: 3.6 }; // of the logarithm
const APART = 15; // of two names at the right

export function Equal({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  const problem = useSignal<CoreError | null>(null);
  const { seed } = lab;
  const study = useStudy(store, { study: 'equal', settings: { seed } }, problem, true);
  const covered = lesson.covered.value !== null;
  const pieces = study && arrayOf(study, 'pieces').values;
  const looks = study ? (arrayOf(study, 'update').shape[0] ?? 1) : 1;
  const last = looks - 1;
  // while they learn, as far as all of them are
  const known = pieces ? Math.max(0, lastOf(pieces.subarray(pieces.length - looks))) : 0;
  const look = lab.look === 'end' ? known : Math.min(known, Number(lab.look));
  const ready = pieces && Number.isFinite(pieces[pieces.length - looks] ?? Number.NaN);
  useRight(
    store,
    lesson.asked.value === 'wide' && ready
      ? { value: pieces[0] ?? Number.NaN, than: pieces[pieces.length - looks] ?? Number.NaN }
      : null,
  );
  return (
    <>
      <section class="depth-main" aria-label={t('depth.equal')}>
        <Problem of={problem.value} />
        <div class="depth-head">
          <h2>{t('depth.equal')}</h2>
          <span class="small">{t('depth.equal.axis')}</span>
        </div>
        <div class="plane depth-equal" {...control(store.session, 'lab.equal')}>
          {covered ? <p class="small dim">{t('depth.covered')}</p> : study && <Chart study={study} look={look} />}
        </div>
        <label class="depth-slider wide" {...control(store.session, 'lab.look')}>
          <b>{t('clock.update')}</b>
          <input
            type="range"
            min={0}
            max={last}
            value={look}
            disabled={!study || covered}
            aria-label={t('depth.equal.look')}
            aria-valuetext={study ? whole(arrayOf(study, 'update').values[look] ?? 0) : ''}
            onInput={(event) => lesson.set({ look: event.currentTarget.value })}
          />
          <output class="num">{study ? whole(arrayOf(study, 'update').values[look] ?? 0) : ''}</output>
        </label>
      </section>
      <section class="depth-side" aria-label={t('depth.equal.side')}>
        {study && <Rows study={study} look={look} covered={covered} />}
        <div class="depth-adding small">
          <span>{t('depth.equal.seed', { seed })}</span>
          <button
            type="button"
            class="btn low"
            disabled={covered}
            {...control(store.session, 'lab.seed')}
            onClick={() => lesson.set({ seed: String(Number(seed) + 1), look: 'end' })}
          >
            {t('depth.equal.another')}
          </button>
        </div>
        <p class="small dim">{t('depth.equal.why')}</p>
      </section>
    </>
  );
}

const namesOf = (study: Study) => (study.axes.find(({ name }) => name === 'net')?.labels ?? []).map(named);
/** As it is written: 1 × 95. */
const named = (label: string) => label.replace(' x ', ' × ');

function Chart({ study, look }: { study: Study; look: number }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const updates = arrayOf(study, 'update').values;
  const { values } = arrayOf(study, 'pieces');
  const looks = updates.length;
  const names = namesOf(study);
  const end = updates[looks - 1] ?? 1;
  const plane = box && planeOf(box, { from: 0, to: end }, TALL, { left: 42, right: 62, top: 10, bottom: 24 });
  const rows = names.map((_, i) => values.subarray(i * looks, (i + 1) * looks));
  return (
    <div class="depth-chart" ref={area}>
      {box && plane && (
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          role="img"
          aria-label={t('depth.equal.said', {
            all: names.map((name, i) => `${name}: ${rows[i]?.[look] ?? 0}`).join(', '),
          })}
        >
          <Axes
            plane={plane}
            x={[0, end / 2, end].map((at) => ({ at, text: whole(at) }))}
            y={DECADES.filter((one) => Math.log10(one) >= TALL.from).map((one) => ({
              at: Math.log10(one),
              text: whole(one),
            }))}
          />
          <path class="l-edge" d={`M${plane.x(updates[look] ?? 0)} ${plane.top}V${plane.bottom}`} />
          {rows.map((row, i) => (
            <path
              key={names[i]}
              class={`depth-net-line n${i}`}
              d={pathOf(plane, updates, Array.from(row, Math.log10))}
            />
          ))}
          {apart(rows.map((row) => plane.y(Math.log10(row[lastOf(row)] ?? 100)))).map((y, i) => (
            <text key={names[i]} class="t12" x={plane.right + 6} y={y + 4}>
              {names[i]}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}
const lastOf = (row: ArrayLike<number>) => Array.from(row).findLastIndex(Number.isFinite);

/** Pushed down where they would stand on one another. */
function apart(places: readonly number[]): number[] {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let before = Number.NEGATIVE_INFINITY;
  const moved = new Array<number>(places.length).fill(0);
  for (const { y, i } of order) {
    before = Math.max(y, before + APART);
    moved[i] = before;
  }
  return moved;
}

function Rows({ study, look, covered }: { study: Study; look: number; covered: boolean }) {
  const looks = arrayOf(study, 'update').values.length;
  const of = (name: string, i: number, at: number) => arrayOf(study, name).values[i * looks + at] ?? Number.NaN;
  const count = (value: number) => (covered || !Number.isFinite(value) ? '·' : whole(value));
  return (
    <div class="depth-table">
      <table>
        <caption>{t('depth.equal.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('depth.equal.net')}</th>
            <th scope="col">{t('depth.equal.weights')}</th>
            <th scope="col">{t('depth.equal.start')}</th>
            <th scope="col">{t('depth.equal.now')}</th>
            <th scope="col">{t('depth.equal.error')}</th>
          </tr>
        </thead>
        <tbody>
          {namesOf(study).map((name, i) => (
            <tr key={name}>
              <th scope="row">
                <i class={`depth-stroke n${i}`} aria-hidden="true" /> {name}
              </th>
              <td>{whole(arrayOf(study, 'parameters').values[i] ?? 0)}</td>
              <td>{count(of('pieces', i, 0))}</td>
              <td>{count(of('pieces', i, look))}</td>
              <td>{Number.isFinite(of('error', i, look)) ? fixed(of('error', i, look), 3) : '·'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
