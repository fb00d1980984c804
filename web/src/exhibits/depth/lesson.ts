// The net that the views show: walked at one point, every unit over the plane, what the last layer sees, the linear pieces;
// all of the update on screen, and all from the core.
import { computed } from '@preact/signals';
import type { Settings, Study } from '../../../../wasm/bridge/protocol';
import { largest, tightRange } from '../../draw/format';
import type { Field } from '../../figures/plane/contours';
import type { Store } from '../../session/create';
import { ofView } from '../../session/declared';
import { arrayOf } from '../../session/studies';
import { type AtPoint, createWalked, shortest } from '../walked';
import { type Lab, labOf, MOST, REACH, type Spot } from './lab';
import { piecesOf } from './pieces';

const STEPS = 41; // values of each axis
const ACROSS = { from: -REACH, to: REACH };
export const TASKS = ['circles', 'xor', 'spiral', 'moons'] as const;
export type Task = (typeof TASKS)[number];

/** What is seen of the net over the plane. */
export interface Over {
  units: Field[]; // by number, from 1 at 0
  answer: Field;
  layers: number[]; // of each unit, from 1
  ranges: number[]; // of each layer, from 1 at 0
  across: ArrayLike<number>; // what the output sees of each point
  up: ArrayLike<number>;
}
export type Pieces = ReturnType<typeof piecesOf>;
export interface Seen extends AtPoint {
  over: Over;
  pieces: Pieces | null; // of relus alone
}

export const SETTINGS_OF_NET = [
  ...['hidden_1', 'hidden_2', 'hidden_3', 'hidden_4', 'hidden_5', 'hidden_6'],
  ...['activation', 'error', 'init', 'points', 'noise'],
];

function overOf(study: Study): Over {
  const { values: all, shape } = arrayOf(study, 'value');
  const layers = Array.from(arrayOf(study, 'layer').values);
  const cells = STEPS * STEPS;
  const field = (values: ArrayLike<number>): Field => ({ columns: STEPS, rows: STEPS, values, x: ACROSS, y: ACROSS });
  const units = Array.from({ length: shape[0] ?? 0 }, (_, u) => field(all.subarray(u * cells, (u + 1) * cells)));
  const ranges = Array.from({ length: Math.max(...layers) }, (_, l) =>
    tightRange(Math.max(1e-3, ...units.filter((_, u) => layers[u] === l + 1).map(({ values }) => largest(values)))),
  );
  return {
    ...{ units, layers, ranges, answer: field(arrayOf(study, 'answer').values.subarray(0, cells)) },
    ...{ across: arrayOf(study, 'across').values, up: arrayOf(study, 'up').values },
  };
}

export function createLesson(store: Store) {
  const { session, runs } = store;
  const lab = computed(() => labOf(store.lab.value));

  const walking = createWalked(store, lab, async (at) => {
    const { settings = {} } = session.run.peek() ?? {};
    const words = SETTINGS_OF_NET.flatMap((key) => (settings[key] === undefined ? [] : [`${key}=${settings[key]}`]));
    const net = `mlp ${settings.task} ${words.join(' ')} seed=${settings.seed}`;
    const weights = at.net.schema.updates.flatMap(({ node }) => Array.from(at.tape.values[node] ?? []));
    const inputs = { net, points: runs.origin.peek().corpus, weights };
    const over = overOf(await store.study({ study: 'plane', settings: { steps: String(STEPS) }, inputs }));
    const isRelu = at.net.activation === 'relu';
    const pieces = isRelu ? piecesOf(await store.study({ study: 'regions', inputs })) : null;
    return { over, pieces };
  });
  const { seen } = walking;
  const set: (change: Partial<Lab>) => void = walking.set;

  /** Another net, another task: an untrained run, to be undone like any other. */
  const change = (own: Settings, corpus = runs.origin.peek().corpus) => {
    const origin = runs.origin.peek();
    const now = session.run.peek()?.settings ?? {};
    const shown = Object.fromEntries([...SETTINGS_OF_NET, 'task'].map((key) => [key, now[key] ?? '0']));
    const standard: Settings = { ...store.exhibit.settings, task: store.exhibit.task };
    const settings = Object.fromEntries(
      Object.entries({ ...origin.settings, ...shown, ...own }).filter(([key, value]) => standard[key] !== value),
    );
    return store.open({ ...origin, weights: 'none', settings, corpus });
  };
  const layers = computed(() => {
    const settings = session.run.value?.settings ?? {};
    return Array.from({ length: MOST.layers }, (_, l) => Number(settings[`hidden_${l + 1}`] ?? 0)).filter((n) => n > 0);
  });
  /** So many layers of as many units. */
  const shape = (count: number, units: number) =>
    change(
      Object.fromEntries(
        Array.from({ length: MOST.layers }, (_, l) => [`hidden_${l + 1}`, l < count ? String(units) : '0']),
      ),
    );

  // points of one's own: those that are shown, changed
  const isOwn = computed(() => runs.origin.value.corpus !== '');
  const write = (points: { at: Spot; t: number }[]) => {
    const lines = points.map(({ at, t }) => `${rounded(at.x)} ${rounded(at.y)} ${t}`);
    return change({}, `${lines.join('\n')}\n`);
  };
  const pointsNow = () => {
    const each = seen.peek()?.each;
    return Array.from({ length: each?.points ?? 0 }, (_, n) => ({
      at: { x: each?.x[n]?.[0] ?? 0, y: each?.x[n]?.[1] ?? 0 },
      t: each?.t[n]?.[0] ?? 0,
    }));
  };
  const movePoint = (n: number, at: Spot) => write(pointsNow().map((one, i) => (i === n ? { ...one, at } : one)));
  const addPoint = (at: Spot) => {
    const points = pointsNow();
    if (points.length < MOST.points) void write([...points, { at, t: Number(lab.peek().add) }]);
  };
  const removePoint = (n: number) => {
    const points = pointsNow();
    if (points.length > 1) void write(points.filter((_, i) => i !== n));
  };

  /** The unit that is looked at: pressed, or the first that the last moment was about. */
  const unit = computed(() => {
    const net = seen.value?.net;
    const moment = walking.moment.value;
    const chosen = Number(lab.value.unit);
    const all = net?.units.length ?? 1;
    if (moment && moment.units.length > 0) return moment.units.includes(chosen) ? chosen : (moment.units[0] ?? 1);
    return chosen >= 1 && chosen <= all ? chosen : moment ? all : 1; // the answer has no number in a moment
  });

  const asked = computed(() => {
    const of = store.exhibit.questions[store.question.value - 1];
    return of && ofView(of) ? of.count : null;
  });
  const covered = computed(() => (session.asked.value?.revealed === false ? asked.value : null));

  return {
    ...walking,
    ...{ lab, set, change, shape, layers, isOwn, movePoint, addPoint, removePoint, unit, asked, covered },
    dispose: walking.dispose,
  };
}
export type Lesson = ReturnType<typeof createLesson>;

const rounded = (value: number) => shortest(Math.fround(Math.round(1000 * value) / 1000));
export const rightOf = ({ each }: Pick<Seen, 'each'>): number =>
  Array.from({ length: each.points }, (_, n) => (each.y[n]?.[0] ?? 0) > 0.5 === (each.t[n]?.[0] ?? 0) > 0.5).filter(
    Boolean,
  ).length;
export const meanError = ({ each }: Pick<Seen, 'each'>): number =>
  each.errors.reduce((sum, one) => sum + one, 0) / Math.max(1, each.points);
