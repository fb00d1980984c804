import { useSignalEffect } from '@preact/signals';
import { drawing } from './app/drawing';
import { Failed } from './app/Failed';
import { Glossary } from './app/Glossary';
import { Help } from './app/Help';
import { useKeys } from './app/keys';
import { Notices } from './app/Notices';
import type { Page } from './app/page';
import { TopBar } from './app/TopBar';
import { ENTRIES } from './course';
import { EXHIBITS } from './exhibits';
import { Home } from './home/Home';
import { t } from './i18n';

export function App({ page }: { page: Page }) {
  useKeys(page);
  useSignalEffect(() => {
    const entry = ENTRIES.find(({ slug }) => slug === page.exhibit.value);
    document.title = entry ? `${entry.number}. ${t(entry.title)} · ${t('page.name')}` : t('page.title');
  });
  const slug = page.exhibit.value;
  const entry = EXHIBITS.has(slug) && ENTRIES.find((one) => one.slug === slug);
  const store = page.store.value;
  const mounted = page.mounted.value;
  const Exhibit = drawing.value;
  return (
    <>
      <Notices page={page} />
      {page.help.value && <Help page={page} />}
      <Glossary page={page} />
      {!entry ? (
        <Home page={page} />
      ) : store && mounted && Exhibit ? (
        <Exhibit key={slug} page={page} store={store} mounted={mounted} />
      ) : (
        <div class="ex">
          <TopBar page={page} />
          <main class="sheet stage">
            <h1>{t(entry.title)}</h1>
            <div class="failed">
              {page.failed.value ? <Failed error={page.failed.value} /> : <p class="late">{t('start.waiting')}</p>}
            </div>
          </main>
        </div>
      )}
    </>
  );
}
