// A sentence of the reader's own, for a view that reads one.
import { useSignal } from '@preact/signals';
import { Form } from '../components/Form';
import { t } from '../i18n';
import { speak } from '../i18n/en';
import { sentence } from '../i18n/en.sentence';
import './sentence.css';
import { wordsOf } from './sentence';

speak(sentence);

interface SentenceProps {
  text: string; // that is read now
  most: number; // words that have room
  letters: number; // and letters
  disabled?: boolean;
  read(words: string[]): void;
}
export function Sentence({ text, most, letters, disabled = false, read }: SentenceProps) {
  const typed = useSignal<string | null>(null);
  const wrong = useSignal('');
  const send = () => {
    const words = wordsOf(typed.peek() ?? text);
    wrong.value =
      words.length === 0
        ? t('sentence.none')
        : words.length > most
          ? t('sentence.many', { count: words.length, most })
          : '';
    if (wrong.peek() !== '') return;
    typed.value = null;
    read(words);
  };
  return (
    <Form class="own-sentence" onSend={send}>
      <input
        class="field low"
        aria-label={t('sentence.text')}
        maxLength={letters}
        disabled={disabled}
        aria-invalid={wrong.value !== '' || undefined}
        value={typed.value ?? text}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="btn low" disabled={disabled}>
        {t('sentence.read')}
      </button>
      {wrong.value && (
        <span class="small" role="alert">
          {wrong.value}
        </span>
      )}
    </Form>
  );
}
