import { useSignalEffect } from '@preact/signals';
import { EXHIBITS } from '../exhibits';
import { ENTRIES } from '../exhibits/course';
import { Home } from '../home/Home';
import { t } from '../i18n';
import { Failed } from './Failed';
import { Glossary } from './Glossary';
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
  const entry = EXHIBITS.has(slug) && ENTRIES.find((one) => one.slug === slug);
  const store = page.store.value;
  const opened = page.opened.value;
  return (
    <>
      <Notices page={page} />
      {page.help.value && <Help page={page} />}
      <Glossary page={page} />
      {!entry ? (
        <Home page={page} />
      ) : store && opened ? (
        <opened.Exhibit key={slug} page={page} store={store} mounted={opened.mounted} />
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
