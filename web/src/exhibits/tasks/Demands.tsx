// Four demands on a sequence model, each with two sentences that a simpler model cannot both get right.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import { useNets, useOwn, useThere } from './lesson';
import { chanceOf } from './nets';

/** The sentences: one praises, the other blames. */
const DEMANDS = [
  {
    id: 'length',
    weights: 'sentiment-first',
    texts: [
      'they said the room was really bad , but it was good .',
      'they said the room was really good , but it was bad .',
    ],
  },
  {
    id: 'far',
    weights: 'sentiment-last',
    texts: ['the food was good , not bad at all .', 'the food was bad , not good at all .'],
  },
  {
    id: 'order',
    weights: 'sentiment-bag',
    texts: ['the film was not dull , it was lovely .', 'the film was not lovely , it was dull .'],
  },
  { id: 'sharing', weights: 'sentiment-first', texts: ['fine song .', 'dull song .'] },
] as const;
const TEXTS = DEMANDS.flatMap(({ texts }) => texts);

export function Demands({ store }: { store: Store }) {
  const nets = useNets(store);
  const own = useOwn(store, TEXTS);
  const simple = useSignal<number[]>([]);
  useEffect(() => {
    let alive = true;
    Promise.all(DEMANDS.flatMap(({ weights, texts }) => texts.map((text) => nets.read(weights, text)))).then(
      (all) => {
        if (alive) simple.value = all.map(chanceOf);
      },
      () => undefined, // the view closes before it came
    );
    return () => {
      alive = false;
    };
  }, [nets]);
  const said = own.now.value?.map(chanceOf) ?? [];
  useThere(store, said.length > 0 && simple.value.length > 0);
  const number = (value: number | undefined) => (value === undefined ? '·' : fixed(value, 3));
  return (
    <>
      <Problem of={own.problem.value} />
      <section class="tasks-demands" aria-label={t('tasks.demands')} {...control(store.session, 'lab.demands')}>
        <table data-update={store.session.step.value}>
          <caption class="small">{t('tasks.demands.about')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('tasks.demands.what')}</th>
              <th scope="col">{t('tasks.demands.sentence')}</th>
              <th scope="col">{t('tasks.demands.simple')}</th>
              <th scope="col">{t('tasks.demands.net')}</th>
            </tr>
          </thead>
          {DEMANDS.map(({ id, texts }, i) => (
            <tbody key={id}>
              {texts.map((text, k) => (
                <tr key={text}>
                  {k === 0 && (
                    <th scope="rowgroup" rowSpan={2}>
                      <b>{t(`tasks.demands.${id}`)}</b>
                      <span class="small">{t(`tasks.demands.${id}.how`)}</span>
                    </th>
                  )}
                  <td class="text">{text}</td>
                  <td class="num">{number(simple.value[2 * i + k])}</td>
                  <td class="num">
                    <b>{number(said[2 * i + k])}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <Clocks store={store} clocks={[]} />
    </>
  );
}
