// A net with far more weights than points on the same points, beside the polynomial that has one for each.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed, plain, whole } from '../../draw/format';
import { Axes, Within } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Chart } from './Chart';
import { type Curve, number, numbers, rowOf } from './curve';
import { Frame, useCovered, useWatch } from './Frame';
import { ACROSS, MARGINS, upright, Wave, X, Y } from './Plot';

export function Net({ store, curve }: { store: Store; curve: Curve }) {
  const covered = useCovered(store, curve);
  useWatch(curve.wide);
  useWatch(curve.nine);
  useWatch(curve.every);
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const points = curve.points.value;
  const net = curve.wide.found.value?.study;
  const nine = curve.nine.found.value?.study;
  const every = curve.every.found.value?.study;
  const updates = net ? Array.from(numbers(net, 'update')) : [0];
  const record = Math.max(
    0,
    updates.findLastIndex((one) => one <= Number(curve.now.net)),
  );
  const update = updates[record] ?? 0;
  const plane = box && points.length > 0 && planeOf(box, ACROSS, upright(points), MARGINS);
  const weights = net ? number(net, 'weights') : 0;
  const rows = [
    { name: t('curve.polynomial', { M: 3 }), weights: 4, test: every && numbers(every, 'test')[3] },
    { name: t('curve.polynomial', { M: 9 }), weights: 10, test: every && numbers(every, 'test')[9] },
    { name: t('curve.net', { weights }), weights, test: net && numbers(net, 'test')[record] },
  ];
  return (
    <Frame
      store={store}
      curve={curve}
      covered={covered}
      figure={
        <>
          <div class="plane plot-area" ref={area}>
            {box && plane && (
              <svg
                viewBox={`0 0 ${box.width} ${box.height}`}
                role="img"
                aria-label={t('curve.net.figure', { weights })}
              >
                <Axes plane={plane} x={X} y={Y} names={{ x: 'x', y: 't' }} />
                <Within plane={plane}>
                  <Wave plane={plane} />
                  {nine && <path class="curve-nine" d={pathOf(plane, numbers(nine, 'place'), numbers(nine, 'line'))} />}
                  {net && (
                    <path
                      class="fit"
                      d={pathOf(
                        plane,
                        numbers(net, 'place'),
                        rowOf(numbers(net, 'line'), record, numbers(net, 'place').length),
                      )}
                    />
                  )}
                </Within>
                {points.map(({ x, t: y }, i) => (
                  <circle key={i} class="curve-ring" cx={plane.x(x)} cy={plane.y(y)} r={5} />
                ))}
                <text class="t12 t2" x={plane.left + 24} y={plane.top - 6}>
                  {t('curve.net.key')}
                </text>
              </svg>
            )}
          </div>
          <label class="curve-net-clock" {...control(store.session, 'lab.net')}>
            <b>{t('clock.update')}</b>
            <input
              type="range"
              min={0}
              max={Math.max(1, updates.length - 1)}
              value={record}
              disabled={!net}
              aria-valuetext={t('curve.descent.at', { update: whole(update) })}
              onInput={(event) => curve.set({ net: String(updates[Number(event.currentTarget.value)] ?? 0) })}
            />
            <output class="num">{whole(update)}</output>
          </label>
          <table class="curve-compare" {...control(store.session, 'lab.compare')}>
            <caption class="sr">{t('curve.compare')}</caption>
            <thead>
              <tr>
                <td />
                <th scope="col">{t('curve.compare.weights')}</th>
                <th scope="col">{t('curve.compare.share')}</th>
                <th scope="col">{t('curve.compare.test')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, weights, test }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{weights}</td>
                  <td>{plain(curve.count.value / Math.max(1, weights))}</td>
                  <td>{covered || test === undefined ? '·' : fixed(test)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      }
      plots={
        <>
          <Chart store={store} curve={curve} />
          <p class="small">{t('curve.net.why')}</p>
        </>
      }
    />
  );
}
