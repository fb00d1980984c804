import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ExhibitText, Item } from '../../build/markdown';
import { Html } from '../components/Html';
import { Icon } from '../components/Icon';
import { fill } from '../components/tex';
import { ENTRIES, partOf } from '../exhibits/course';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { Ask } from './Ask';
import { Claim } from './Claim';
import type { Page } from './page';
import { Reading } from './Reading';

/** What a text may name of what is on screen. */
function slots(store: Store): Record<string, string | number> {
  const { run, token, text, operation } = store.session;
  const letters = [...text.value];
  const at = token.value - 1; // token 1 is the start mark
  const kind = operation.value?.kind;
  const whole = kind === undefined || kind === 'clip' || kind === 'update';
  const escaped = (words: string) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return {
    read: escaped(whole ? text.value : letters.slice(0, Math.max(0, at)).join(' ')),
    now: escaped(letters[Math.max(0, at - 1)] ?? ''),
    hidden: run.value?.settings.hidden_size ?? '',
    embedding: run.value?.settings.embedding_size ?? '',
  };
}

export function Text({ page, store, text }: { page: Page; store: Store; text: ExhibitText }) {
  const entry = ENTRIES.find(({ slug }) => slug === store.exhibit.slug);
  const part = partOf(store.exhibit.slug);
  const { tour, question, exhibit } = store;
  const steps = text.sections.tour?.items ?? [];
  const id = exhibit.tour[tour.value - 1]?.id;
  const item = steps.find((one) => one.id === id);
  const count = exhibit.tour.length;
  const tries = text.sections.try?.items ?? [];
  const trying = useSignal(false);
  const measuring = store.session.claim.value !== null;
  const go = (to: number) => {
    trying.value = false;
    page.mark();
    void store.showTour(to);
  };
  return (
    <article class="prose">
      <p class="eyebrow">{entry && part && t('course.eyebrow', { number: entry.number, part: t(part.title) })}</p>
      <h1>{text.title}</h1>
      <nav class="tour" aria-label={t('text.tour')}>
        <ol class="dots">
          {exhibit.tour.map((step, i) => (
            <li key={step.id} class={i < tour.value ? 'on' : ''}>
              <button
                type="button"
                aria-label={t('text.tour.at', { step: i + 1, count, title: titleOf(steps, step.id) })}
                aria-current={i + 1 === tour.value ? 'step' : undefined}
                onClick={() => go(i + 1)}
              />
            </li>
          ))}
        </ol>
        <span class="small dim num">{t('text.tour.of', { step: tour.value, count })}</span>
      </nav>
      {question.value > 0 || measuring ? null : trying.value ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section class="words" tabIndex={0} aria-label={t('text.try')}>
          <h2>{t('text.try')}</h2>
          {tries.map((one) => (
            <Html key={one.id} html={one.first} />
          ))}
        </section>
      ) : (
        item && <Step item={item} store={store} />
      )}
      {question.value > 0 ? (
        <Ask store={store} text={text} key={question.value} />
      ) : measuring ? null : (
        <div class="try">
          <div class="row step">
            <button
              type="button"
              class="btn icon"
              disabled={tour.value <= 1}
              aria-label={t('text.tour.back')}
              onClick={() => go(tour.value - 1)}
            >
              <Icon name="back" />
            </button>
            <button
              type="button"
              class="btn primary"
              disabled={tour.value >= count}
              aria-label={t('text.tour.next')}
              onClick={() => go(tour.value + 1)}
            >
              {t('text.next')}
            </button>
          </div>
          <Reading store={store} />
          <div class="row">
            <button type="button" class="btn low" onClick={() => store.ask(1)}>
              {t('text.predict')}
            </button>
            <button
              type="button"
              class="btn low"
              aria-pressed={trying.value}
              onClick={() => {
                trying.value = !trying.value;
              }}
            >
              {t('text.try')}
            </button>
          </div>
        </div>
      )}
      <Claim store={store} sentence={text.sections.claim?.first ?? ''} />
    </article>
  );
}

const titleOf = (items: Item[], id: string) => items.find((one) => one.id === id)?.title ?? '';

function Step({ item, store }: { item: Item; store: Store }) {
  const known = slots(store);
  const key = JSON.stringify(known);
  const [first, more] = useMemo(() => {
    const values = JSON.parse(key) as Record<string, string>;
    return [fill(item.first, values), fill(item.more, values)];
  }, [item, key]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="words" tabIndex={0} aria-label={item.title}>
      <h2>{item.title}</h2>
      <Html html={first} />
      <Html class="more" html={more} />
    </section>
  );
}
