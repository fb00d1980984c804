// One sequence that neither net has seen, and what each answers.
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Task } from './contest';
import type { Answer, Experiment } from './experiment';

interface SequenceProps {
  experiment: Experiment;
  task: Task;
  onNext: () => void;
}

export function Sequence({ experiment, task, onNext }: SequenceProps) {
  const example = experiment.example.value;
  const vocabulary = experiment.race.lanes[0]?.run.value?.vocabulary ?? [];
  return (
    <section class="lstm-sequence" aria-label={t('lstm.example')}>
      <div class="lstm-example">
        <h3>{t('lstm.example')}</h3>
        <button type="button" class="btn low" onClick={onNext}>
          {t('lstm.example.next')}
        </button>
      </div>
      {example &&
        (task === 'remember' ? (
          <Remember text={example.text} answers={example.answers} vocabulary={vocabulary} />
        ) : (
          <Add text={example.text} answers={example.answers} />
        ))}
    </section>
  );
}

/** The symbols in the order read, the first framed; a bar for each symbol that could be the answer. */
function Remember({ text, answers, vocabulary }: { text: string; answers: Answer[]; vocabulary: string[] }) {
  const [first = '', ...rest] = [...text];
  const symbols = vocabulary.flatMap((symbol, token) => ([...symbol].length === 1 ? [{ symbol, token }] : []));
  return (
    <>
      <p class="mono lstm-read">
        <b>{first}</b>
        {rest.join('')}
      </p>
      <p class="small dim">{t('lstm.example.remember', { count: rest.length })}</p>
      <table class="lstm-answers">
        <thead>
          <tr>
            <th scope="col">{t('lstm.symbol')}</th>
            <th scope="col">{t('lstm.lstm.short')}</th>
            <th scope="col">{t('lstm.rnn.short')}</th>
          </tr>
        </thead>
        <tbody>
          {symbols.map(({ symbol, token }) => (
            <tr key={symbol} class={symbol === first ? 'right' : ''}>
              <th scope="row">
                <span class="mono">{symbol}</span> {symbol === first && t('lstm.right')}
              </th>
              {answers.map((answer, lane) => {
                const p = typeof answer === 'number' ? 0 : (answer[token] ?? 0);
                return (
                  <td key={lane}>
                    <i style={{ width: `${(p * 60).toFixed(1)}%` }} />
                    <span class="num">{fixed(p, 3)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The numbers in the order read, the two that are to be added framed. */
function Add({ text, answers }: { text: string; answers: Answer[] }) {
  const numbers = text.split(' ').map((one) => ({ marked: one.startsWith('*'), value: Number(one.replace('*', '')) }));
  const marked = numbers.filter((one) => one.marked).map((one) => one.value);
  const sum = marked.reduce((total, value) => total + value, 0);
  const said = (answer: Answer | undefined) => (typeof answer === 'number' ? fixed(answer, 3) : '');
  return (
    <>
      <p class="lstm-read small num">
        {numbers.map((one, i) => (one.marked ? <b key={i}>{fixed(one.value, 2)} </b> : `${fixed(one.value, 2)} `))}
      </p>
      <p class="small dim">{t('lstm.example.adding', { count: numbers.length })}</p>
      <table class="lstm-answers">
        <tbody>
          <tr class="right">
            <th scope="row">
              {marked.map((value) => fixed(value, 3)).join(' + ')} {t('lstm.right')}
            </th>
            <td class="num">{fixed(sum, 3)}</td>
          </tr>
          <tr>
            <th scope="row">{t('lstm.lstm.short')}</th>
            <td class="num">{said(answers[0])}</td>
          </tr>
          <tr>
            <th scope="row">{t('lstm.rnn.short')}</th>
            <td class="num">{said(answers[1])}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
