import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../components/control';
import { Form } from '../components/Form';
import { joined } from '../components/letters';
import { Words } from '../components/Words';
import { t } from '../i18n';
import { readsNumbers } from '../session/answers';
import type { Store } from '../session/create';
import { inWords, LONGEST, type Problem } from '../session/reading';

function wording(problem: Problem, shown: string, known: number): string {
  if (problem.kind === 'short') return t('text.read.short', { shown });
  if (problem.kind === 'number') return t('text.read.number', { count: problem.count, shown });
  if (problem.kind === 'long') return t('text.read.long', { count: problem.count, most: LONGEST, shown });
  const slots = { letters: joined(problem.letters), count: known, shown };
  return problem.letters.length > 1 ? t('text.read.foreign.many', slots) : t('text.read.foreign.one', slots);
}

/** The field into which one types what the network reads. */
export function Reading({ store }: { store: Store }) {
  const { text, run } = store.session;
  const typed = useSignal<string | null>(null); // null: what is read
  const shown = text.value;
  // Another text takes the place of what was typed.
  useEffect(() => {
    typed.value = null;
  }, [shown, typed]);
  const problem = store.unread.value;
  const words = inWords(run.value?.vocabulary ?? []) || readsNumbers(run.value);
  const known = (run.value?.vocabulary ?? []).filter((token) => [...token].length === 1).length;
  const read = async (what: string) => {
    if (await store.readText(what)) typed.value = null;
  };
  return (
    <Form class="reading-form" onSend={() => void read(typed.value ?? shown)}>
      <div class="reading" {...control(store.session, 'reading')}>
        <input
          id="reading"
          class={words ? 'field words-read' : 'field'}
          aria-label={t('text.read.label')}
          aria-invalid={problem !== null}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          readOnly={shown === ''} // until it is known: what is typed would be mixed with it
          value={typed.value ?? shown}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="btn">
          {t('text.read.go')}
        </button>
      </div>
      {problem && (
        <div class="notice" role="alert">
          {problem.kind === 'foreign' && <Foreign problem={problem} />}
          <span>
            <Words>{wording(problem, shown, known)}</Words>
          </span>
          <span class="acts">
            {problem.kind === 'foreign' && store.exhibit.own !== undefined && (
              <button type="button" class="btn primary low" onClick={() => void takeIn(store, problem.text)}>
                {t('text.read.own')}
              </button>
            )}
            {problem.kind !== 'short' && problem.rest !== '' && (
              <button type="button" class="btn primary low" onClick={() => read(problem.rest)}>
                {problem.kind === 'long'
                  ? t('text.read.first', { most: LONGEST })
                  : t('text.read.without', { text: problem.rest })}
              </button>
            )}
            <button
              type="button"
              class="btn low"
              onClick={() => {
                store.unread.value = null;
                typed.value = null;
              }}
            >
              {t('text.undo')}
            </button>
          </span>
        </div>
      )}
    </Form>
  );
}

/** The words become the run's own text, and are read. What was changed of words goes with the words. */
async function takeIn(store: Store, text: string): Promise<void> {
  const from = store.runs.origin.peek();
  const settings = Object.fromEntries(Object.entries(from.settings).filter(([key]) => !key.startsWith('word_')));
  const seed = from.seed ?? Number(store.session.run.peek()?.settings.seed ?? 1);
  if (await store.open({ ...from, weights: 'none', settings, seed, corpus: text })) await store.readText(text);
}

function Foreign({ problem }: { problem: Extract<Problem, { kind: 'foreign' }> }) {
  return (
    <span class="mono" aria-hidden="true">
      {[...problem.text].map((letter, i) => {
        const key = `${i}${letter}`;
        return problem.letters.includes(letter) ? <u key={key}>{letter}</u> : <span key={key}>{letter}</span>;
      })}
    </span>
  );
}
