import { useEffect } from 'preact/hooks';
import { Choose } from '../components/Choose';
import { Icon } from '../components/Icon';
import { Replay } from '../components/Replay';
import { Words } from '../components/Words';
import { saveSession, whatOf } from '../dock/Kept';
import { Undone } from '../dock/Undo';
import { t } from '../i18n';
import type { Entry } from '../keep/keep';
import { textKey } from '../session/own';
import { parseAddress } from '../state/address';
import type { Notice, Page } from './page';

function lackOf({ lacks, hash }: Extract<Notice, { kind: 'absent' }>): 'weights' | 'text' | 'sentences' {
  if (lacks.some((key) => key.startsWith('weights:'))) return 'weights';
  const { own } = parseAddress(hash).state;
  return own !== null && lacks.includes(textKey(own)) ? 'text' : 'sentences';
}
function wording(notice: Notice, entries: readonly Entry[]): string {
  if (notice.kind === 'bad') return t('link.bad', { fields: notice.fields.join(', ') });
  if (notice.kind === 'missing') return t('link.missing', { name: notice.name });
  if (notice.kind === 'damaged') return t('link.damaged');
  if (notice.kind === 'told') return notice.words;
  if (notice.kind === 'here') return t(notice.kept ? 'copied.here' : 'copied.nowhere');
  if (notice.kind === 'absent') return `${notice.told ? `${notice.told} ` : ''}${t(`absent.${lackOf(notice)}`)}`;
  if (notice.kind === 'before') {
    return t('before.what', { what: whatOf(notice.entry, entries), step: notice.entry.run?.step ?? 0 });
  }
  if (notice.kind === 'refused') return t('link.refused', { message: notice.message });
  return t(notice.kind === 'copied' ? 'tools.copied' : 'tools.notcopied');
}

const SAID = 5000; // ms that what was undone stays to be read

/** What concerns the page as a whole; what goes wrong in a place is said in that place. */
export function Notices({ page }: { page: Page }) {
  const notice = page.notice.value;
  useEffect(() => {
    if (notice?.kind !== 'copied') return;
    const timer = setTimeout(() => {
      page.notice.value = null;
    }, 2500);
    return () => clearTimeout(timer);
  }, [notice, page]);
  const store = page.store.value;
  const said = store?.history.said.value;
  useEffect(() => {
    if (!store || !said) return;
    const timer = setTimeout(() => {
      store.history.said.value = null;
    }, SAID);
    return () => clearTimeout(timer);
  }, [said, store]);
  return (
    <div class="notices">
      <div role="status">
        {store && said && (
          <div class="notice row said">
            <span>
              <Undone store={store} />
            </span>
          </div>
        )}
        {notice && (
          <div class="notice row">
            <span>
              <Words>{wording(notice, page.keep.entries.value)}</Words>
            </span>
            <Acts page={page} notice={notice} />
            <button
              type="button"
              class="btn icon quiet low"
              aria-label={t('close')}
              onClick={() => {
                page.notice.value = null;
              }}
            >
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
      {store?.replays.value.map((one, i) => (
        <Replay key={`${i}`} of={one} />
      ))}
    </div>
  );
}

/** What can be done about it. */
function Acts({ page, notice }: { page: Page; notice: Notice }) {
  const store = page.store.value;
  if (notice.kind === 'damaged') {
    return (
      <span class="acts">
        <button type="button" class="btn low" onClick={() => page.showAll(notice.hash)}>
          {t('link.damaged.show')}
        </button>
      </span>
    );
  }
  if (notice.kind === 'absent') {
    return (
      <span class="acts">
        <Choose words={t('absent.open')} onFile={page.openFile} primary />
      </span>
    );
  }
  if (notice.kind === 'here' && store) {
    return (
      <span class="acts">
        <button type="button" class="btn low" onClick={() => void saveSession(store)}>
          {t('session.save')}
        </button>
      </span>
    );
  }
  const { entry } = notice.kind === 'before' ? notice : { entry: null };
  if (!entry?.run || !store) return null;
  const { key, run } = entry;
  return (
    <span class="acts">
      <button type="button" class="btn primary low" onClick={() => page.visit(run.address)}>
        {t('kept.go')}
      </button>
      <button
        type="button"
        class="btn low"
        onClick={() => {
          page.notice.value = null;
          void store.keeping.forget([key]);
        }}
      >
        {t('kept.forget')}
      </button>
    </span>
  );
}
