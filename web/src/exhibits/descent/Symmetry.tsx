// All weights of a small net that say the same: a column is a unit, with its weight, its bias and what is made of it.
import { control } from '../../components/control';
import { useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { fixed, niceRange, plain } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { SignLegend } from '../../stage/Legend';
import { useCovered } from './asked';
import type { Descent } from './descent';
import { Frame, useWatch } from './Frame';
import { TRAINED, UNITS } from './lab';
import { Seg } from './Seg';

const ROWS = 3; // weight, bias, weight out

interface Copy {
  numbers: readonly number[]; // row by row
  error: number;
  /** Which of the first's units each of its own is, from 1, below 0 where its signs are turned. */
  from: readonly number[];
}
function copiesOf(descent: Descent): { copies: Copy[]; units: number } | null {
  const known = descent.equivalent.found.value;
  if (!known) return null;
  const { values, shape } = arrayOf(known.study, 'weight');
  const errors = arrayOf(known.study, 'error').values;
  const each = shape[1] ?? 0;
  const units = (each - 1) / ROWS;
  const numbers = (i: number) => Array.from({ length: each }, (_, k) => values[i * each + k] ?? Number.NaN);
  const first = numbers(0);
  const fromOf = (own: readonly number[]) =>
    Array.from({ length: units }, (_, unit) => {
      const same = (of: number, sign: number) =>
        [0, 1, 2].every((row) => own[row * units + unit] === sign * (first[row * units + of] ?? 0));
      for (let of = 0; of < units; of++) for (const sign of [1, -1]) if (same(of, sign)) return sign * (of + 1);
      return Number.NaN;
    });
  const copies = Array.from({ length: shape[0] ?? 0 }, (_, i) => ({
    ...{ numbers: numbers(i), error: errors[i] ?? Number.NaN },
    from: fromOf(numbers(i)),
  }));
  return { copies, units };
}
const said = (from: readonly number[]) => from.map((one) => (one < 0 ? `−${-one}` : `+${one}`)).join(' ');

export function Symmetry({ store, descent }: { store: Store; descent: Descent }) {
  useWatch(descent.equivalent);
  const covered = useCovered(store, descent);
  const theme = useTheme(store.session.theme.value);
  const lab = descent.lab.value;
  const all = descent.equivalent.fresh.value ? copiesOf(descent) : null;
  const range = niceRange(Math.max(0, ...(all?.copies[0]?.numbers.map(Math.abs) ?? [])));
  const now = Number(lab.copy) - 1;
  const chosen = all?.copies[now];
  return (
    <Frame
      store={store}
      descent={descent}
      covered={covered}
      tools={
        <>
          <Seg
            store={store}
            id="units"
            name={t('descent.units')}
            all={UNITS}
            now={lab.units}
            locked={covered}
            set={(units) => descent.edit(t('descent.units'), { units, copy: '1' })}
          />
          <Seg
            store={store}
            id="trained"
            name={t('descent.trained')}
            all={TRAINED}
            now={lab.trained}
            locked={covered}
            set={(trained) => descent.edit(t('descent.trained'), { trained })}
          />
        </>
      }
      figure={
        all && (
          <>
            {!covered && (
              <p class="descent-formula">
                <b>{t('descent.copies', { count: all.copies.length })}</b>{' '}
                <Tex tex={`${all.units}! × 2^{${all.units}} = ${all.copies.length}`} />
              </p>
            )}
            <fieldset
              class="descent-copies"
              aria-label={covered ? t('descent.copy.of', { n: 1 }) : t('descent.copies', { count: all.copies.length })}
              {...control(store.session, 'lab.copies')}
            >
              {all.copies.slice(0, covered ? 1 : undefined).map((copy, i) => (
                <button
                  type="button"
                  key={i}
                  aria-pressed={i === now}
                  aria-label={t('descent.copy', { n: i + 1, from: said(copy.from), E: fixed(copy.error, 4) })}
                  onClick={() => descent.set({ copy: String(i + 1) })}
                >
                  <svg viewBox={`0 0 ${all.units * 12} ${ROWS * 12}`} aria-hidden="true">
                    {copy.numbers.slice(0, -1).map((value, k) => (
                      <rect
                        key={k}
                        x={(k % all.units) * 12}
                        y={Math.floor(k / all.units) * 12}
                        width={11.4}
                        height={11.4}
                        fill={signShade(theme, value, range).fill}
                      />
                    ))}
                  </svg>
                  <span class="num small">E {fixed(copy.error, 4)}</span>
                </button>
              ))}
            </fieldset>
            <p class="descent-legend">
              <SignLegend scale={{ range, was: null, kept: false }} words={t('descent.copies.how')} />
            </p>
          </>
        )
      }
      plots={
        chosen && (
          <section aria-label={t('descent.copy.of', { n: now + 1 })} {...control(store.session, 'lab.copy')}>
            <h2>{t('descent.copy.of', { n: now + 1 })}</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('descent.unit')}</th>
                  {chosen.from.map((_, unit) => (
                    <th scope="col" key={unit}>
                      {unit + 1}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">{t('descent.unit.from')}</th>
                  {chosen.from.map((one, unit) => (
                    <td key={unit}>{said([one])}</td>
                  ))}
                </tr>
                {(['weight', 'bias', 'out'] as const).map((row, k) => (
                  <tr key={row}>
                    <th scope="row">{t(`descent.unit.${row}`)}</th>
                    {chosen.from.map((_, unit) => (
                      <td key={unit}>{plain(chosen.numbers[k * chosen.from.length + unit] ?? Number.NaN, 4)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            <p class="small">
              {t('descent.copy.error', {
                bias: plain(chosen.numbers.at(-1) ?? Number.NaN, 4),
                E: plain(chosen.error, 6),
              })}
            </p>
            <p class="small">{t('descent.copy.why')}</p>
          </section>
        )
      }
      table={
        all && (
          <table>
            <caption>{t('descent.copies', { count: all.copies.length })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('descent.copy.number')}</th>
                <th scope="col">{t('descent.unit.from')}</th>
                <th scope="col">E</th>
              </tr>
            </thead>
            <tbody>
              {all.copies.map((copy, i) => (
                <tr key={i} aria-current={i === now || undefined}>
                  <th scope="row">{i + 1}</th>
                  <td>{said(copy.from)}</td>
                  <td>{plain(copy.error, 6)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    />
  );
}
