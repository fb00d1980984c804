// The limits of what the views are set to, and what the core is asked for with it.
import type { StudyRequest } from '../../../../wasm/bridge/protocol';
import { DEFAULTS, type Lab } from './defaults';
import { sliceOf } from './runs';

export type { Lab };
export const RULES = ['batch', 'one', 'mini', 'momentum', 'adam'] as const;
export type Rule = (typeof RULES)[number];
export const SIDES = ['plots', 'table'] as const;
export const EPOCHS = 24;
export const MINI = 4;
export const BETA = { 1: 0.9, 2: 0.999 };

/** Two figures, ever further apart. */
const MANTISSAS = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9];
export const RATES = [0.01, 0.1, 1]
  .flatMap((power) => MANTISSAS.map((one) => Number((one * power).toPrecision(2))))
  .filter((rate) => rate <= 4)
  .map(String);
export const MUS = ['0', '0.5', '0.8', '0.9', '0.95'] as const;

/** Twelve measurements, made up: they rise through the middle and are flat at both ends. */
const POINTS: readonly (readonly [number, number])[] = [
  ...([[-2.2, -1.3] as const, [-1.8, -0.8], [-1.4, -1.2], [-1, -0.9], [-0.6, -0.9], [-0.2, -0.1]] as const),
  ...([[0.2, 0.4] as const, [0.6, 0.5], [1, 1.1], [1.4, 0.9], [1.8, 1.4], [2.2, 1]] as const),
];
export const N = POINTS.length;
export const xOf = (n: number) => POINTS[n - 1]?.[0] ?? Number.NaN;
export const tOf = (n: number) => POINTS[n - 1]?.[1] ?? Number.NaN;
const INPUTS = {
  net: 'mlp curve hidden_1=1 hidden_2=0',
  points: POINTS.map((one) => one.join(' ')).join('\n'),
  weights: [0, 0, 0, 0], // w_1, no bias, w_2, no bias
};
const WEIGHTS = { first: '0', second: '2' };

/** Over w_1 and w_2. */
export const ACROSS = { from: -3, to: 3 };
export const UP = { from: -2.5, to: 2.5 };
const STEPS = '81';
const range = (x: { from: number; to: number }, y: { from: number; to: number }) => ({
  ...{ low_1: String(x.from), high_1: String(x.to), low_2: String(y.from), high_2: String(y.to), steps: STEPS },
});
export const SURFACE: StudyRequest = {
  study: 'surface',
  settings: { ...WEIGHTS, ...range(ACROSS, UP) },
  inputs: INPUTS,
};

/** Points that an update of this rule sees. */
export const pointsOf = (rule: Rule) => ({ batch: N, one: 1, mini: MINI, momentum: N, adam: N })[rule];
const written = (lab: Lab): string =>
  [
    `sgd batch=0 rate=${lab.batch}`,
    `sgd batch=1 rate=${lab.one}`,
    `sgd batch=${MINI} rate=${lab.mini}`,
    `momentum batch=0 rate=${lab.momentum} momentum=${lab.mu}`,
    `adam batch=0 rate=${lab.adam} beta1=${BETA[1]} beta2=${BETA[2]}`,
  ].join('; ');
export const pathsFor = (lab: Lab): StudyRequest => ({
  study: 'paths',
  settings: { ...WEIGHTS, start_1: lab.w1, start_2: lab.w2, epochs: String(EPOCHS) },
  inputs: { ...INPUTS, rules: written(lab) },
});

/** A straight line through the ten points of exhibit 1: y = w_1 x + w_0, whose error is a bowl. */
export const BOWL_UPDATES = 20;
export const BOWL_X = { from: -4, to: 3 };
export const BOWL_Y = { from: -3, to: 4 };
export const BOWL_START = { x: 1, y: 2 };
const LINE = { net: 'mlp curve hidden_1=0 hidden_2=0 points=10' };
const LINE_WEIGHTS = { first: '0', second: '1' };
export const BOWL: StudyRequest = {
  study: 'surface',
  settings: { ...LINE_WEIGHTS, ...range(BOWL_X, BOWL_Y) },
  inputs: LINE,
};
export const THREE = ['low', 'middle', 'high'] as const;
export const bowlFor = (lab: Lab): StudyRequest => ({
  study: 'paths',
  settings: {
    ...{ ...LINE_WEIGHTS, start_1: String(BOWL_START.x), start_2: String(BOWL_START.y) },
    epochs: String(BOWL_UPDATES),
  },
  inputs: { ...LINE, rules: THREE.map((one) => `sgd batch=0 rate=${lab[one]}`).join('; ') },
});

/** A slice over a weight and a bias of one tanh unit that has a shallow minimum far from a deep one. */
export const LEAVE_EPOCHS = 60;
export const LEAVE_RATE = 0.4;
export const LEAVE_X = { from: -4, to: 15 };
export const LEAVE_Y = { from: -4, to: 5 };
const SLICE = { net: 'mlp curve hidden_1=1 hidden_2=0', weights: [1.4, -0.8, -3.2, -1.2] };
const SLICE_WEIGHTS = { first: '0', second: '3' };
export const SLICED: StudyRequest = {
  study: 'surface',
  settings: { ...SLICE_WEIGHTS, ...range(LEAVE_X, LEAVE_Y) },
  inputs: SLICE,
};
export const LEAVING: StudyRequest = {
  study: 'paths',
  settings: { ...SLICE_WEIGHTS, start_1: '12', start_2: '1', epochs: String(LEAVE_EPOCHS) },
  inputs: { ...SLICE, rules: `sgd batch=0 rate=${LEAVE_RATE}; sgd batch=1 rate=${LEAVE_RATE}` },
};

