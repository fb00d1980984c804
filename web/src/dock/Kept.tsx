import { useEffect } from 'preact/hooks';
import { Choose } from '../components/Choose';
import { download } from '../components/download';
import { Words } from '../components/Words';
import { ENTRIES } from '../course';
import { bytes, t } from '../i18n';
import type { Entry } from '../keep/keep';
import { ENDING } from '../keep/session';
import type { Store } from '../session/create';

/** "Your text, 312 lines", or whatever else the run or the thing itself is made of. */
export function whatOf(entry: Entry, all: readonly Entry[]): string {
  if (entry.kind === 'text') return t('kept.text', { lines: entry.lines });
  if (entry.kind === 'weights') return t('weights.file', { name: entry.name });
  const needs = all.filter(({ key }) => entry.run?.needs.includes(key));
  const own = needs.map((one) => whatOf(one, [])).join(', ');
  return own !== '' ? own : entry.lines > 0 ? t('kept.text', { lines: entry.lines }) : t('kept.run');
}

/** This view, with all that it needs, as one file. */
export async function saveSession(store: Store): Promise<void> {
  const packed = await store.runs.trying(store.keeping.pack);
  if (packed) download(`unroll-${store.exhibit.slug}-${store.session.step.peek()}${ENDING}`, packed);
}

/** What this browser keeps for the page, and how to forget it or take it elsewhere. */
export function Kept({ store, onGo }: { store: Store; onGo: (address: string) => void }) {
  const { keep, keeping } = store;
  useEffect(() => {
    void keeping.save().then(keep.look);
  }, [keep, keeping]);
  const all = keep.entries.value;
  const trouble = keep.trouble.value;
  const needed = new Set(all.flatMap(({ run }) => run?.needs ?? []));
  // What is on its way to the store is not kept yet.
  const stored = keep.stored.value;
  const shown = all.filter(
    ({ key, kind }) => (kind === 'run' || !needed.has(key)) && (trouble !== null || stored.has(key)),
  );
  return (
    <section class="kept" aria-label={t('kept.title')}>
      <p class="small dim">{t('kept.hint')}</p>
      {trouble && (
        <div class="notice" role="status">
          <span>
            <Words>{t(`kept.${trouble}`)}</Words>
          </span>
        </div>
      )}
      {shown.length > 0 && (
        <ul>
          {shown.map((entry) => (
            <Row key={entry.key} entry={entry} all={all} store={store} onGo={onGo} />
          ))}
        </ul>
      )}
      <div class="acts">
        <button type="button" class="btn low" onClick={() => void saveSession(store)}>
          {t('session.save')}
        </button>
        <Choose words={t('session.open')} onFile={store.openElsewhere} />
        {shown.length > 0 && (
          <button type="button" class="btn low" onClick={() => void keeping.forget()}>
            {t('kept.forget.all')}
          </button>
        )}
      </div>
      <p class="small dim">{t('session.hint')}</p>
    </section>
  );
}

type RowProps = { entry: Entry; all: readonly Entry[]; store: Store; onGo: (address: string) => void };

function Row({ entry, all, store, onGo }: RowProps) {
  const { run } = entry;
  const what = whatOf(entry, all);
  const course = ENTRIES.find(({ slug }) => slug === run?.exhibit);
  const size = bytes(entry.size);
  return (
    <li class="kept-entry">
      <span>
        {course ? <b>{t('course.entry', { number: course.number, title: t(course.title) })}</b> : null}
        <span class="small num">
          {run ? t('kept.row', { what, step: run.step, tip: run.tip, size }) : t('kept.row.alone', { what, size })}
        </span>
      </span>
      <span class="acts">
        {run && (
          <button type="button" class="btn low" onClick={() => onGo(run.address)}>
            {t('kept.go')}
          </button>
        )}
        <button
          type="button"
          class="btn low"
          aria-label={t('kept.forget.one', { what })}
          onClick={() => void store.keeping.forget([entry.key])}
        >
          {t('kept.forget')}
        </button>
      </span>
    </li>
  );
}
