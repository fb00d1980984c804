// What the views of this exhibit show: the counts of a text, the vectors of a training with all its epochs, some of its pairs,
// an analogy; each asked of the core when a view needs it.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { CoreError, Study, StudyRequest } from '../../../../wasm/bridge/protocol';
import type { PlainKey } from '../../i18n';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { latest } from '../../session/latest';
import { arrayOf } from '../../session/studies';
import type { Lab } from './defaults';
import { EPOCHS, labOf, SIX } from './lab';
import { type Company, type Kind, kindsOf, type Meaning, meaningOf, pairsOf, type Stretch, stretchOf } from './words';

const STRETCH = 60; // pairs that are fetched at once, the one on screen in their middle
const MARGIN = 10; // from their end at which the next are fetched

export interface Asked {
  kind: string; // "pairs", "cosine", "analogy"
}

export function createLesson(store: Store) {
  const { session } = store;
  const lab = computed(() => labOf(store.lab.value));
  const problem = signal<CoreError | null>(null);
  const learned = signal<Meaning | null>(null); // by skip-gram, as far as it has come
  const counted = signal<Meaning | null>(null); // by counting the same sentences
  const six = signal<Company | null>(null);
  const stretch = signal<Stretch | null>(null);
  const answers = signal<{ asked: string; by: string; epoch: number; cosine: Float64Array } | null>(null);
  const busy = signal(false);

  const settings = computed(() => {
    const { window, size, negatives, seed } = lab.value;
    return { window, size, negatives, seed };
  });
  const key = computed(() => JSON.stringify(settings.value));
  let kinds = new Map<string, Kind[]>();
  const kindOf = (word: string) => kinds.get(word) ?? [];
  const asking = (by: string, of: Record<string, string>): StudyRequest => ({
    study: 'meaning',
    settings: { ...of, by, show: 'all', ...(by === 'skip-gram' ? { epochs: String(EPOCHS) } : {}) },
  });

  let training: AbortController | null = null;
  const learn = async () => {
    training?.abort();
    const mine = new AbortController();
    training = mine;
    const of = settings.peek();
    const show = (study: Study) => {
      if (mine.signal.aborted) return;
      learned.value = meaningOf(study, Number(of.window), kindOf);
    };
    busy.value = true;
    try {
      const both = await store.study(asking('counts', of), { signal: mine.signal });
      if (mine.signal.aborted) return;
      kinds = kindsOf(both);
      counted.value = meaningOf(both, Number(of.window), kindOf);
      show(await store.study(asking('skip-gram', of), { signal: mine.signal, watch: show }));
      problem.value = null;
    } catch (error) {
      if (!mine.signal.aborted) problem.value = error as CoreError;
    } finally {
      if (training === mine) busy.value = false;
    }
  };
  const offLearn = effect(() => {
    key.value;
    untracked(() => void learn());
  });

  /** The six sentences, counted: their words are those of the others, so their kinds are known. */
  const readSix = latest(async (window: string) => {
    const study = await store.study({
      study: 'meaning',
      settings: { window, by: 'counts', show: 'all', size: '2' },
      inputs: { text: SIX.join('\n') },
    });
    batch(() => {
      six.value = meaningOf(study, Number(window), kindOf);
    });
  });
  const offSix = effect(() => {
    const { window } = lab.value;
    counted.value; // kinds
    untracked(() => readSix(window));
  });

  // ---- pair by pair
  const fetchPairs = latest(async ({ of, from }: { of: Record<string, string>; from: number }) => {
    try {
      const study = await store.study({
        study: 'skipgram',
        settings: { ...of, epochs: String(EPOCHS), from: String(from), count: String(STRETCH) },
      });
      stretch.value = stretchOf(study);
    } catch (error) {
      // a link may say more pairs than there are
      if (from > 0) set({ step: '0' });
      else problem.value = error as CoreError;
    }
  });
  let fetched = '';
  const offPairs = effect(() => {
    const step = Number(lab.value.step);
    const of = settings.value;
    const { pairs = [], inEpoch = 0 } = stretch.value ?? {};
    const [first, last] = [pairs[0]?.number ?? 0, pairs.at(-1)?.number ?? -1];
    const near = step < first + MARGIN ? first > 0 : step > last - MARGIN && last + 1 < inEpoch * EPOCHS;
    if (fetched.startsWith(key.value) && step >= first && step <= last && !near) return;
    const from = Math.max(0, step - STRETCH / 2);
    const now = `${key.value} ${from}`;
    if (now === fetched) return;
    fetched = now;
    untracked(() => fetchPairs({ of, from }));
  });
  const pair = computed(() => stretch.value?.pairs.find(({ number }) => number === Number(lab.value.step)) ?? null);
  const lastPair = computed(() => (stretch.value ? stretch.value.inEpoch * EPOCHS - 1 : 0));

  // ---- vectors on screen
  const meaning = computed(() => (lab.value.by === 'counts' ? counted.value : learned.value));
  /** Epochs done of those that are shown: as many as there are. */
  const epoch = computed(() => {
    const of = meaning.value;
    if (!of || of.epochs === 0) return 0;
    return lab.value.epoch === '' ? of.done : Math.min(of.done, Number(lab.value.epoch));
  });
  const vectors = computed(() => meaning.value?.after[epoch.value] ?? null);
  const numberOf = (word: string) => meaning.value?.words.indexOf(word) ?? -1;
  const word = computed(() => Math.max(0, numberOf(lab.value.word)));

  // ---- analogies
  const ask = latest(async ({ abc, by, epoch: at }: { abc: string; by: string; epoch: number }) => {
    const of = meaning.peek();
    const now = of?.after[at];
    if (!of || !now) return;
    const [a = -1, b = -1, c = -1] = abc.split('.').map((one) => of.words.indexOf(one));
    if (Math.min(a, b, c) < 0) {
      answers.value = null;
      return;
    }
    const study = await store.study({
      study: 'analogy',
      settings: { size: String(of.size), a: String(a), b: String(b), c: String(c) },
      inputs: { vectors: [...now.vectors] },
    });
    answers.value = { asked: abc, by, epoch: at, cosine: arrayOf(study, 'cosine').values };
  });
  const offAsk = effect(() => {
    const { asked, by } = lab.value;
    vectors.value;
    const at = epoch.value;
    untracked(() => ask({ abc: asked, by, epoch: at }));
  });

  // ---- what is asked
  const covered = computed((): Asked | null => {
    const of = store.exhibit.questions[store.question.value - 1];
    if (!of || !('count' in of) || session.asked.value?.revealed !== false) return null;
    const [kind = ''] = of.count.split('.');
    return { kind };
  });
  const offAnswer = effect(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    const counting = six.value;
    const now = vectors.value;
    const count = meaning.value?.words.length ?? 0;
    const said = answers.value;
    if (!of || !('count' in of)) return;
    const [kind, a = '', b = '', c = '', d = '', e = ''] = of.count.split('.');
    if (kind === 'pairs' && counting) {
      store.answer.value = { value: pairsOf(counting.sentences.slice(0, 1), counting.window).length };
    }
    if (kind === 'cosine' && now) {
      const cosine = (x: string, y: string) => now.cosine[numberOf(x) * count + numberOf(y)] ?? Number.NaN;
      store.answer.value = { value: cosine(a, b), than: cosine(c, d) };
    }
    if (kind === 'analogy' && said?.asked === `${a}.${b}.${c}`) {
      store.answer.value = {
        value: said.cosine[numberOf(d)] ?? Number.NaN,
        than: said.cosine[numberOf(e)] ?? Number.NaN,
      };
    }
  });

  const offSeen = effect(() => {
    if (six.value && learned.value && stretch.value && !busy.value) store.seen.value = true;
  });
  const set = (change: Partial<Lab>) => {
    store.lab.value = { ...store.lab.peek(), ...change };
  };
  /** What changes what there is to see, as one thing that can be undone. */
  const edit = (words: PlainKey, change: Partial<Lab>) => void store.edit(t(words), () => set(change));

  return {
    ...{ lab, problem, learned, counted, six, stretch, pair, lastPair, meaning, epoch, vectors, word, answers, busy },
    ...{ covered, numberOf, set, edit, kindOf },
    dispose: () => {
      training?.abort();
      offLearn();
      offSix();
      offPairs();
      offAsk();
      offAnswer();
      offSeen();
      store.answer.value = null;
    },
  };
}
export type Lesson = ReturnType<typeof createLesson>;
