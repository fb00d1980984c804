// What the last hidden layer makes of the points: across, what the output adds up; up, the widest direction beside it.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, largest, tightRange } from '../../draw/format';
import { M, MathLabel } from '../../draw/Math';
import { Axes, ticks } from '../../figures/plane/Axes';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import { Facts } from './Facts';
import type { Lesson, Seen } from './lesson';
import { className, Mark } from './Square';
import { Surface, SurfaceLegend } from './Surface';

export function Last({ store, lesson }: { store: Store; lesson: Lesson }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const seen = lesson.seen.value;
  const range = seen ? tightRange(largest(seen.over.across)) : 1;
  const tall = seen ? tightRange(Math.max(0.1, largest(seen.over.up))) : 1;
  const plane =
    box &&
    planeOf(box, { from: -range, to: range }, { from: -tall, to: tall }, { left: 40, right: 26, top: 14, bottom: 26 });
  const wrong = seen ? wrongOf(seen) : 0;
  return (
    <>
      <section class="depth-main" aria-label={t('depth.last')}>
        <div class="depth-head">
          <h2>{t('depth.last')}</h2>
          <span class="small">{seen && t('depth.last.wrong', { wrong, points: seen.each.points })}</span>
        </div>
        <div class="plane depth-last" ref={area} {...control(store.session, 'lab.last')}>
          {box && plane && seen && (
            <svg
              viewBox={`0 0 ${box.width} ${box.height}`}
              role="img"
              aria-label={t('depth.last.said', { wrong, points: seen.each.points })}
            >
              <Axes plane={plane} x={ticks([-range, -range / 2, range / 2, range], 2)} y={ticks([-tall, 0, tall], 2)} />
              <path class="depth-cut" d={`M${plane.x(0)} ${plane.top}V${plane.bottom + 4}`} />
              <text class="t12 mid" x={plane.x(0)} y={plane.bottom + 16}>
                0
              </text>
              <MathLabel x={plane.right + 8} y={plane.bottom + 4} tex="\a{a}" anchor="start" />
              {Array.from(seen.over.across, (a, n) => (
                <Mark
                  key={n}
                  x={plane.x(a)}
                  y={plane.y(seen.over.up[n] ?? 0)}
                  one={(seen.each.t[n]?.[0] ?? 0) > 0.5}
                  now={n === seen.point}
                />
              ))}
            </svg>
          )}
        </div>
        <p class="small dim depth-note">{t('depth.last.why')}</p>
      </section>
      <section class="depth-side" aria-label={t('depth.surface')}>
        <div class="depth-head">
          <h2>{t('depth.surface')}</h2>
        </div>
        <Surface store={store} lesson={lesson} />
        <SurfaceLegend />
        {seen && <Nearest lesson={lesson} seen={seen} />}
      </section>
      <Clocks store={store} lesson={lesson} />
      <Facts store={store} lesson={lesson} />
    </>
  );
}

const isOne = (seen: Seen, n: number) => (seen.each.t[n]?.[0] ?? 0) > 0.5;
const wrongOf = (seen: Seen) => Array.from(seen.over.across).filter((a, n) => a > 0 !== isOne(seen, n)).length;
const SHOWN = 3;

/** Those that are nearest to the cut, in numbers. */
function Nearest({ lesson, seen }: { lesson: Lesson; seen: Seen }) {
  const order = Array.from(seen.over.across, (a, n) => ({ a, n })).sort(
    (one, two) => Math.abs(one.a) - Math.abs(two.a),
  );
  return (
    <div class="depth-table">
      <table>
        <caption>{t('depth.last.nearest')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('net.point')}</th>
            <th scope="col">{t('depth.last.class')}</th>
            <th scope="col">
              <M tex="\a{a}" />
            </th>
            <th scope="col">
              <M tex="y" />
            </th>
          </tr>
        </thead>
        <tbody>
          {order.slice(0, SHOWN).map(({ a, n }) => (
            <tr key={n} aria-current={n === seen.point ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="plain-link depth-link"
                  onClick={() => lesson.set({ point: String(n + 1) })}
                >
                  {n + 1}
                </button>
              </th>
              <td>{className(isOne(seen, n))}</td>
              <td>{fixed(a)}</td>
              <td>{fixed(seen.each.y[n]?.[0] ?? Number.NaN)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
