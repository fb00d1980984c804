import { useEffect } from 'preact/hooks';
import { Icon } from '../components/Icon';
import { Replay } from '../components/Replay';
import { Words } from '../components/Words';
import { Undone } from '../dock/Undo';
import { t } from '../i18n';
import type { Notice, Page } from './page';

function wording(notice: Notice): string {
  if (notice.kind === 'bad') return t('link.bad', { fields: notice.fields.join(', ') });
  if (notice.kind === 'missing') return t('link.missing', { name: notice.name });
  if (notice.kind === 'damaged') return t('link.damaged');
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
              <Words>{wording(notice)}</Words>
            </span>
            {notice.kind === 'damaged' && (
              <span class="acts">
                <button type="button" class="btn low" onClick={() => page.showAll(notice.hash)}>
                  {t('link.damaged.show')}
                </button>
              </span>
            )}
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
