import { useSignalEffect } from '@preact/signals';
import { Words } from '../components/Words';
import { EXHIBITS } from '../exhibits';
import { ENTRIES } from '../exhibits/course';
import { Home } from '../home/Home';
import { t } from '../i18n';
import { Exhibit } from './Exhibit';
import { Help } from './Help';
import { useKeys } from './keys';
import { Notices } from './Notices';
import type { Page } from './page';
import { TopBar } from './TopBar';

export function App({ page }: { page: Page }) {
  useKeys(page);
  useSignalEffect(() => {
    const entry = ENTRIES.find(({ slug }) => slug === page.exhibit.value);
    document.title = entry ? `${entry.number}. ${t(entry.title)} · ${t('page.name')}` : t('page.title');
  });
  const slug = page.exhibit.value;
  const mounted = EXHIBITS.get(slug);
  const store = page.store.value;
  return (
    <>
      <Notices page={page} />
      {page.help.value && <Help page={page} />}
      {!mounted ? (
        <Home page={page} />
      ) : store ? (
        <Exhibit key={slug} page={page} store={store} mounted={mounted} />
      ) : (
        <div class="ex">
          <TopBar page={page} />
          <main class="sheet stage">
            <h1>{mounted.text.title}</h1>
            {page.failed.value && (
              <div class="failed">
                <div class="notice" role="alert">
                  <span>
                    <Words>{t('page.broken', { message: page.failed.value.message })}</Words>
                  </span>
                </div>
              </div>
            )}
          </main>
        </div>
      )}
    </>
  );
}