/** Batches of a net not yet trained, as in the claim. */
export const NOISE: StudyRequest = { study: 'noise', inputs: { net: 'mlp curve hidden_1=3 hidden_2=0 points=100' } };

/** The rules of the first view once more, on every point once and on every point twice: the same points seen in all. */
const TWO = ['batch', 'one'] as const;
export const twiceFor = (lab: Lab, times: 1 | 2): StudyRequest => ({
  study: 'paths',
  settings: { ...WEIGHTS, start_1: lab.w1, start_2: lab.w2, epochs: String(EPOCHS / times) },
  inputs: {
    ...INPUTS,
    points: Array.from({ length: times }, () => INPUTS.points).join('\n'),
    rules: TWO.map((one) => `sgd batch=${one === 'one' ? 1 : 0} rate=${lab[one]}`).join('; '),
  },
});

export const UNITS = ['1', '2', '3'] as const;
export const TRAINED = ['0', '100', '500', '2000'] as const;
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
export const copiesOf = (units: number) => factorial(units) * 2 ** units;
export const equivalentFor = (lab: Pick<Lab, 'units' | 'trained'>): StudyRequest => ({
  study: 'equivalent',
  settings: { updates: lab.trained },
  inputs: { net: `mlp curve hidden_1=${lab.units} hidden_2=0` },
});
export const PRICE: StudyRequest = { study: 'price', settings: { doublings: '8' } };

const whole = (text: string, most: number, otherwise: string): string => {
  const value = Number(text);
  return /^\d+$/.test(text) && value <= most ? String(value) : otherwise;
};
const oneOf = (text: string, all: readonly string[], otherwise: string): string =>
  all.includes(text) ? text : otherwise;
const within = (text: string, { from, to }: { from: number; to: number }, otherwise: string): string => {
  const value = Number(text);
  return /^-?\d+(\.\d+)?$/.test(text) && value >= from && value <= to ? text : otherwise;
};
export const updatesOf = (rule: Rule) => Math.floor((EPOCHS * N) / pointsOf(rule));

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)) };
  const rule = oneOf(lab.rule, RULES, DEFAULTS.rule) as Rule;
  const rates = Object.fromEntries(
    [...RULES, ...THREE].map((one) => [one, oneOf(lab[one], RATES, DEFAULTS[one])]),
  ) as Record<Rule | (typeof THREE)[number], string>;
  const update = whole(lab.update, updatesOf(rule), '0');
  const units = oneOf(lab.units, UNITS, DEFAULTS.units);
  const copy = whole(lab.copy, copiesOf(Number(units)), '1');
  const last = Number(update) === updatesOf(rule);
  return {
    ...rates,
    rule,
    w1: within(lab.w1, ACROSS, DEFAULTS.w1),
    w2: within(lab.w2, UP, DEFAULTS.w2),
    mu: oneOf(lab.mu, MUS, DEFAULTS.mu),
    update,
    op: last ? '0' : whole(lab.op, operationsOf(rule).length - 1, '0'),
    side: oneOf(lab.side, SIDES, DEFAULTS.side),
    bowl: whole(lab.bowl, BOWL_UPDATES, DEFAULTS.bowl),
    leave: whole(lab.leave, LEAVE_EPOCHS, DEFAULTS.leave),
    units,
    copy: copy === '0' ? '1' : copy,
    trained: oneOf(lab.trained, TRAINED, DEFAULTS.trained),
    ...sliceOf(lab, DEFAULTS),
  };
}

/** What an update is made of, in order. */
export type Operation = 'slope' | 'mean' | 'square' | 'unbias' | 'step' | 'weight';
export const operationsOf = (rule: Rule): readonly Operation[] =>
  rule === 'adam' ? ['slope', 'mean', 'square', 'unbias', 'step', 'weight'] : ['slope', 'step', 'weight'];

/** All operations from the start, in one row. */
export const placeOf = ({ rule, update, op }: Pick<Lab, 'rule' | 'update' | 'op'>): number =>
  Number(update) * operationsOf(rule as Rule).length + Number(op);
export function atPlace(rule: Rule, place: number): Pick<Lab, 'update' | 'op'> {
  const each = operationsOf(rule).length;
  const held = Math.max(0, Math.min(updatesOf(rule) * each, place));
  return { update: String(Math.floor(held / each)), op: String(held % each) };
}
/** The update that is on screen, from 1, and how many of its operations are done; before the first, none of update 1. */
export function presentOf(lab: Pick<Lab, 'rule' | 'update' | 'op'>): { update: number; done: number } {
  const [update, op] = [Number(lab.update), Number(lab.op)];
  return op === 0 && update > 0
    ? { update, done: operationsOf(lab.rule as Rule).length }
    : { update: update + 1, done: op };
}
