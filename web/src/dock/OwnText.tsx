import { type Signal, useComputed, useSignal } from '@preact/signals';
import type { CoreError } from '../../../wasm/bridge/protocol';
import { Choose } from '../components/Choose';
import { Words } from '../components/Words';
import { t } from '../i18n';
import {
  broken,
  type CorpusProblem,
  clean,
  decoded,
  FEWEST_LINES,
  firstColumn,
  isTable,
  LONGEST_LINE,
  textLines,
  trainable,
} from '../session/corpus';
import type { Store } from '../session/create';
import { textKey } from '../session/own';
import { Problem } from './Problem';
import { Sides } from './Sides';

type Refusal = CorpusProblem | { kind: 'unread' | 'unknown' | 'huge'; name: string };
const MOST_BYTES = 16 * 2 ** 20; // of a file: beyond it none can be short enough

function wording(problem: Refusal): string {
  switch (problem.kind) {
    case 'empty':
      return t('own.empty');
    case 'short':
      return problem.count === 1
        ? t('own.short.one', { fewest: FEWEST_LINES })
        : t('own.short', { count: problem.count, fewest: FEWEST_LINES });
    case 'long':
      return t('own.long', problem);
    case 'wide': {
      const { line, count, lines } = problem;
      return lines === 1
        ? t('own.wide.one', { line, count, most: LONGEST_LINE })
        : t('own.wide', { line, count, most: LONGEST_LINE, lines });
    }
    case 'same':
      return t('own.same', { count: problem.count });
    case 'huge':
      return t('own.file.huge', { name: problem.name, most: MOST_BYTES / 2 ** 20 });
    case 'unknown':
      return t('own.file.unknown', { name: problem.name });
    case 'unread':
      return t('file.unread', { name: problem.name });
  }
}

/** What the net learns from: what is written in the field, or still what was written there before. */
function Trained({ store, typed }: { store: Store; typed: Signal<string> }) {
  const { corpus } = store.runs.origin.value;
  const { own } = store.state.value;
  const lines = textLines(corpus);
  const distinct = new Set(lines).size;
  const shown = clean(typed.value) === clean(corpus);
  const sequences = store.session.run.value?.sequences;
  const now = !shown ? 'own.before' : distinct < lines.length ? 'own.now.repeats' : 'own.now';
  return (
    <>
      <p>
        {t(now, { lines: lines.length, distinct })}
        {own !== null && ` ${t(store.keep.stored.value.has(textKey(own)) ? 'kept.now' : 'kept.not')}`}
      </p>
      {shown && sequences && <Sides sequences={sequences} />}
    </>
  );
}

/** Lines of any language to train on instead of the names. */
export function OwnText({ store, refused }: { store: Store; refused: Signal<CoreError | null> }) {
  const { corpus } = store.runs.origin.value;
  const typed = useSignal(corpus);
  const problem = useSignal<Refusal | null>(null);
  const table = useComputed(() => isTable(typed.value));
  const bad = refused.value !== null && refused.value === store.runs.problem.value;
  const write = (text: string) => {
    typed.value = text;
    problem.value = null;
  };
  /** What can only be too long is not laid out first: a browser takes seconds for it. */
  const tooLong = (text: string) => {
    const found = trainable(text);
    if (found?.kind === 'long') problem.value = found;
    return found?.kind === 'long';
  };
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
  const read = async (from: File | undefined) => {
    if (!from) return;
    refused.value = null;
    const { name } = from;
    if (from.size > MOST_BYTES) {
      problem.value = { kind: 'huge', name };
      return;
    }
    const bytes = await from.arrayBuffer().catch(() => null);
    const text = bytes && decoded(new Uint8Array(bytes));
    if (text === null) problem.value = { kind: bytes ? 'unknown' : 'unread', name };
    else if (!tooLong(text)) write(clean(text));
  };
  return (
    <>
      {corpus !== '' && <Trained store={store} typed={typed} />}
      <textarea
        class="field own"
        rows={6}
        aria-label={t('own.label')}
        aria-invalid={problem.value !== null || bad}
        placeholder={t('own.placeholder')}
        value={typed.value}
        onInput={(event) => write(event.currentTarget.value)}
        onPaste={(event) => {
          if (tooLong(event.clipboardData?.getData('text') ?? '')) event.preventDefault();
        }}
        onDragOver={(event) => {
          if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
        }}
        onDrop={(event) => {
          const dropped = event.dataTransfer?.files[0];
          if (!dropped) return;
          event.preventDefault();
          void read(dropped);
        }}
      />
      <p class="small dim">{t('own.hint', { fewest: FEWEST_LINES })}</p>
      {table.value && (
        <div class="notice" role="status">
          <span>
            <Words>{t('own.table')}</Words>
          </span>
          <button type="button" class="btn low" onClick={() => write(firstColumn(typed.value))}>
            {t('own.table.first')}
          </button>
        </div>
      )}
      {problem.value && (
        <div class="notice" role="alert">
          <span>
            <Words>{wording(problem.value)}</Words>
          </span>
          {problem.value.kind === 'wide' && (
            <button type="button" class="btn low" onClick={() => write(broken(typed.value))}>
              {t('own.wide.break')}
            </button>
          )}
        </div>
      )}
      {bad && <Problem store={store} />}
      <div class="acts">
        <button type="button" class="btn primary low" onClick={() => void train()}>
          {t('own.go')}
        </button>
        <Choose words={t('own.file')} accept=".txt,.csv,.tsv,text/plain" onFile={read} />
        {corpus !== '' && (
          <button type="button" class="btn low" onClick={() => void store.open(store.runs.shipped())}>
            {t('own.back')}
          </button>
        )}
      </div>
    </>
  );
}
