// The loss of another exhibit's net over a plane through the way that its training went, with that way on it.
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Words } from '../../components/Words';
import { useBox } from '../../draw/box';
import { fixed, plain, whole } from '../../draw/format';
import { Axes, ticks } from '../../figures/plane/Axes';
import { planeOf, type Span } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { Clocks } from '../Clocks';
import { useCovered } from './asked';
import { Chart } from './Chart';
import type { Descent, Pair } from './descent';
import { Frame } from './Frame';
import { Heights, Way } from './Ground';
import { BY, OF, type Of, RUNS, sliceFor } from './runs';
import { Seg } from './Seg';

/** Asked for anew when it is of something else; what is there of it on the way. */
function useSlice(store: Store, descent: Descent) {
  const study = useSignal<Study | null>(null);
  const done = useSignal(0);
  const key = JSON.stringify(sliceFor(descent.lab.value));
  useEffect(() => {
    const mine = new AbortController();
    const { signal } = mine;
    done.value = 0;
    store
      .study(JSON.parse(key), {
        signal,
        progress: (share) => {
          if (!signal.aborted) done.value = share;
        },
      })
      .then(
        (found) => {
          if (signal.aborted) return;
          descent.problem.value = null;
          done.value = 1;
          study.value = found;
          store.seen.value = true;
        },
        (error: CoreError) => {
          if (!signal.aborted) descent.problem.value = error;
        },
      );
    return () => mine.abort();
  }, [store, key]);
  return { study: study.value, done: done.value };
}

interface Cut {
  updates: readonly number[];
  own: readonly number[];
  flat: readonly number[];
  off: readonly number[];
  at(i: number): Pair;
  share: Pair;
  numbers: number;
  x: Span;
  y: Span;
  ground: { field: { columns: number; rows: number; values: ArrayLike<number>; x: Span; y: Span }; still: [] };
}
function cutOf(study: Study): Cut {
  const of = (name: string) => Array.from(arrayOf(study, name).values);
  const at = of('at');
  const span = (name: string): Span => {
    const all = of(name);
    return { from: all[0] ?? 0, to: all.at(-1) ?? 1 };
  };
  const { values, shape } = arrayOf(study, 'error');
  const [x, y] = [span('x'), span('y')];
  const share = of('share');
  return {
    updates: of('update'),
    own: of('own'),
    flat: of('flat'),
    off: of('off'),
    at: (i) => [at[2 * i] ?? Number.NaN, at[2 * i + 1] ?? Number.NaN],
    share: [share[0] ?? Number.NaN, share[1] ?? Number.NaN],
    numbers: of('numbers')[0] ?? 0,
    ...{ x, y },
    ground: { field: { rows: shape[0] ?? 0, columns: shape[1] ?? 0, values, x, y }, still: [] },
  };
}

/** Three to six round places of a range, and digits after the point. */
export function roundTicks({ from, to }: Span) {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((one) => one * power >= rough * 0.7) ?? 10);
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return ticks(
    Array.from({ length: count }, (_, i) => (first + i) * step),
    Math.max(0, -Math.floor(Math.log10(step))),
  );
}

export function Slice({ store, descent }: { store: Store; descent: Descent }) {
  const covered = useCovered(store, descent);
  const { study, done } = useSlice(store, descent);
  const lab = descent.lab.value;
  const cut = useMemo(() => study && cutOf(study), [study]);
  const last = (cut?.updates.length ?? 1) - 1;
  const place = lab.place === '' ? last : Math.min(last, Number(lab.place));
  const handed = lab.run !== '' || lab.log !== '' || lab.far !== '';
  const fresh = done === 1;
  return (
    <Frame
      store={store}
      descent={descent}
      covered={covered}
      tools={
        <>
          <Seg
            store={store}
            id="of"
            name={t('descent.slice.of')}
            all={OF}
            now={handed ? null : lab.of}
            words={(one) => t(`descent.slice.of.${one}`)}
            set={(of) => descent.edit(t('descent.slice.of'), { of, run: '', log: '', far: '', place: '' })}
          />
          <Seg
            store={store}
            id="by"
            name={t('descent.slice.by')}
            all={BY}
            now={lab.by}
            words={(one) => t(`descent.slice.by.${one}`)}
            set={(by) => descent.edit(t('descent.slice.by'), { by })}
          />
        </>
      }
      figure={
        <>
          <div class="descent-top">
            <Ways store={store} cut={cut} place={place} of={lab.of as Of} />
            {cut && <Losses store={store} cut={cut} place={place} />}
          </div>
          <p class="descent-doing" role="status" {...control(store.session, 'lab.now')}>
            {fresh && cut ? (
              <Words>
                {t('descent.slice.now', {
                  update: whole(cut.updates[place] ?? 0),
                  own: plain(cut.own[place] ?? Number.NaN, 4),
                  flat: plain(cut.flat[place] ?? Number.NaN, 4),
                  off: fixed(cut.off[place] ?? Number.NaN, 3),
                })}
              </Words>
            ) : (
              t('descent.slice.working', { percent: Math.round(100 * done) })
            )}
          </p>
        </>
      }
      plots={cut && <Told store={store} cut={cut} of={lab.of as Of} by={lab.by} handed={handed} />}
      table={cut && <Places cut={cut} place={place} />}
      clocks={
        <Clocks
          store={store}
          clocks={[
            {
              id: 'update',
              at: place,
              end: last,
              go: (to) => descent.set({ place: to === last ? '' : String(to) }),
              shown: t('clock.of', { at: whole(cut?.updates[place] ?? 0), end: whole(cut?.updates.at(-1) ?? 0) }),
            },
          ]}
          words={{
            update: {
              name: 'clock.update',
              back: 'descent.slice.back',
              step: 'descent.slice.on',
              play: 'clock.update.play',
              pause: 'clock.update.pause',
              scrub: 'descent.scrub',
            },
          }}
          pace={{ update: 120 }}
        />
      }
    />
  );
}

