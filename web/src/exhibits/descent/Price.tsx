// What the bottom of a quadratic costs with gradients and without, and one gradient both ways: counted.
import { control } from '../../components/control';
import { whole } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { useCovered } from './asked';
import { Chart } from './Chart';
import type { Descent } from './descent';
import { Frame, useWatch } from './Frame';

interface Counted {
  weights: number[];
  of(name: string, way: 0 | 1): number[];
}
function countedOf(descent: Descent): Counted | null {
  const study = descent.price.found.value?.study;
  if (!study) return null;
  const weights = Array.from(arrayOf(study, 'weights').values);
  return {
    weights,
    of: (name, way) => Array.from(arrayOf(study, name).values).slice(way * weights.length, (way + 1) * weights.length),
  };
}

export function Price({ store, descent }: { store: Store; descent: Descent }) {
  useWatch(descent.price);
  const covered = useCovered(store, descent);
  const counted = countedOf(descent);
  return (
    <Frame
      store={store}
      descent={descent}
      covered={covered}
      tools={
        <p class="descent-formula">
          <Tex tex="E = ½ \p{w}^{T} H \p{w} - b^{T} \p{w}" /> <span class="small dim">{t('descent.price.what')}</span>
        </p>
      }
      figure={
        covered ? (
          <p class="small dim">{t('descent.covered')}</p>
        ) : (
          counted && (
            <>
              <Both store={store} counted={counted} id="operations" ways={['errors', 'gradients']} />
              <Both store={store} counted={counted} id="one_operations" ways={['differences', 'rule']} />
            </>
          )
        )
      }
      plots={counted && <PriceTables counted={counted} names={['calls', 'one_calls']} />}
      table={
        counted && <PriceTables counted={counted} names={['calls', 'operations', 'one_calls', 'one_operations']} />
      }
    />
  );
}

type Way = 'errors' | 'gradients' | 'differences' | 'rule';
interface BothProps {
  store: Store;
  counted: Counted;
  id: 'operations' | 'one_operations';
  ways: readonly [Way, Way];
}
function Both({ store, counted, id, ways }: BothProps) {
  const { weights, of } = counted;
  const last = (way: 0 | 1) => whole(of(id, way).at(-1) ?? Number.NaN);
  return (
    <figure class="descent-errors tall" {...control(store.session, `lab.${id}`)}>
      <figcaption>
        <b>{t(id === 'operations' ? 'descent.price.operations' : 'descent.price.one_operations')}</b>
      </figcaption>
      <Chart
        dots
        label={t('descent.price.said', { W: weights.at(-1) ?? 0, without: last(0), with: last(1) })}
        lines={ways.map((way, i) => ({
          ...{ id: i === 0 ? 'mini' : 'batch', name: t(`descent.price.${way}`), now: i === 1 },
          xs: weights.map(Math.log2),
          ys: of(id, i as 0 | 1),
        }))}
        x={{
          ...{ from: 0, to: Math.log2(weights.at(-1) ?? 2), name: t('descent.price.weights') },
          ticks: weights.map((one, i) => ({ at: i, text: String(one) })),
        }}
        y={{ from: 2, to: 1e8 }}
        names={128}
      />
    </figure>
  );
}

type Name = 'calls' | 'operations' | 'one_calls' | 'one_operations';
const WAYS: Record<Name, readonly [Way, Way]> = {
  ...{ calls: ['errors', 'gradients'], operations: ['errors', 'gradients'] },
  ...{ one_calls: ['differences', 'rule'], one_operations: ['differences', 'rule'] },
};
function PriceTables({ counted, names }: { counted: Counted; names: readonly Name[] }) {
  return (
    <>
      {names.map((name) => (
        <table key={name}>
          <caption>{t(`descent.price.${name}`)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('descent.price.weights')}</th>
              {WAYS[name].map((way) => (
                <th scope="col" key={way}>
                  {t(`descent.price.${way}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counted.weights.map((W, i) => (
              <tr key={W}>
                <th scope="row">{W}</th>
                <td>{whole(counted.of(name, 0)[i] ?? Number.NaN)}</td>
                <td>{whole(counted.of(name, 1)[i] ?? Number.NaN)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}
