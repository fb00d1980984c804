// What the net answers beside what a simple way does, and how often either errs on sequences that it never met.
import { control } from '../../components/control';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Walked } from '../taped';
import { type Lesson, type Simple, valuesOf } from './lesson';

interface AnswersProps {
  store: Store;
  lesson: Lesson;
  walked: Walked | null;
  simple: Simple | null;
  errors: { error: number; step: number } | null;
}
export function Answers({ store, lesson, walked, simple, errors }: AnswersProps) {
  const task = lesson.task.value;
  return (
    <>
      <div {...control(store.session, 'lab.answer')}>
        <h2>{t(`elsewhere.answer.${task}`)}</h2>
        {walked &&
          simple &&
          (task === 'days' ? <Sold {...{ walked, simple }} /> : <Classes {...{ lesson, walked, simple }} />)}
      </div>
      <div {...control(store.session, 'lab.errors')}>
        <h2>{t('elsewhere.errors')}</h2>
        {errors && simple && (
          <table data-update={errors.step}>
            <tbody>
              <tr>
                <th scope="row">{t('elsewhere.way.net')}</th>
                <td>{fixed(errors.error, 3)}</td>
              </tr>
              {simple.errors.map((error, i) => (
                <tr key={i}>
                  <th scope="row">{t(wayOf(task, i))}</th>
                  <td>{fixed(error, 3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p class="small">{t(`elsewhere.errors.${task}`)}</p>
      </div>
    </>
  );
}

const wayOf = (task: string, i: number) =>
  task === 'protein'
    ? 'elsewhere.way.composition'
    : task === 'digits'
      ? 'elsewhere.way.picture'
      : i === 0
        ? 'elsewhere.way.yesterday'
        : 'elsewhere.way.week';

/** The likeliest first of the net's, the nearest of the simple way's: the row of either in strong figures. */
function Classes({ lesson, walked, simple }: { lesson: Lesson; walked: Walked; simple: Simple }) {
  const said = valuesOf(walked, 'y_hat');
  const best = said.indexOf(Math.max(...said));
  const protein = lesson.task.value === 'protein';
  const name = (c: number) => (protein ? t(c === 0 ? 'elsewhere.class.start' : 'elsewhere.class.end') : String(c));
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('elsewhere.class')}</th>
            <th scope="col">{t('elsewhere.way.net')}</th>
            <th scope="col">{t('elsewhere.distance')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from(said, (share, c) => (
            <tr key={c} aria-current={c === best ? 'true' : undefined}>
              <th scope="row">{name(c)}</th>
              <td>{fixed(share, 3)}</td>
              <td class={c === simple.said[0] ? 'nearest' : ''}>
                {fixed(simple.distances[c] ?? Number.NaN, protein ? 4 : 2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">
        {t('elsewhere.truth', { net: name(best), simple: name(simple.said[0] ?? 0), truth: name(simple.truth) })}
      </p>
    </>
  );
}

function Sold({ walked, simple }: { walked: Walked; simple: Simple }) {
  const rows = [
    ['elsewhere.way.came', simple.truth],
    ['elsewhere.way.net', valuesOf(walked, 'y_hat')[0] ?? Number.NaN],
    ['elsewhere.way.yesterday', simple.said[0] ?? Number.NaN],
    ['elsewhere.way.week', simple.said[1] ?? Number.NaN],
  ] as const;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('elsewhere.way')}</th>
          <th scope="col">{t('elsewhere.sold')}</th>
          <th scope="col">{t('elsewhere.off')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([way, value], i) => (
          <tr key={way}>
            <th scope="row">
              <i class={`elsewhere-key ${way.split('.').at(-1)}`} aria-hidden="true" />
              {t(way)}
            </th>
            <td>{fixed(value)}</td>
            <td>{i === 0 ? '·' : fixed(Math.abs(value - simple.truth))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
