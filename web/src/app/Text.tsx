import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ExhibitText, Item } from '../../build/markdown';
import { Html } from '../components/Html';
import { IconButton } from '../components/IconButton';
import { Paged } from '../components/Paged';
import { fill } from '../components/tex';
import { Words } from '../components/Words';
import { ENTRIES, partOf } from '../course';
import type { Spread } from '../exhibits/types';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { Ask } from './Ask';
import { Claim } from './Claim';
import type { Page } from './page';
import { Reading } from './Reading';
import { slotsOf } from './slots';
import { stepsOf } from './tour';

const PHONE = '(max-width: 760px)'; // phone.css

interface TextProps {
  page: Page;
  store: Store;
  text: ExhibitText;
  spread: Spread;
  reads: boolean; // what is on screen has read the name
}
export function Text({ page, store, text, spread, reads }: TextProps) {
  const entry = ENTRIES.find(({ slug }) => slug === store.exhibit.slug);
  const part = partOf(store.exhibit.slug);
  const { question, session } = store;
  const { trying, items, at, go } = stepsOf(page, store);
  const asking = question.value > 0;
  const measuring = session.claim.value !== null;
  const refused = store.unread.value !== null; // what to do about that comes first
  const item = items[at - 1];
  const known = slotsOf({
    text: session.text.value,
    token: session.token.value,
    updating: session.operation.value?.kind === 'clip' || session.operation.value?.kind === 'update',
    settings: session.run.value?.settings ?? {},
    tokens: session.run.value?.vocabulary.length ?? 1,
  });
  // On a phone what is pressed may be far from the words that it brings.
  const article = useRef<HTMLElement>(null);
  const stand = [trying, at, question.value].join();
  const stood = useRef(stand);
  useEffect(() => {
    if (stood.current === stand) return;
    stood.current = stand;
    if (matchMedia(PHONE).matches) article.current?.querySelector('.words, .ask')?.scrollIntoView({ block: 'nearest' });
  }, [stand]);
  const busy = asking || measuring || refused;
  return (
    <article class="prose" ref={article}>
      <p class="eyebrow">{entry && part && t('course.eyebrow', { number: entry.number, part: t(part.title) })}</p>
      <h1>{text.title}</h1>
      <nav class="tour" aria-label={t(trying ? 'text.try' : 'text.tour')}>
        <ol class="dots">
          {items.map(({ id, title }, i) => (
            <li key={id} class={i < at ? 'on' : ''}>
              <button
                type="button"
                aria-label={t(trying ? 'text.try.at' : 'text.tour.at', { step: i + 1, count: items.length, title })}
                aria-current={i + 1 === at ? 'step' : undefined}
                onClick={() => go(i + 1)}
              />
            </li>
          ))}
        </ol>
        <span class="count small dim num">
          {t(trying ? 'text.try.of' : 'text.tour.of', { step: at, count: items.length })}
        </span>
        {/* Above what is as long as it is: they stay where they are from step to step. */}
        <div class="step">
          <IconButton
            icon="back"
            label={t(trying ? 'text.try.back' : 'text.tour.back')}
            disabled={asking || at <= 1}
            onPress={() => go(at - 1)}
          />
          {asking ? (
            <button type="button" class="btn" onClick={() => void store.ask(0)}>
              {t('ask.done')}
            </button>
          ) : (
            <button
              type="button"
              class="btn primary"
              disabled={at >= items.length}
              aria-label={t(trying ? 'text.try.next' : 'text.tour.next')}
              onClick={() => go(at + 1)}
            >
              {t('text.next')}
            </button>
          )}
        </div>
        <Doing store={store} gone={busy} />
      </nav>
      {asking || !item ? null : <Step store={store} item={item} slots={known} key={item.id} />}
      {asking ? (
        <Ask store={store} text={text} slots={known} key={question.value} />
      ) : measuring ? null : (
        <div class="try">
          {reads && <Reading store={store} />}
          {busy ? null : <Doing store={store} />}
        </div>
      )}
      <Claim
        store={store}
        sentence={text.sections.claim?.first ?? ''}
        note={text.sections.claim?.more ?? ''}
        spread={spread}
      />
    </article>
  );
}

/** The questions, and what there is to try: under the words, or on a phone beside Next, where they stay in reach. gone:
 *  their room stays, so that Done stands where Next did. */
function Doing({ store, gone = false }: { store: Store; gone?: boolean }) {
  const trying = store.trying.value > 0;
  return (
    <div class={gone ? 'row doing gone' : 'row doing'} inert={gone}>
      <button type="button" class="btn low" onClick={() => void store.ask(1)}>
        {t('text.predict')}
      </button>
      <button type="button" class="btn low" aria-pressed={trying} onClick={() => void store.showTry(trying ? 0 : 1)}>
        {t('text.try')}
      </button>
    </div>
  );
}

/** Its buttons are in the words, as the text declares them. */
function Step({ store, item, slots }: { store: Store; item: Item; slots: Record<string, string> }) {
  const key = JSON.stringify(slots);
  const [first, more] = useMemo(() => {
    const values = JSON.parse(key) as Record<string, string>;
    return [fill(item.first, values), fill(item.more, values)];
  }, [item, key]);
  const press = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('.deed') : null;
    const { do: id, view } = button?.dataset ?? {};
    if (id) void store.act(id, button?.textContent ?? '');
    else if (view) store.panel.value = view === 'network' ? null : view;
  };
  const drawn = store.drawn.value;
  const whole = useSignal(false); // on a phone, where the figure comes after the first words
  return (
    <Paged label={item.title}>
      <h2>{item.title}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it are what is pressed */}
      <div
        onClick={press}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          if (!(event.target as Element).matches('.deed')) return; // a word that is explained has keys of its own
          event.preventDefault();
          press(event);
        }}
      >
        <Html html={first} />
        <Html class={`more${whole.value ? ' whole' : ''}`} html={more} />
      </div>
      <button
        type="button"
        class="btn link unfold"
        aria-expanded={whole.value}
        onClick={() => {
          whole.value = !whole.value;
        }}
      >
        {t(whole.value ? 'text.less' : 'text.more')}
      </button>
      {drawn && (
        <p class="small" role="status">
          <Words>
            {drawn.letter === null
              ? t('text.drawn.end', { name: drawn.name })
              : t('text.drawn', { letter: drawn.letter, name: drawn.name })}
          </Words>
        </p>
      )}
    </Paged>
  );
}
