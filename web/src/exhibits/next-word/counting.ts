// What the views show: asked of the core (studies) for what they are set to.
import { batch, computed, effect, type Signal, signal, untracked } from '@preact/signals';
import type { CoreError, Study, StudyRequest } from '../../../../wasm/bridge/protocol';
import { type PlainKey, t } from '../../i18n';
import type { Store } from '../../session/create';
import {
  type Author,
  authorOf,
  type Chain,
  type Contexts,
  chainOf,
  contextsOf,
  type Endings,
  endingsOf,
  type Guess,
  guessOf,
  type Spelling,
  spellingOf,
  type Texts,
  type Trained,
  textsOf,
  trainedOf,
} from './counted';
import type { Lab } from './defaults';
import { atOf, eachOf, endOf, FURTHER, LONGEST, labOf, MOST_SEEN_ALL, NET, TWO, UPDATES } from './lab';

/** Only what the view that is on screen shows is asked for. */
export function createCounting(store: Store, view: string) {
  const inView = (...views: string[]) => views.includes(view);
  const lab = computed(() => labOf(store.lab.value));
  const problem = signal<CoreError | null>(null);
  const stops: (() => void)[] = [];

  /** The study that is asked for now; what was asked before is stopped. */
  function asking<T>(
    request: () => StudyRequest | null,
    made: (study: Study, lab: Lab) => T,
    watched = false,
  ): Signal<T | null> {
    const found = signal<T | null>(null);
    const key = computed(() => JSON.stringify(request()));
    let stop = new AbortController();
    const off = effect(() => {
      const of = JSON.parse(key.value) as StudyRequest | null;
      const now = untracked(() => lab.value);
      stop.abort();
      stop = new AbortController();
      const mine = stop.signal;
      if (!of) {
        found.value = null;
        return;
      }
      const watch = (study: Study) => {
        if (!mine.aborted) found.value = made(study, now);
      };
      store.study(of, { signal: mine, ...(watched && { watch }) }).then(
        (study) =>
          mine.aborted ||
          batch(() => {
            problem.value = null;
            found.value = made(study, now);
          }),
        (error) => {
          if (!mine.aborted) problem.value = error as CoreError;
        },
      );
    });
    stops.push(() => {
      stop.abort();
      off();
    });
    return found;
  }

  const chain: Signal<Chain | null> = asking(
    () =>
      inView('chain', 'window')
        ? { study: 'chain', settings: { smoothing: lab.value.smoothing }, inputs: { name: lab.value.name } }
        : null,
    (study, { name }) => chainOf(study, name),
  );
  /** Letters before, as far as all texts can be followed. */
  const seenAll = computed(() => Math.min(MOST_SEEN_ALL, Number(lab.value.seen)));
  const counted = computed(() => (lab.value.text === 'two' ? TWO.join('\n') : ''));
  const texts: Signal<Texts | null> = asking(
    () =>
      inView('all')
        ? {
            study: 'strings',
            settings: {
              longest: String(LONGEST[lab.value.text as keyof typeof LONGEST]),
              further: String(FURTHER),
              order: String(seenAll.value + 1),
              smoothing: lab.value.smoothing,
            },
            inputs: { text: counted.value },
          }
        : null,
    (study, { text }) => textsOf(study, LONGEST[text as keyof typeof LONGEST]),
  );
  /** What can come after the beginning that is looked at. */
  const after: Signal<Chain | null> = asking(
    () =>
      inView('all')
        ? {
            study: 'chain',
            settings: { smoothing: lab.value.smoothing },
            // of the beginning without a letter it is the first guess that is wanted, whatever comes
            inputs: { name: lab.value.piece || 'a', text: counted.value },
          }
        : null,
    (study, { piece }) => chainOf(study, piece),
  );

  const contexts: Signal<Contexts | null> = asking(
    () => (inView('window', 'race') ? { study: 'contexts', settings: { smoothing: lab.value.smoothing } } : null),
    contextsOf,
  );
  /** The net that sees a window: trained once a view is set to more than its start. */
  const trained: Signal<Trained | null> = asking(
    () => (lab.value.look === '0' ? null : { study: 'window', settings: { ...NET, updates: String(UPDATES) } }),
    trainedOf,
    true,
  );
  /** As far as it has come. */
  const look = computed(() => Math.min(Number(lab.value.look), Math.max(0, (trained.value?.done ?? 0) - 1)));
  const guess: Signal<Guess | null> = asking(
    () =>
      inView('window') || (inView('chain') && look.value > 0)
        ? {
            study: 'guess',
            settings: NET,
            inputs: {
              name: lab.value.name,
              parameters: look.value === 0 ? [] : (trained.value?.parameters(look.value) ?? []),
            },
          }
        : null,
    (study, { name }) => guessOf(study, name, look.peek()),
  );

  const short = computed(() => ({ order: String(Number(lab.value.seen) + 1), smoothing: lab.value.smoothing }));
  const spelling: Signal<Spelling | null> = asking(
    () => (inView('uses') ? { study: 'spelling', settings: short.value, inputs: { typed: lab.value.typed } } : null),
    spellingOf,
  );
  const endings: Signal<Endings | null> = asking(
    () =>
      inView('uses') ? { study: 'endings', settings: short.value, inputs: { beginning: lab.value.beginning } } : null,
    (study, { beginning }) => endingsOf(study, beginning),
  );
  const author: Signal<Author | null> = asking(
    () =>
      inView('uses')
        ? { study: 'author', settings: short.value, inputs: { word: lab.value.word }, texts: ['moby-dick'] }
        : null,
    authorOf,
  );

  const at = computed(() => atOf(lab.value));
  const covered = computed(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    return of && 'count' in of && store.session.asked.value?.revealed === false ? of.count : null;
  });
  const offSeen = effect(() => {
    const there = { all: texts, window: contexts, race: contexts, uses: spelling, chain }[view];
    if (there?.value) store.seen.value = true;
  });

  const set = (changed: Partial<Lab>): void => {
    store.lab.value = { ...store.lab.peek(), ...changed };
  };
  return {
    ...{
      lab,
      problem,
      chain,
      texts,
      after,
      contexts,
      trained,
      look,
      guess,
      spelling,
      endings,
      author,
      seenAll,
      at,
      covered,
      set,
    },
    /** What changes what there is to see, as one thing that can be undone. */
    edit: (words: PlainKey, changed: Partial<Lab>) => void store.edit(t(words), () => set(changed)),
    end: computed(() => endOf(lab.value)),
    each: computed(() => eachOf(lab.value.seen)),
    goto: (to: number) => {
      const end = endOf(lab.peek());
      set({ done: to >= end ? '' : String(Math.max(0, to)) });
    },
    dispose: () => {
      for (const stop of stops) stop();
      offSeen();
    },
  };
}
export type Counting = ReturnType<typeof createCounting>;
