// A number that the reader works out: it is hidden where the walk has just made it, typed, and compared with the core's.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { Form } from '../../components/Form';
import { Words } from '../../components/Words';
import { fixed, plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { NodeSchema } from '../../session/types';
import { numberOf } from '../answer';

const TOLERANCE = 0.01; // what two figures can tell
const DIGITS = 3;

export interface Worked {
  node: NodeSchema;
  cell: number;
  what: 'value' | 'grad';
  tex: string;
  name: string; // for those who do not see it
}
export function Work({ store, of }: { store: Store; of: Worked }) {
  const { session } = store;
  const { node, cell, what } = of;
  const typed = useSignal('');
  const said = useSignal<string | null>(null);
  const asked = session.asked.value;
  const mine = store.question.value === 0 && asked?.node === node.id && asked.cell === cell && asked.what === what;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => () => store.workOut(null), [store]);
  useEffect(() => field.current?.focus(), [mine]);
  const begin = () => {
    typed.value = '';
    said.value = null;
    store.workOut(of);
  };
  if (!mine)
    return (
      <button type="button" class="btn low" {...control(session, 'lab.work')} onClick={begin}>
        {t('qkv.work')} <M tex={of.tex} />
      </button>
    );
  const actual = session.frame.value?.values(node.id, what)?.[cell] ?? Number.NaN;
  const over = asked.revealed;
  const check = () => {
    const guess = numberOf(typed.value);
    const off = guess - actual;
    if (Number.isNaN(guess)) said.value = t('ask.number');
    else if (Math.abs(off) > TOLERANCE) said.value = t(off < 0 ? 'ask.low' : 'ask.high');
    else if (Math.abs(off) <= TOLERANCE) {
      said.value = t('ask.right', { value: plain(actual, DIGITS) });
      store.reveal();
    } // else its number is not there yet
  };
  const reveal = () => {
    said.value = t('ask.revealed', { value: fixed(actual, DIGITS) });
    store.reveal();
  };
  return (
    <Form class="qkv-number qkv-work" onSend={() => !over && check()}>
      <M tex={of.tex} />
      <input
        class="field low"
        aria-label={t('qkv.work.label', { name: of.name })}
        value={typed.value}
        disabled={over}
        ref={field}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      {over ? (
        <button type="button" class="btn low" onClick={() => store.workOut(null)}>
          {t('qkv.work.done')}
        </button>
      ) : (
        <>
          <button type="submit" class="btn low">
            {t('ask.check')}
          </button>
          <button type="button" class="btn low" onClick={reveal}>
            {t('ask.reveal')}
          </button>
        </>
      )}
      <span role="status">{said.value && <Words>{said.value}</Words>}</span>
    </Form>
  );
}
