// What of one's own a sequence can become, beside what is drawn or dragged in it.
import { useSignal } from '@preact/signals';
import { control } from '../../components/control';
import { Form } from '../../components/Form';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { RESIDUES, SIDE } from './lab';
import type { Lesson } from './lesson';

export function Own({ store, lesson, locked }: { store: Store; lesson: Lesson; locked: boolean }) {
  const task = lesson.task.value;
  if (task === 'protein') return <Chain store={store} lesson={lesson} locked={locked} />;
  if (task === 'digits') return <Digit store={store} lesson={lesson} locked={locked} />;
  return null;
}

interface OwnProps {
  store: Store;
  lesson: Lesson;
  locked: boolean;
}
function Chain({ store, lesson, locked }: OwnProps) {
  const typed = useSignal<string | null>(null);
  const { protein } = lesson.lab.value;
  const send = () => {
    const letters = (typed.peek() ?? protein).toUpperCase().replaceAll(/[^A-Z]/g, '');
    typed.value = null;
    if (letters !== '') lesson.change(letters.slice(0, RESIDUES));
  };
  return (
    <>
      <Form class="own-sentence" onSend={send}>
        <input
          class="field low elsewhere-chain"
          aria-label={t('elsewhere.chain')}
          maxLength={RESIDUES}
          spellcheck={false}
          disabled={locked}
          value={typed.value ?? protein}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="btn low" disabled={locked}>
          {t('elsewhere.read')}
        </button>
      </Form>
      <button
        type="button"
        class="btn low"
        disabled={locked}
        {...control(store.session, 'lab.turn')}
        onClick={() => lesson.change([...protein].reverse().join(''))}
      >
        {t('elsewhere.turn')}
      </button>
    </>
  );
}

function Digit({ store, lesson, locked }: OwnProps) {
  const { digits, ink } = lesson.lab.value;
  return (
    <>
      <fieldset class="seg" aria-label={t('elsewhere.ink')} {...control(store.session, 'lab.ink')}>
        {(['draw', 'rub'] as const).map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={ink === one}
            disabled={locked}
            onClick={() => lesson.set({ ink: one })}
          >
            {t(`elsewhere.ink.${one}`)}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="btn low"
        disabled={locked}
        onClick={() => lesson.change(`${digits[0]}_${'0'.repeat(SIDE * SIDE)}`)}
      >
        {t('elsewhere.clear')}
      </button>
      <label class="spelled-cell">
        {t('elsewhere.meant')}
        <select
          class="field low"
          disabled={locked}
          value={digits[0]}
          onChange={(event) => lesson.change(event.currentTarget.value + digits.slice(1))}
        >
          {Array.from({ length: 10 }, (_, digit) => (
            <option key={digit} value={digit}>
              {digit}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
