import { Icon, type IconName } from '../components/Icon';
import { COURSE, ENTRIES } from '../course';
import { EXHIBITS } from '../exhibits';
import { t } from '../i18n';
import type { Page } from './page';
import { print } from './print';

function Tool(props: {
  icon: IconName;
  name: string;
  hint: string;
  onClick: () => void;
  opt?: boolean;
  pressed?: boolean;
}) {
  return (
    <button
      type="button"
      class={`btn icon quiet${props.opt ? ' opt' : ''}`}
      aria-label={props.name}
      title={props.hint}
      aria-pressed={props.pressed}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

export function Tools({ page, link }: { page: Page; link?: boolean }) {
  return (
    <div class="tools">
      <Tool
        icon="projector"
        name={t('tools.projector')}
        hint={t('tools.projector.hint')}
        onClick={page.toggleProjector}
        pressed={page.projector.value}
        opt
      />
      {link && !page.projector.value && (
        <Tool icon="print" name={t('tools.print')} hint={t('tools.print.hint')} onClick={() => void print()} opt />
      )}
      {link && <Tool icon="link" name={t('tools.link')} hint={t('tools.link.hint')} onClick={page.copyLink} />}
      <Tool icon="theme" name={t('tools.theme')} hint={t('tools.theme.hint')} onClick={page.toggleTheme} />
      <Tool
        icon="words"
        name={t('tools.words')}
        hint={t('tools.words.hint')}
        onClick={() => {
          page.word.value = { ids: [], from: null };
        }}
      />
      <Tool
        icon="help"
        name={t('tools.help')}
        hint={t('tools.help.hint')}
        onClick={() => {
          page.help.value = true;
        }}
        opt
      />
    </div>
  );
}

export function TopBar({ page }: { page: Page }) {
  const here = page.exhibit.value;
  const entry = ENTRIES.find(({ slug }) => slug === here);
  return (
    <header class="top">
      <a class="brand" href="#home" aria-label={t('page.home')}>
        {t('page.brand')}
      </a>
      <nav class="course" aria-label={t('course.label')}>
        {COURSE.map((part) => (
          <ol key={part.numeral} aria-label={t('course.part', { numeral: part.numeral, title: t(part.title) })}>
            <li class="part-no" aria-hidden="true">
              {part.numeral}
            </li>
            {part.entries.map(({ number, slug, title }) => (
              <li key={slug}>
                {EXHIBITS.has(slug) ? (
                  <a
                    class="ex-no"
                    href={`#${slug}`}
                    title={t('course.entry', { number, title: t(title) })}
                    aria-current={slug === here ? 'page' : undefined}
                  >
                    {number}
                  </a>
                ) : (
                  <span class="ex-no" title={t('course.soon', { number, title: t(title) })}>
                    {number}
                  </span>
                )}
              </li>
            ))}
          </ol>
        ))}
      </nav>
      {entry && (
        <a
          class="btn course-menu"
          href="#home"
          aria-label={t('course.contents', { number: entry.number, count: ENTRIES.length })}
        >
          {t('course.of', { number: entry.number, count: ENTRIES.length })}
        </a>
      )}
      <Tools page={page} link />
    </header>
  );
}
