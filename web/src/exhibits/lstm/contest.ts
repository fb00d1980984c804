// The two contestants of the race, from what the panel is set to.
import type { Settings } from '../../../../wasm/bridge/protocol';
import type { Contestant } from '../../session/race';

export type Task = 'remember' | 'adding';
export interface Choice {
  task: Task;
  k: number; // symbols after the first; numbers to add
  bias: number; // where the LSTM's forget biases begin
  start: 'uniform' | 'orthogonal'; // of the recurrent net's W_h
  spread: number; // standard deviation of the letter vectors of both, where they read symbols
  answers: 'vocabulary' | 'symbols'; // among which both answer: the two marks are never right
  lstm: number; // learning rates
  rnn: number;
  seed: number;
}
export const LEAST = 5;
export const MOST = 60;
export const BIASES = [0, 1, 2, 4];
export const SPREADS = [1, 0.3, 0.1];
export const RATES = [0.0003, 0.001, 0.003, 0.01];

const ALIKE = { start: 'uniform', spread: 1, answers: 'vocabulary', rnn: 0.001, seed: 1 } as const;
/** What the claim compares. */
export const STANDARD: Record<Task, Choice> = {
  remember: { task: 'remember', k: 40, bias: 4, lstm: 0.003, ...ALIKE },
  adding: { task: 'adding', k: 40, bias: 1, lstm: 0.01, ...ALIKE },
};

/** What a link holds of a choice, from its first update. */
export const labOf = (choice: Choice): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(choice).map(([key, value]) => [key, String(value)])),
  at: '0',
  from: 'start',
});

/** Anything that a link may hold, made into a choice that the core accepts. */
export function choiceOf(lab: Readonly<Record<string, string>>): Choice {
  const standard = STANDARD[lab.task === 'adding' ? 'adding' : 'remember'];
  const among = (key: 'bias' | 'lstm' | 'rnn' | 'spread', known: number[]) =>
    known.find((one) => String(one) === lab[key]) ?? standard[key];
  const whole = (key: 'k' | 'seed', least: number, most: number) => {
    const value = /^\d{1,9}$/.test(lab[key] ?? '') ? Number(lab[key]) : standard[key];
    return Math.max(least, Math.min(most, value));
  };
  const symbols = standard.task === 'remember'; // numbers have no vectors and are no choice among any
  return {
    task: standard.task,
    k: whole('k', LEAST, MOST),
    bias: among('bias', BIASES),
    start: lab.start === 'orthogonal' ? 'orthogonal' : 'uniform',
    spread: symbols ? among('spread', SPREADS) : standard.spread,
    answers: symbols && lab.answers === 'symbols' ? 'symbols' : 'vocabulary',
    lstm: among('lstm', RATES),
    rnn: among('rnn', RATES),
    seed: whole('seed', 0, 1e9),
  };
}

/** Are there shipped weights that were trained just so? */
export const isShipped = (choice: Choice): boolean =>
  (Object.keys(choice) as (keyof Choice)[]).every((key) => choice[key] === STANDARD.remember[key]);
export const SHIPPED: Contestant[] = [
  { id: 'lstm', weights: 'remember-lstm' },
  { id: 'rnn', weights: 'remember-rnn' },
];

/** About as many parameters each, the same seed and so the same batches. */
export function contestants(choice: Choice): Contestant[] {
  const adding = choice.task === 'adding';
  const shared: Settings = {
    model: 'classifier',
    task: choice.task,
    [adding ? 'length' : 'distance']: String(choice.k),
    batch_size: '64',
    embedding_std: String(choice.spread),
    answers: choice.answers,
    schedule: 'constant',
    seed: String(choice.seed),
  };
  return [
    {
      id: 'lstm',
      settings: {
        ...shared,
        cell: 'lstm',
        hidden_size: '45',
        forget_bias: String(choice.bias),
        learning_rate: String(choice.lstm),
      },
    },
    {
      id: 'rnn',
      settings: {
        ...shared,
        cell: 'rnn',
        hidden_size: adding ? '92' : '96',
        start: choice.start,
        learning_rate: String(choice.rnn),
      },
    },
  ];
}
