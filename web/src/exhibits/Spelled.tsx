// One number of the present operation, and what it is made of; walking back its gradient.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Explanation, NodeSchema } from '../../../wasm/bridge/protocol';
import { control } from '../components/control';
import { factor, plain } from '../draw/format';
import { M } from '../draw/Math';
import { t } from '../i18n';
import { speak } from '../i18n/en';
import { spelled } from '../i18n/en.spelled';
import type { Store } from '../session/create';
import type { Notation } from '../session/types';
import './spelled.css';
import type { Walked } from './taped';

speak(spelled);

/** Of one number itself; walking back what comes of it. */
const shareOf = (term: Explanation['terms'][number], back: boolean): string => {
  if (back) return factor(term.total);
  return term.values.length === 1 ? factor(term.values[0] ?? Number.NaN) : '…';
};

interface SpelledProps {
  store: Store;
  walked: Walked;
  node: NodeSchema;
  back: boolean;
  cell: number; // from 0; of fewer the last
  pick(cell: number): void;
  letterOf(node: NodeSchema, notation: Notation): string;
}
/** One number of the present operation, and what it is made of: the largest terms and the sum of the others. */
export function Spelled({ store, walked, node, back, cell: picked, pick, letterOf }: SpelledProps) {
  const size = (walked.tape.values[node.id] as Float32Array).length;
  const cell = Math.min(size - 1, picked);
  const found = useSignal<Explanation | null>(null);
  const key = `${walked.step} ${node.id} ${cell} ${back}`;
  useEffect(() => {
    let alive = true;
    store.session.bridge
      .call('explain', { node: node.id, cell, direction: back ? 'backward' : 'forward' })
      .then((explanation) => {
        if (alive) found.value = explanation;
      })
      .catch(() => undefined); // another graph is walked by now, which asks for itself
    return () => {
      alive = false;
    };
  }, [store, key]);
  const is = found.value?.node === node.id && found.value.cell === cell ? found.value : null;
  const value = (back ? walked.tape.gradients[node.id] : walked.tape.values[node.id])?.[cell] ?? Number.NaN;
  const notation = store.session.notation.value;
  return (
    <div {...control(store.session, 'lab.spelled')}>
      <h2>
        <M tex={back ? `\\g{∂J}/∂\\t{ }${letterOf(node, notation)}` : letterOf(node, notation)} />
      </h2>
      <label class="spelled-cell">
        {t('spelled.unit')}
        <input
          type="range"
          min={1}
          max={size}
          value={cell + 1}
          onInput={(event) => pick(Number(event.currentTarget.value) - 1)}
        />
        <span class="num">
          {cell + 1} / {size}
        </span>
      </label>
      <p>
        {t('spelled.value')} <b class="num">{plain(value, 4)}</b>
      </p>
      {is && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t(back ? 'spelled.from.back' : 'spelled.from')}</th>
              <th scope="col">{t('spelled.numbers')}</th>
              <th scope="col">{t('spelled.total')}</th>
            </tr>
          </thead>
          <tbody>
            {is.terms.map((term, i) => {
              const from = walked.schema.nodes[term.node];
              return (
                <tr key={i}>
                  <th scope="row">
                    {from ? <M tex={from.role === 'parameter' ? `\\p{${from.name}}` : letterOf(from, notation)} /> : ''}
                  </th>
                  <td>{term.cells.length}</td>
                  <td>{shareOf(term, back)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}
