// Where the surface stands still next to the present weights: its Hessian, and how it bends along both eigenvectors.
import { control } from '../../components/control';
import { plain } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Descent, nearest, type Still } from './descent';
import { present } from './Update';

export function Bends({ store, descent }: { store: Store; descent: Descent }) {
  const ground = descent.ground.value;
  const now = present(descent);
  const of = ground && now && nearest(ground.still, now.path.at(Number(now.lab.update)));
  return of ? <Hessian store={store} of={of} /> : null;
}

interface HessianProps {
  store: Pick<Store, 'session'>;
  of: Still;
  names?: readonly [string, string];
}
export function Hessian({ store, of, names = ['\\p{w}_1', '\\p{w}_2'] }: HessianProps) {
  const number = (value: number) => plain(value, 2);
  const most = Math.max(...of.eigenvalues.map(Math.abs));
  return (
    <section class="descent-bends" aria-label={t('descent.bends')} {...control(store.session, 'lab.bends')}>
      <h2>{t(`descent.bends.${of.kind}`)}</h2>
      <p class="small dim">
        <Tex tex={names[0]} /> <span class="num">{number(of.at[0])}</span>, <Tex tex={names[1]} />{' '}
        <span class="num">{number(of.at[1])}</span>, E <span class="num">{plain(of.error)}</span>
      </p>
      <div class="descent-hessian">
        <table>
          <caption>
            <Tex tex="H = ∇∇E" />
          </caption>
          <tbody>
            {[0, 1].map((row) => (
              <tr key={row}>
                {[0, 1].map((column) => (
                  <td key={column}>{number(of.hessian[2 * row + column] ?? Number.NaN)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {[1, 0].map((k) => {
          const value = of.eigenvalues[k] ?? Number.NaN;
          const d = of.directions[k];
          return (
            <figure key={k}>
              <figcaption>
                <Tex tex={`λ_${2 - k}`} /> <b class="num">= {number(value)}</b>
              </figcaption>
              <Bend value={value} most={most} />
              <span class="small dim num">
                {t('descent.along', { a: number(d?.[0] ?? Number.NaN), b: number(d?.[1] ?? Number.NaN) })}
              </span>
            </figure>
          );
        })}
      </div>
    </section>
  );
}

/** ½ λ s² on either side, both on one scale. */
function Bend({ value, most }: { value: number; most: number }) {
  const [wide, high] = [96, 56];
  const bottom = value > 0 ? high - 6 : 6;
  const y = (s: number) => bottom - (value / most) * s * s * (high - 12);
  const line = Array.from({ length: 25 }, (_, i) => i / 12 - 1).map(
    (s, i) => `${i ? 'L' : 'M'}${(wide / 2 + s * (wide / 2 - 4)).toFixed(1)} ${y(s).toFixed(1)}`,
  );
  return (
    <svg
      viewBox={`0 0 ${wide} ${high}`}
      role="img"
      aria-label={t(value > 0 ? 'descent.bend.up' : 'descent.bend.down', { value: plain(value, 2) })}
    >
      <path class="l-rule" d={`M0 ${bottom}H${wide}`} />
      <path class={value > 0 ? 'descent-bend' : 'descent-bend down'} d={line.join('')} />
      <circle class="f-ink" cx={wide / 2} cy={bottom} r={3} />
    </svg>
  );
}