function Ways({ store, cut, place, of }: { store: Store; cut: Cut | null; place: number; of: Of }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const plane = box && cut && planeOf(box, cut.x, cut.y, { left: 34, right: 22, top: 22, bottom: 24 });
  const path = useMemo(() => cut && { updates: cut.updates.length - 1, at: cut.at }, [cut]);
  const [start, now] = [cut?.at(0), cut?.at(place)];
  return (
    <div class="plane descent-map" ref={area} {...control(store.session, 'lab.map')}>
      {box && plane && cut && path && start && now && (
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          role="img"
          aria-label={t('descent.slice.map', { of: t(`descent.slice.of.${of}`) })}
        >
          <Heights store={store} plane={plane} of={cut.ground} />
          <Axes plane={plane} x={roundTicks(cut.x)} />
          {roundTicks(cut.y).map(({ at, text }) => (
            <text key={at} class="t12 t2 end" x={plane.left - 6} y={plane.y(at) + 4}>
              {text}
            </text>
          ))}
          <text class="t12 t2" x={plane.left} y={plane.top - 7}>
            {t('descent.slice.axes')}
          </text>
          <Way plane={plane} path={path} done={place} ahead />
          <rect class="descent-start" x={plane.x(start[0]) - 4} y={plane.y(start[1]) - 4} width={8} height={8} />
          <g class="descent-ring">
            <circle cx={plane.x(now[0])} cy={plane.y(now[1])} r={6.5} />
            <circle class="dot" cx={plane.x(now[0])} cy={plane.y(now[1])} r={2} />
          </g>
        </svg>
      )}
    </div>
  );
}

function Losses({ store, cut, place }: { store: Store; cut: Cut; place: number }) {
  const all = [...cut.own, ...cut.flat].filter((one) => Number.isFinite(one) && one > 0);
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const end = cut.updates.at(-1) ?? 1;
  return (
    <figure class="descent-errors" {...control(store.session, 'lab.losses')}>
      <figcaption>{t('descent.slice.losses')}</figcaption>
      <Chart
        label={t('descent.slice.losses.said', {
          from: plain(cut.own[0] ?? Number.NaN),
          to: plain(cut.own.at(-1) ?? Number.NaN),
        })}
        lines={[
          { id: 'batch', name: t('descent.slice.own'), xs: cut.updates, ys: cut.own, now: true, mark: place },
          { id: 'one', name: t('descent.slice.flat'), xs: cut.updates, ys: cut.flat, mark: place },
        ]}
        x={{ from: 0, to: end, ticks: ticks([0, end / 2, end].map(Math.round)), name: t('descent.updates') }}
        y={{ from: from * 0.9, to: to * 1.1, ...(to < 10 * from && { ticks: roundTicks({ from, to }) }) }}
        names={84}
      />
    </figure>
  );
}

interface ToldProps {
  store: Store;
  cut: Cut;
  of: Of;
  by: string;
  handed: boolean;
}
function Told({ store, cut, of, by, handed }: ToldProps) {
  const [first, second] = cut.share;
  return (
    <>
      <section {...control(store.session, 'lab.plane')}>
        <h2>{t('descent.slice.plane')}</h2>
        <p class="small">
          <Words>{t(by === 'ends' ? 'descent.slice.ends' : 'descent.slice.principal', { numbers: cut.numbers })}</Words>
        </p>
      </section>
      <section {...control(store.session, 'lab.share')}>
        <h2>{t('descent.slice.share', { share: fixed(first + second) })}</h2>
        <p class="small">{t('descent.slice.shares', { first: fixed(first), second: fixed(second) })}</p>
        <p class="small">{t('descent.slice.walk')}</p>
      </section>
      <section>
        <h2>{t('descent.slice.run')}</h2>
        <p class="small">
          {t(RUNS[of].task === 'names' ? 'descent.slice.unseen' : 'descent.slice.points', {
            updates: whole(cut.updates.at(-1) ?? 0),
          })}{' '}
          {handed ? t('descent.slice.handed') : ''}
        </p>
        <p class="small">
          <a href={`#${of}`}>{t(`ex.${of}`)}</a>
        </p>
      </section>
    </>
  );
}

function Places({ cut, place }: { cut: Cut; place: number }) {
  return (
    <table>
      <caption>{t('descent.slice.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('clock.update')}</th>
          <th scope="col">{t('descent.slice.own')}</th>
          <th scope="col">{t('descent.slice.flat')}</th>
          <th scope="col">{t('descent.slice.off')}</th>
        </tr>
      </thead>
      <tbody>
        {cut.updates.map((update, i) => (
          <tr key={update} aria-current={i === place || undefined}>
            <th scope="row">{whole(update)}</th>
            <td>{plain(cut.own[i] ?? Number.NaN, 4)}</td>
            <td>{plain(cut.flat[i] ?? Number.NaN, 4)}</td>
            <td>{fixed(cut.off[i] ?? Number.NaN, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
