// The letters that may come next, each with its numbers as far as they are computed.
import { fixed } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import { after, MOMENTS, type Moment } from './lab';
import { letterOf } from './letters';
import type { Candidate } from './writer';

const LIKELIEST = 10;

/** The candidates, the likeliest first, each column as far as the clock has come. */
export function Candidates({
  candidates,
  moments,
  drawn,
  all,
  temperature,
  update,
}: {
  candidates: Candidate[];
  moments: number;
  drawn: number;
  all: boolean;
  temperature: number;
  update: number;
}) {
  const is = (moment: Moment) => moments >= after(moment);
  const few = candidates.filter(({ token }, rank) => all || rank < LIKELIEST || (is('draw') && token === drawn));
  const rest = candidates.filter((one) => !few.includes(one));
  const sum = rest.reduce((total, { warmed }) => total + warmed, 0);
  const gone = ({ cut }: Candidate) => (cut === 'k' && is('k')) || (cut === 'p' && is('p'));
  const now = MOMENTS[moments - 1];
  const heads: { moment: Moment; tex?: string; words?: string }[] = [
    { moment: 'logits', tex: '\\a{s}' },
    { moment: 'divided', tex: `\\a{s}/${temperature === 0 ? 0 : fixed(temperature, temperature < 0.1 ? 2 : 1)}` },
    { moment: 'warmed', tex: '\\a{p}' },
    { moment: 'left', words: t('gpt.kept') },
    { moment: 'draw', words: t('gpt.to') },
  ];
  const number = (value: number, digits: number) => (Number.isFinite(value) ? fixed(value, digits) : '–');
  return (
    <table class="gpt-candidates" data-update={update}>
      <caption class="sr">{t('gpt.candidates')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('gpt.letter')}</th>
          {heads.map(({ moment, tex, words }) => (
            <th scope="col" key={moment} class={now === moment ? 'is-now' : ''}>
              {tex ? <M tex={tex} /> : words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {few.map((one, i) => {
          const cut = gone(one);
          const first = cut && !(few[i - 1] && gone(few[i - 1] as Candidate));
          return (
            <tr
              key={one.token}
              class={[is('draw') && one.token === drawn && 'is-picked', cut && 'is-cut', first && 'is-first']
                .filter(Boolean)
                .join(' ')}
            >
              <th scope="row">{letterOf(one.name)}</th>
              <td>{is('logits') ? number(one.logit, 2) : ''}</td>
              <td>{is('divided') ? number(one.divided, 2) : ''}</td>
              <td class="gpt-p">
                {is('warmed') && <i style={{ width: `${(one.warmed * 100).toFixed(1)}%` }} aria-hidden="true" />}
                <span>{is('warmed') ? fixed(one.warmed, 3) : ''}</span>
              </td>
              <td>{cut ? '–' : is('left') ? fixed(one.left, 3) : ''}</td>
              <td>{cut || !is('draw') ? '' : fixed(one.to, 3)}</td>
            </tr>
          );
        })}
        {rest.length > 0 && (
          <tr class="gpt-rest">
            <th scope="row" colSpan={3}>
              {t('gpt.rest', { count: rest.length })}
            </th>
            <td>{is('warmed') ? fixed(sum, 3) : ''}</td>
            <td colSpan={2} />
          </tr>
        )}
      </tbody>
    </table>
  );
}
