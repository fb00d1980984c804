import { type Signal, useSignal } from '@preact/signals';
import type { CoreError } from '../../../wasm/bridge/protocol';
import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { type CorpusProblem, FEWEST_LINES, MOST_LETTERS, trainable } from '../session/reading';
import { Problem } from './Problem';

function wording(problem: CorpusProblem): string {
  if (problem.kind === 'empty') return t('own.empty');
  if (problem.kind === 'short' && problem.count === 1) return t('own.short.one', { fewest: FEWEST_LINES });
  if (problem.kind === 'short') return t('own.short', { count: problem.count, fewest: FEWEST_LINES });
  return t('own.long', { count: problem.count, most: MOST_LETTERS });
}

const clean = (text: string) => text.normalize('NFC').replace(/\r\n?/g, '\n');

/** Lines of any language to train on instead of the names. */
export function OwnText({ store, refused }: { store: Store; refused: Signal<CoreError | null> }) {
  const { corpus } = store.runs.origin.value;
  const typed = useSignal(corpus);
  const problem = useSignal<CorpusProblem | null>(null);
  const lines = corpus.split('\n').filter((line) => line.trim() !== '').length;
  const bad = refused.value !== null && refused.value === store.runs.problem.value;
  const train = async () => {
    const text = clean(typed.value);
    refused.value = null;
    problem.value = trainable(text);
    if (problem.value) return;
    const seed = Number(store.session.run.peek()?.settings.seed ?? 1);
    const opened = await store.open({
      ...store.runs.origin.peek(),
      weights: 'none',
      seed,
      corpus: text,
    });
    if (!opened) refused.value = store.runs.problem.peek();
  };
  return (
    <>
      {corpus !== '' && <p>{t(clean(typed.value) === clean(corpus) ? 'own.now' : 'own.before', { lines })}</p>}
      <textarea
        class="field own"
        rows={6}
        aria-label={t('own.label')}
        aria-invalid={problem.value !== null || bad}
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
      {bad && <Problem store={store} />}
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
