// The point that is looked at: its square with the numbers it is made of; all squares to scale, and what they add up to.
import { control } from '../../components/control';
import { Words } from '../../components/Words';
import { useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, number, numbers } from './curve';
import { doneOf } from './walk';

const HEIGHT = 34; // of the largest square

export function One({ store, curve }: { store: Store; curve: Curve }) {
  const theme = useTheme(store.session.theme.value);
  const study = curve.solved.value?.study;
  const walk = curve.walk.value;
  if (!study || !walk) return null;
  const n = curve.point.value;
  const step = curve.step.value;
  const done = (phase: 'row' | 'y' | 'off' | 'square' | 'sum') => doneOf(walk, phase, step);
  const of = (name: string, there: boolean) => (there ? plain(numbers(study, name)[n] ?? Number.NaN) : '·');
  const rows = [
    { tex: `x_{${n + 1}}`, value: of('x', true) },
    { tex: `y(x_{${n + 1}}, \\p{w})`, value: of('y', done('y') > n) },
    { tex: `t_{${n + 1}}`, value: of('t', true) },
    { tex: `y - t`, value: of('off', done('off') > n) },
    { tex: `(y - t)^{2}`, value: of('square', done('square') > n) },
  ];
  const off = numbers(study, 'off');
  const count = off.length;
  const most = Math.max(1e-12, ...Array.from(off, Math.abs));
  const each = 320 / count;
  const scale = Math.min(HEIGHT, each - 1) / most;
  const squares = done('square');
  return (
    <section class="curve-one" aria-label={t('curve.one', { n: n + 1 })} {...control(store.session, 'lab.point')}>
      <h3>{t('curve.one', { n: n + 1 })}</h3>
      <dl class="curve-numbers">
        {rows.map(({ tex, value }) => (
          <div key={tex}>
            <dt>
              <M tex={tex} />
            </dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
      <svg
        viewBox={`0 0 320 ${HEIGHT + 18}`}
        class="curve-squares"
        role="img"
        aria-label={t('curve.squares', { N: count })}
      >
        {Array.from({ length: count }, (_, i) => {
          const side = Math.abs(off[i] ?? 0) * scale;
          const x = (i + 0.5) * each - side / 2;
          const shade = signShade(theme, off[i] ?? 0, Math.max(0.5, most));
          return (
            <g key={i}>
              {i < squares && (
                <rect
                  class={i === n ? 'square now' : 'square'}
                  x={x}
                  y={HEIGHT + 1 - side}
                  width={side}
                  height={side}
                  style={{ fill: shade.fill }}
                />
              )}
              {(count <= 16 || i === n) && (
                <text class={`t12 mid num${i === n ? ' b' : ' t2'}`} x={(i + 0.5) * each} y={HEIGHT + 14}>
                  {i + 1}
                </text>
              )}
            </g>
          );
        })}
        <path class="l-edge" d={`M0 ${HEIGHT + 1}H320`} />
      </svg>
      <p class="small">
        {done('sum') === 1 ? (
          <Words>
            {t('curve.sum', {
              N: count,
              E: plain(number(study, 'squares') / 2),
              rms: plain(number(study, 'rms')),
            })}
          </Words>
        ) : (
          t('curve.sum.later')
        )}
      </p>
    </section>
  );
}
