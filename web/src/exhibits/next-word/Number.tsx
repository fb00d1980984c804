// Beside the chain: the operation that was done last with its numbers, or the row of counts it is from.
import { fixed, plain, whole } from '../../draw/format';
import { t } from '../../i18n';
import { type Chain, ranked } from './counted';
import type { Counting } from './counting';
import { atOf } from './lab';
import { letterOf } from './Parts';

interface Props {
  counting: Counting;
  chain: Chain;
}
const FEW = 8;

const contextOf = (chain: Chain, step: number, seen: number) =>
  `${'-'.repeat(seen)}${chain.text.slice(0, step)}`.slice(step);

function useAt({ counting, chain }: Props) {
  const lab = counting.lab.value;
  const at = counting.covered.value === null ? atOf({ ...lab, name: chain.text }) : null;
  const order = at?.order ?? Number(lab.seen) + 1;
  const step = at?.t ?? 0;
  const i = chain.at(order, step);
  const token = chain.came[step] ?? 0;
  return { lab, at, order, step, i, token, letter: letterOf(chain, token), context: contextOf(chain, step, order - 1) };
}

export function NumberSide(props: Props) {
  const { counting, chain } = props;
  const { lab, at, order, step, i, token, letter, context } = useAt(props);
  if (!at)
    return <p class="small dim">{t(counting.covered.value === null ? 'next-word.begin' : 'next-word.covered')}</p>;
  const { count } = chain.row(order, step);
  const shorter = chain.row(order - 1, step).p[token] ?? 0;
  const of = { n: whole(count[token] ?? 0), all: whole(chain.total[i] ?? 0), k: lab.smoothing, letter, context };
  const filled = { ...of, shorter: plain(shorter, 4), p: plain(chain.chosen[i] ?? 0, 4) };
  const [log, sum] = [chain.logP[i] ?? 0, chain.sum[i] ?? 0];
  const before = step > 0 ? (chain.sum[chain.at(order, step - 1)] ?? 0) : 0;
  return (
    <>
      <h3>{t('next-word.guess', { letter })}</h3>
      {at.what === 'mix' && (
        <>
          <p class="small">
            {t(order === 1 ? 'next-word.met.all' : chain.total[i] ? 'next-word.met' : 'next-word.met.never', of)}
          </p>
          <p class="small">{order === 1 ? t('next-word.mix.first', of) : t('next-word.mix', of)}</p>
          <p class="num nw-how">{t('next-word.mix.how', filled)}</p>
        </>
      )}
      {at.what === 'log' && (
        <p class="num nw-how">{t('next-word.log.how', { p: plain(chain.chosen[i] ?? 0, 4), log: fixed(log, 3) })}</p>
      )}
      {at.what === 'add' && (
        <>
          <p class="num nw-how">
            {t('next-word.add.how', { before: fixed(before, 3), log: fixed(log, 3), sum: fixed(sum, 3) })}
          </p>
          <p class="small">{t('next-word.perplexity.is', { letters: step + 1 })}</p>
          <p class="num nw-how">
            {t('next-word.perplexity.how', {
              sum: fixed(sum, 3),
              letters: step + 1,
              perplexity: fixed(chain.perplexity[i] ?? 0, 2),
            })}
          </p>
        </>
      )}
      <Row counting={counting} chain={chain} few />
    </>
  );
}

export const RowSide = (props: Props) => {
  const { at } = useAt(props);
  return at ? (
    <Row {...props} />
  ) : (
    <p class="small dim">{t(props.counting.covered.value === null ? 'next-word.begin' : 'next-word.covered')}</p>
  );
};

/** What came after the context, and what that says of each letter: the likeliest first. */
function Row({ counting, chain, few = false }: Props & { few?: boolean }) {
  const { order, step, i, token, context } = useAt({ counting, chain });
  const { count, p } = chain.row(order, step);
  const shorter = chain.row(order - 1, step).p;
  const all = ranked(p);
  const shown = few ? all.slice(0, FEW) : all;
  if (!shown.includes(token)) shown.push(token);
  return (
    <table class="nw-row">
      <caption>{order === 1 ? t('next-word.counts.all') : t('next-word.counts', { context })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('next-word.counts.letter')}</th>
          <th scope="col">{t('next-word.counts.n')}</th>
          <th scope="col">
            {order === 1 ? t('next-word.counts.equal') : t('next-word.counts.shorter', { seen: order - 2 })}
          </th>
          <th scope="col">{t('next-word.counts.p')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one} aria-current={one === token ? 'true' : undefined}>
            <th scope="row">{letterOf(chain, one)}</th>
            <td>{whole(count[one] ?? 0)}</td>
            <td>{plain(shorter[one] ?? 0, 4)}</td>
            <td>{plain(p[one] ?? 0, 4)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('next-word.counts.sum')}</th>
          <td>{whole(chain.total[i] ?? 0)}</td>
          <td>{fixed(sumOf(shorter), 3)}</td>
          <td>{fixed(sumOf(p), 3)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
const sumOf = (row: ArrayLike<number>) => Array.from(row).reduce((sum, one) => sum + one, 0);
