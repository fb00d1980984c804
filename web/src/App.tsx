import { signal, useSignalEffect } from '@preact/signals';
import { drawing } from './app/drawing';
import { Glossary } from './app/Glossary';
import { Help } from './app/Help';
import { useKeys } from './app/keys';
import { Notices } from './app/Notices';
import type { Page } from './app/page';
import { TopBar } from './app/TopBar';
import { Failed } from './components/Failed';
import { ENTRIES } from './course';
import { EXHIBITS } from './exhibits';
import { t } from './i18n';

const homePage = signal<typeof import('./home/Home').Home | null>(null);
/** It comes when it is opened first, so that who opens an exhibit does not wait for it. */
export async function fetchHome(): Promise<void> {
  homePage.value = (await import('./home/Home')).Home;
}

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
  const Home = homePage.value;
  return (
    <>
      <Notices page={page} />
      {page.help.value && <Help page={page} />}
      <Glossary page={page} />
      {!entry && Home ? (
        <Home page={page} />
      ) : entry && store && mounted && Exhibit ? (
        <Exhibit key={slug} page={page} store={store} mounted={mounted} />
      ) : (
        <div class="ex">
          <TopBar page={page} />
          <main class="sheet stage">
            <h1>{t(entry ? entry.title : 'page.name')}</h1>
            <div class="failed">
              {page.failed.value ? <Failed error={page.failed.value} /> : <p class="late">{t('start.waiting')}</p>}
            </div>
          </main>
        </div>
      )}
    </>
  );
}
