// A bag of words: a weight a word, how often it stands in each sentence, and the sums.
import { control } from '../../components/control';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { chanceOf, type Read } from './nets';

const valuesOf = (read: Read, path: string): Float32Array => {
  const node = read.schema.nodes.find((one) => one.path === path);
  return (node ? read.tape.values[node.id] : new Float32Array()) as Float32Array;
};
const MARKS = 2; // tokens before the first word

export function Bag({ store, reads, hide }: { store: Store; reads: [Read, Read]; hide: boolean }) {
  const [one] = reads;
  const weights = valuesOf(one, 'W_1');
  const counts = reads.map((read) => valuesOf(read, 'x'));
  const sums = reads.map((read) => valuesOf(read, 'a')[0] ?? Number.NaN);
  const words = Array.from(weights, (weight, i) => ({ i, weight, text: one.vocabulary[i + MARKS] ?? '' })).filter(
    ({ i }) => counts.some((count) => (count[i] ?? 0) > 0),
  );
  return (
    <div class="tasks-bag" {...control(store.session, 'lab.bag')}>
      <table>
        <caption>{t('tasks.bag')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tasks.bag.word')}</th>
            <th scope="col">{t('tasks.bag.weight')}</th>
            <th scope="col">{t('tasks.bag.above')}</th>
            <th scope="col">{t('tasks.bag.below')}</th>
          </tr>
        </thead>
        <tbody>
          {words.map(({ i, weight, text }) => (
            <tr key={i}>
              <th scope="row" class="mono">
                {text}
              </th>
              <td>{fixed(weight, 2)}</td>
              <td>{counts[0]?.[i]}</td>
              <td>{counts[1]?.[i]}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('tasks.bag.sum', { bias: fixed(valuesOf(one, 'b_1')[0] ?? Number.NaN, 2) })}</th>
            <td />
            {sums.map((sum, k) => (
              <td key={k}>
                <b>{hide ? '?' : fixed(sum, 2)}</b>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('tasks.apart.chance')}</th>
            <td />
            {reads.map((read, k) => (
              <td key={k}>
                <b>{hide ? '?' : fixed(chanceOf(read), 3)}</b>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
