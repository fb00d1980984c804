// The view that an address describes: the state of a mounted exhibit, and back. One function each way.
import { batch, computed, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Keep } from '../keep/keep';
import { digestOf } from '../state/digest';
import { defaults, upTo, type ViewState } from '../state/fields';
import type { Exhibit } from './declared';
import type { Guide } from './guide';
import type { Keeping } from './keeping';
import { equal, type Looking } from './looking';
import { MOST_IN_LINK, originOf, shippedOf } from './own';
import type { Reader } from './reader';
import type { Runs } from './runs';
import type { Notation, Reading, Sampling, View } from './types';
import type { Walker } from './walker';

export interface Viewed {
  runs: Runs;
  walker: Walker;
  reader: Reader;
  looking: Looking;
  guide: Guide;
  sampling: Signal<Sampling>;
  notation: Signal<Notation>;
  view: Signal<View>;
}

/** What is written for the text, in its two fields: nothing where it is as the exhibit opens. */
function ledOf(exhibit: Exhibit, text: string, target: Reading['target']): Pick<ViewState, 'target' | 'guess'> {
  if (target === undefined || (target === exhibit.target && (target === null || text === exhibit.text)))
    return { target: null, guess: false };
  return { target, guess: target === null };
}
/** And back; undefined: what is right for it. */
function targetOf(exhibit: Exhibit, { target, guess }: ViewState, text: string): Reading['target'] {
  if (guess) return null;
  return target ?? (text === exhibit.text || exhibit.target === null ? exhibit.target : undefined);
}

export function stateOf(exhibit: Exhibit, of: Viewed): ReadonlySignal<ViewState> {
  const { runs, walker, reader, looking, guide, sampling, notation, view } = of;
  const own = computed(() => {
    const { corpus } = runs.origin.value;
    return corpus.length <= MOST_IN_LINK ? null : digestOf(corpus);
  });
  return computed<ViewState>(() => {
    const { model, weights, settings, seed, corpus } = runs.origin.value;
    const plain = seed === null && corpus === '' && Object.keys(settings).length === 0;
    const selected = guide.question.value > 0 ? null : walker.selection.value;
    const part = walker.part.value;
    const text = reader.text.value;
    return {
      ...defaults(),
      text: text === exhibit.text || text === '' ? null : text,
      ...ledOf(exhibit, text, reader.target.value),
      corpus: corpus.length <= MOST_IN_LINK ? corpus : '',
      own: own.value,
      // An untrained start is clear from a seed, a setting or a text of its own.
      weights: weights === runs.shipped(model).weights || (weights === 'none' && !plain) ? null : weights,
      // of a file of another, the weights say it
      model: model === shippedOf(exhibit, model).model && model !== exhibit.model ? model : null,
      settings,
      seed,
      log: upTo(runs.step.value, runs.run.value?.log ?? []),
      step: runs.step.value,
      position: walker.position.value,
      part: part ? `${part.cells}.${part.terms}` : null,
      node: selected ? (walker.schema.value?.nodes[selected.node]?.path ?? null) : null,
      cell: selected?.cell ?? 0,
      view: view.value,
      notation: notation.value,
      folded: looking.folded.value,
      tour: guide.tour.value,
      question: guide.question.value,
      panel: looking.panel.value,
      lab: looking.lab.value,
      pane: looking.pane.value,
      pace: runs.pace.value,
      ...sampling.value,
    };
  });
}

/** True: on screen it is as the state describes it; false: what leads to its update was stopped. */
export async function showState(
  exhibit: Exhibit,
  state: ViewState,
  of: Viewed,
  keep: Keep,
  keeping: Keeping,
): Promise<boolean> {
  const { runs, reader } = of;
  const wanted = originOf(exhibit, state, runs);
  const fresh = JSON.stringify(wanted) !== JSON.stringify(runs.origin.peek()) || runs.run.peek() === null;
  const log = upTo(state.step, state.log);
  const sameLog = JSON.stringify(log) === JSON.stringify(upTo(state.step, runs.run.peek()?.log ?? []));
  batch(() => {
    of.notation.value = state.notation;
    of.sampling.value = { temperature: state.temperature, topK: state.topK, topP: state.topP };
    of.guide.tour.value = Math.min(state.tour, exhibit.tour.length);
    runs.pace.value = state.pace;
    of.looking.lab.value = state.lab;
    of.looking.pane.value = state.pane;
  });
  const opened = fresh || !sameLog;
  const past = opened && (state.step > 0 || log.length > 0) ? await keeping.past(wanted, state.step, log) : null;
  const brought = past !== null && (await runs.open(wanted, past.kept));
  if (past && !brought) await keep.drop(past.key); // of another version: it is trained anew
  const there = !opened || brought || (await runs.open(wanted));
  const refused = runs.problem.peek();
  // Where a file of the page did not come, nothing else is shown in its place.
  if (!runs.run.peek() && refused?.code !== 'file') await runs.open(runs.shipped());
  if (!runs.run.peek()) return false;
  // Only a text that was asked for can be refused.
  const text = state.text ?? reader.readableOr(exhibit.text) ?? exhibit.text;
  const next = reader.pair ? { text, target: targetOf(exhibit, state, text) } : { text };
  if (opened || !reader.stands(next)) {
    if (!(await reader.read(next))) {
      const problem = reader.unread.peek();
      await reader.reread();
      reader.unread.value = problem; // what the link asked for, and why it is not on screen
    }
  }
  const id = runs.run.peek()?.id;
  await look(state, of);
  if (!there) runs.problem.value = refused;
  if (!there || runs.run.peek()?.id !== id) return false; // or its tour shows another network
  // What was changed at update 0 comes back too.
  if (!opened || brought) return runs.goTo(state.step);
  return state.step > 0 || log.length > 0 ? runs.restore(state.step, log) : true;
}

/** What an address says of the run and of what is read. Without any of it, a step of the tour is as it is by Next. */
const OF_RUN = 'text target guess corpus own weights seed model settings log step lab'.split(
  ' ',
) as (keyof ViewState)[];
const saysNoRun = (state: ViewState) => OF_RUN.every((name) => equal(state[name], defaults()[name]));

/** Where the walk stands, and what is asked, shown and selected there. */
async function look(state: ViewState, { walker, looking, guide, view }: Viewed): Promise<void> {
  if (state.question > 0) {
    await guide.poseAt(state.question);
    return;
  }
  guide.fromAddress(guide.tour.peek(), state.position === null);
  if (state.position === null && saysNoRun(state)) await guide.meetStep();
  if (state.position !== null) walker.goto(state.position);
  // The tour's own view, unless the address names another.
  if (state.panel !== null || state.position !== null) looking.panel.value = state.panel;
  if (Object.keys(state.lab).length > 0) looking.lab.value = state.lab;
  if (state.pane !== 'run' || state.position !== null) looking.pane.value = state.pane;
  if (state.position === null && state.node === null && state.view === 'value' && state.part === null) {
    looking.folded.value = state.folded;
    return;
  }
  const [cells = '0', terms = '0'] = state.part?.split('.') ?? [];
  batch(() => {
    guide.question.value = 0;
    walker.asked.value = null;
    looking.folded.value = state.folded;
    view.value = state.view;
    walker.part.value = state.part === null ? null : { cells: Number(cells), terms: Number(terms) };
    if (state.node) looking.select(state.node, state.cell);
  });
}
