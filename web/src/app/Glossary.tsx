// What a word or a letter means: some words in a card beside what asked for them, or all of them in a sheet. One text.
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Html } from '../components/Html';
import { Sheet } from '../components/Sheet';
import { Words } from '../components/Words';
import { t } from '../i18n';
import { type Glossary as All, loadWords, type Word } from '../words';
import type { Asked, Page } from './page';

export function Glossary({ page }: { page: Page }) {
  const all = useSignal<All | 'failed' | null>(null);
  useSignalEffect(() => {
    if (page.word.value === null || (all.peek() && all.peek() !== 'failed')) return;
    loadWords().then(
      (words) => {
        all.value = words;
      },
      () => {
        all.value = 'failed';
      },
    );
  });
  // Wherever a text has a word that leads here.
  useEffect(() => {
    const ask = (event: Event) => {
      const from = (event.target as Element).closest<HTMLElement>('[data-word]');
      if (!from) return;
      event.preventDefault();
      const open = page.word.peek()?.from === from;
      page.word.value = open ? null : { ids: (from.dataset.word ?? '').split(','), from };
    };
    const press = (event: KeyboardEvent) => {
      if ((event.key === 'Enter' || event.key === ' ') && !event.defaultPrevented) ask(event);
    };
    document.addEventListener('click', ask);
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('click', ask);
      document.removeEventListener('keydown', press);
    };
  }, [page]);
  // What it was asked beside is gone with its step.
  useSignalEffect(() => {
    const store = page.store.value;
    if (store) [store.tour.value, store.trying.value, store.question.value];
    if (page.word.peek()?.from) page.word.value = null;
  });
  const asked = page.word.value;
  if (!asked) return null;
  const close = () => {
    page.word.value = null;
  };
  const told = all.value === 'failed' ? t('words.failed') : all.value === null ? t('words.waiting') : null;
  const groups = all.value && all.value !== 'failed' ? all.value.groups : [];
  if (!asked.from)
    return (
      <Sheet title={t('tools.words')} onClose={close}>
        {told && (
          <p>
            <Words>{told}</Words>
          </p>
        )}
        {groups.map(({ title, words }) => (
          <section class="word-group" key={title}>
            <h3>{title}</h3>
            <dl>
              {words.map((word) => (
                <div key={word.id}>
                  <dt>{word.title}</dt>
                  <dd>
                    <Html html={word.html} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Sheet>
    );
  const words = groups.flatMap((group) => group.words).filter(({ id }) => asked.ids.includes(id));
  return <Card key={asked.ids.join()} asked={asked} words={words} told={told} page={page} />;
}

const GAP = 6; // CSS pixels

interface CardProps {
  asked: Asked;
  words: Word[];
  told: string | null;
  page: Page;
}
/** Under the word that asked for it; above, where there is no room. */
function Card({ asked, words, told, page }: CardProps) {
  const card = useRef<HTMLDivElement>(null);
  const { from } = asked;
  // Over a sheet nothing can be pressed but what is in it.
  useLayoutEffect(() => {
    if (card.current) from?.closest('dialog')?.append(card.current);
  }, [from]);
  useLayoutEffect(() => {
    const box = card.current;
    const line = from?.getClientRects()[0];
    if (!box || !line) return;
    const { innerWidth, innerHeight } = window;
    const { width, height } = box.getBoundingClientRect();
    const under = line.bottom + GAP;
    const top = under + height <= innerHeight - GAP ? under : Math.max(GAP, line.top - GAP - height);
    box.style.left = `${Math.max(GAP, Math.min(line.left, innerWidth - width - GAP))}px`;
    box.style.top = `${top}px`;
  });
  useLayoutEffect(() => {
    card.current?.focus({ preventScroll: true });
    const beside = (event: PointerEvent) => {
      const target = event.target as Element;
      if (!card.current?.contains(target) && !from?.contains(target)) page.word.value = null;
    };
    const box = card.current;
    document.addEventListener('pointerdown', beside, true);
    return () => {
      document.removeEventListener('pointerdown', beside, true);
      if (from?.isConnected && box?.contains(document.activeElement)) from.focus({ preventScroll: true });
    };
  }, [from, page]);
  return (
    <div
      class="word-card"
      role="dialog"
      aria-label={words.map(({ title }) => title).join(', ')}
      tabIndex={-1}
      ref={card}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault(); // the sheet under it stays
        page.word.value = null;
      }}
    >
      {told && (
        <p>
          <Words>{told}</Words>
        </p>
      )}
      {words.map(({ id, title, html }) => (
        <section key={id}>
          <h2>{title}</h2>
          <Html html={html} />
        </section>
      ))}
      <button
        type="button"
        class="btn link"
        onClick={() => {
          page.word.value = { ids: [], from: null };
        }}
      >
        {t('words.all')}
      </button>
    </div>
  );
}
