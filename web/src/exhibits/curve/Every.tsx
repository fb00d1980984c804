// The same points by four degrees, and their coefficients: the length of a bar is their size, on a logarithmic scale.
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { fixed, whole } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Chart } from './Chart';
import { type Curve, number, numbers } from './curve';
import { Frame, useCovered, useWatch } from './Frame';
import { HIGHEST_M } from './lab';
import { TwoWays } from './Numbers';
import { Small } from './Small';

const LARGEST = 7; // decades of a coefficient that a bar has room for
/** A hundredth has no length, ten million the whole. */
const share = (value: number) =>
  Math.max(0.02, Math.min(1, (2 + Math.log10(Math.max(1e-9, Math.abs(value)))) / (LARGEST + 2)));

/** Large ones without digits after the point. */
const short = (value: number) => (Math.abs(value) >= 1000 ? whole(value) : fixed(value));

export function Every({ store, curve }: { store: Store; curve: Curve }) {
  const covered = useCovered(store, curve);
  useWatch(curve.every);
  const { some } = curve;
  useEffect(() => {
    const off = some.map((one) => one.watch());
    return () => {
      for (const one of off) one();
    };
  }, [some]);
  const M = Number(curve.now.m);
  return (
    <Frame
      store={store}
      curve={curve}
      covered={covered}
      figure={
        <div class="curve-every" {...control(store.session, 'lab.every')}>
          {some.map(({ degree, found }) => {
            const study = found.value?.study;
            const w = study ? numbers(study, 'w') : [];
            return (
              <section key={degree} aria-label={`M = ${degree}`}>
                <h3>
                  <Tex tex={`M = ${degree}`} />
                </h3>
                <Small
                  label={t('curve.small', { M: degree })}
                  points={curve.points.value}
                  now={degree === M}
                  {...(study && { line: { xs: numbers(study, 'place'), ys: numbers(study, 'line') } })}
                />
                <p class="curve-errors small">
                  <span>
                    {t('curve.train')} <b class="num">{covered || !study ? '·' : fixed(number(study, 'rms'))}</b>
                  </span>
                  <span>
                    {t('curve.test')} <b class="num">{covered || !study ? '·' : fixed(number(study, 'test_rms'))}</b>
                  </span>
                </p>
                <table class="curve-bars">
                  <caption class="sr">{t('curve.bars', { M: degree })}</caption>
                  <tbody>
                    {Array.from({ length: HIGHEST_M + 1 }, (_, j) => (
                      <tr key={j}>
                        <th scope="row">
                          <Tex tex={`\\p{w}_{${j}}`} />
                        </th>
                        {j <= degree && study ? (
                          <td>
                            <i
                              class={(w[j] ?? 0) < 0 ? 'minus' : 'plus'}
                              style={{ width: `${(38 * share(w[j] ?? 0)).toFixed(1)}%` }}
                            />
                            <span class="num">{short(w[j] ?? Number.NaN)}</span>
                          </td>
                        ) : (
                          <td />
                        )}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            );
          })}
          <p class="curve-key small dim">
            <i class="minus" /> {t('curve.negative')} <i class="plus" /> {t('curve.positive')} · {t('curve.bars.scale')}
          </p>
        </div>
      }
      plots={
        <>
          <Chart store={store} curve={curve} />
          <TwoWays store={store} curve={curve} />
        </>
      }
    />
  );
}
