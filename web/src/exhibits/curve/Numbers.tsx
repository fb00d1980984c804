// The same as tables: every point with what is computed of it, and the coefficients, by QR and by the normal equations.
import { control } from '../../components/control';
import { plain } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, numbers, rowOf } from './curve';
import { HIGHEST_M } from './lab';
import { doneOf } from './walk';

export function Points({ store, curve }: { store: Store; curve: Curve }) {
  const study = curve.solved.value?.study;
  const walk = curve.walk.value;
  if (!study || !walk) return null;
  const done = (phase: 'y' | 'off' | 'square') => doneOf(walk, phase, curve.step.value);
  const cell = (name: string, i: number, there: boolean) =>
    there ? plain(numbers(study, name)[i] ?? Number.NaN) : '·';
  return (
    <table class="curve-points" {...control(store.session, 'lab.points')}>
      <caption>{t('curve.table')}</caption>
      <thead>
        <tr>
          {['n', 'x', 't', 'y', 'y - t', '(y - t)^{2}'].map((tex) => (
            <th scope="col" key={tex}>
              <Tex tex={tex} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {curve.points.value.map((_, i) => (
          <tr key={i} aria-current={i === curve.point.value ? 'true' : undefined}>
            <th scope="row">{i + 1}</th>
            <td>{cell('x', i, true)}</td>
            <td>{cell('t', i, true)}</td>
            <td>{cell('y', i, done('y') > i)}</td>
            <td>{cell('off', i, done('off') > i)}</td>
            <td>{cell('square', i, done('square') > i)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of the fit on screen, as far as they are solved for. */
export function Coefficients({ store, curve }: { store: Store; curve: Curve }) {
  const study = curve.solved.value?.study;
  const walk = curve.walk.value;
  if (!study || !walk) return null;
  const w = Array.from(numbers(study, 'w'));
  const done = doneOf(walk, 'back', curve.step.value);
  const length = Math.sqrt(w.reduce((sum, one) => sum + one * one, 0));
  return (
    <section aria-label={t('curve.weights')} {...control(store.session, 'lab.weights')}>
      <h3>{t('curve.weights')}</h3>
      <dl class="curve-numbers">
        {[
          ...w.map((value, j) => ({ tex: `\\p{w}_{${j}}`, value, there: w.length - j <= done })),
          { tex: '‖\\p{w}‖', value: length, there: done === w.length },
        ].map(({ tex, value, there }) => (
          <div key={tex}>
            <dt>
              <Tex tex={tex} />
            </dt>
            <dd class="num">{there ? plain(value) : '·'}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Without a penalty, both ways to the same numbers: how many digits of the second are the first's. */
export function TwoWays({ store, curve }: { store: Store; curve: Curve }) {
  const study = curve.every.found.value?.study;
  const M = Number(curve.now.m);
  if (!study) return null;
  const of = (name: string) => rowOf(numbers(study, name), M, HIGHEST_M + 1);
  const [byQR, normal] = [of('w'), of('w_normal_equations')];
  const rows = Array.from({ length: M + 1 }, (_, j) => ({ j, a: byQR[j] ?? Number.NaN, b: normal[j] ?? Number.NaN }));
  const digits = (a: number, b: number) =>
    Number.isNaN(b) ? 0 : a === b ? 16 : Math.max(0, Math.min(16, Math.floor(-Math.log10(Math.abs((a - b) / a)))));
  return (
    <table class="curve-ways" {...control(store.session, 'lab.ways')}>
      <caption>{t('curve.ways', { M })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('curve.qr')}</th>
          <th scope="col">{t('curve.normal')}</th>
          <th scope="col">{t('curve.digits')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ j, a, b }) => (
          <tr key={j}>
            <th scope="row">
              <Tex tex={`\\p{w}_{${j}}`} />
            </th>
            <td>{plain(a)}</td>
            <td>{plain(b)}</td>
            <td>{digits(a, b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
