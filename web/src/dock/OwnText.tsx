import { useSignal } from '@preact/signals';
import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { type CorpusProblem, FEWEST_LINES, MOST_LETTERS, trainable } from '../session/reading';

function wording(problem: CorpusProblem): string {
  if (problem.kind === 'empty') return t('own.empty');
  if (problem.kind === 'short') return t('own.short', { count: problem.count, fewest: FEWEST_LINES });
  return t('own.long', { count: problem.count, most: MOST_LETTERS });
}

/** Lines of any language to train on instead of the names. */
export function OwnText({ store }: { store: Store }) {
  const { corpus } = store.runs.origin.value;
  const typed = useSignal(corpus);
  const problem = useSignal<CorpusProblem | null>(null);
  const refused = store.runs.problem.value?.code === 'text';
  const lines = corpus.split('\n').filter((line) => line.trim() !== '').length;
  const train = async () => {
    const text = typed.value.normalize('NFC').replace(/\r\n?/g, '\n');
    problem.value = trainable(text);
    if (problem.value) return;
    const seed = Number(store.session.run.peek()?.settings.seed ?? 1);
    await store.open({ weights: 'none', settings: store.runs.origin.peek().settings, seed, corpus: text });
  };
  return (
    <>
      {corpus !== '' && <p>{t('own.now', { lines })}</p>}
      <textarea
        class="field own"
        rows={6}
        aria-label={t('own.label')}
        aria-invalid={problem.value !== null || refused}
        placeholder={t('own.placeholder')}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          problem.value = null;
        }}
      />
      <p class="small dim">{t('own.hint', { fewest: FEWEST_LINES })}</p>
      {problem.value && (
        <div class="notice" role="alert">
          <span>
            <Words>{wording(problem.value)}</Words>
          </span>
        </div>
      )}
      <div class="acts">
        <button type="button" class="btn primary low" onClick={() => void train()}>
          {t('own.go')}
        </button>
        {corpus !== '' && (
          <button type="button" class="btn low" onClick={() => void store.open(store.runs.shipped())}>
            {t('own.back')}
          </button>
        )}
      </div>
    </>
  );
}
