import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Form } from '../../components/Form';
import { Words } from '../../components/Words';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { inTokens, LONGEST, readable } from '../../session/reading';
import type { Reach } from './reach';

/** The text whose last loss is asked, and why it is no name. */
export function TextField({ store, reach }: { store: Store; reach: Reach }) {
  const shown = reach.lab.value.text;
  const typed = useSignal(shown);
  const refused = useSignal<string | null>(null);
  useEffect(() => {
    typed.value = shown;
  }, [shown, typed]);
  const read = () => {
    const vocabulary = store.session.run.peek()?.vocabulary ?? [];
    const text = inTokens(typed.value.replace(/\s+/g, ''), vocabulary);
    const problem = readable(text, vocabulary);
    refused.value =
      problem === null
        ? null
        : problem.kind === 'short'
          ? t('text.read.short', { shown })
          : problem.kind === 'long'
            ? t('text.read.long', { count: problem.count, most: LONGEST, shown })
            : t('text.read.foreign.many', {
                letters: problem.letters.join(', '),
                count: vocabulary.filter((token) => [...token].length === 1).length,
                shown,
              });
    if (problem === null && text !== shown) reach.set({ text, at: reach.lab.peek().at });
  };
  return (
    <Form class="bptt-long-text" onSend={read}>
      <label for="long-text">{t('bptt.text')}</label>
      <input
        id="long-text"
        class="field low mono"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={refused.value !== null}
        aria-describedby="long-text-why"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="btn low">
        {t('text.read.go')}
      </button>
      <span class="small dim" id="long-text-why">
        {t('bptt.text.why', { letters: [...shown].length })}
      </span>
      {refused.value !== null && (
        <div class="notice" role="alert">
          <span>
            <Words>{refused.value}</Words>
          </span>
        </div>
      )}
    </Form>
  );
}
