// The letters that are given.
import { useSignal } from '@preact/signals';
import { control } from '../../components/control';
import { Form } from '../../components/Form';
import { t } from '../../i18n';
import type { Store } from '../../session/create';

interface PrefixProps {
  store: Store;
  text: string; // that stands now
  most: number; // letters
  disabled?: boolean;
  read(text: string): void;
}
export function Prefix({ store, text, most, disabled = false, read }: PrefixProps) {
  const typed = useSignal<string | null>(null);
  const send = () => {
    const value = (typed.peek() ?? text).trim();
    typed.value = null;
    read(value);
  };
  return (
    <Form class="gpt-prefix" onSend={send}>
      <input
        {...control(store.session, 'lab.text')}
        class="field low mono"
        aria-label={t('gpt.given')}
        maxLength={most}
        disabled={disabled}
        value={typed.value ?? text}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="btn low" disabled={disabled}>
        {t('gpt.begin')}
      </button>
    </Form>
  );
}
