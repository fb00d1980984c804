import { useEffect } from 'preact/hooks';
import type { Page } from '../app/page';
import { Tools } from '../app/TopBar';
import { Failed } from '../components/Failed';
import { Icon } from '../components/Icon';
import { COURSE, ENTRIES, type Entry } from '../course';
import { EXHIBITS } from '../exhibits';
import { t } from '../i18n';
import { isRead, readWord } from './states';
import { Threads } from './Threads';
import { Thumb } from './Thumb';
import { Word } from './Word';
import './home.css';

function Tile({ entry, page }: { entry: Entry; page: Page }) {
  const open = EXHIBITS.has(entry.slug);
  const thread = entry.thread && <span class="tag"> · {t(`home.${entry.thread}`)}</span>;
  const inside = (
    <>
      <span class="th">
        <Thumb slug={entry.slug} theme={page.theme.value} />
      </span>
      <span>
        <small>
          {entry.number} · {t(open ? 'home.open' : 'home.soon')}
          {thread}
        </small>
        <b>{t(entry.title)}</b>
      </span>
    </>
  );
  return open ? (
    <a class="tile" href={`#${entry.slug}`} data-exhibit={entry.slug}>
      {inside}
    </a>
  ) : (
    <span class="tile" data-exhibit={entry.slug}>
      {inside}
    </span>
  );
}

export function Home({ page }: { page: Page }) {
  const ready = page.core.value !== null;
  useEffect(() => {
    if (!ready || isRead()) return;
    // in a core of its own: who goes on to an exhibit before all is read has that one's nets in the page's
    const own = page.spawn();
    void readWord(own)
      .catch(() => undefined) // the word stands without its states
      .finally(own.close.bind(own));
    return () => own.close();
  }, [ready, page]);
  const first = ENTRIES.find(({ slug }) => EXHIBITS.has(slug));
  return (
    <div class="home">
      <header class="hero">
        <Word theme={page.theme.value} />
        <div>
          <h1>{t('home.title')}</h1>
          <p>{t('home.lede')}</p>
          <div class="go">
            {first && (
              <a class="btn primary" href={`#${first.slug}`}>
                {t('home.start', { number: first.number, title: t(first.title) })}
              </a>
            )}
            <span class="small dim plan">{t('home.plan', { built: EXHIBITS.size, count: ENTRIES.length })}</span>
          </div>
          {page.failed.value && <Failed error={page.failed.value} />}
        </div>
        <Tools page={page} />
      </header>
      <main class="parts">
        <Threads />
        {COURSE.map((part, index) => (
          <section
            class="part"
            key={part.numeral}
            aria-label={t('course.part', { numeral: part.numeral, title: t(part.title) })}
          >
            <h2>
              <span aria-hidden="true">{part.numeral}</span>
              {t(part.title)}
            </h2>
            <ol>
              {part.entries.map((entry) => (
                <li key={entry.slug}>
                  <Tile entry={entry} page={page} />
                </li>
              ))}
            </ol>
            {index === 1 && <Same />}
            {index === 3 && <ThreadNotes />}
          </section>
        ))}
      </main>
    </div>
  );
}

function Same() {
  return (
    <div class="note">
      <h3>{t('home.same')}</h3>
      <dl>
        <dt>
          <Icon name="step" />
        </dt>
        <dd>{t('home.same.step')}</dd>
        <dt>
          <Icon name="point" />
        </dt>
        <dd>{t('home.same.point')}</dd>
        <dt>
          <Icon name="help" />
        </dt>
        <dd>{t('home.same.predict')}</dd>
        <dt>
          <Icon name="tick" />
        </dt>
        <dd>{t('home.same.claim')}</dd>
      </dl>
    </div>
  );
}

function ThreadNotes() {
  return (
    <div class="note thread-notes">
      <h3>{t('home.names.title')}</h3>
      <p>{t('home.names.text')}</p>
      <h3>{t('home.phrases.title')}</h3>
      <p>{t('home.phrases.text')}</p>
    </div>
  );
}
