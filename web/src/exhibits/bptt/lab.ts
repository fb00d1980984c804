// What the two networks are made of: settings kept in the address, presets, and the contestants that follow from them.
import type { Settings } from '../../../../wasm/bridge/protocol';
import type { Contestant } from '../../session/race';

export const DEFAULTS = {
  activation: 'tanh',
  start: 'radius',
  radius: '0.7',
  forget: '4',
  spread: '1',
  hidden: '64',
  rate: '0.3',
  clip: '1',
  seed: '2',
  /** elizabeth, christopher, alexandra and maria, run together. */
  text: 'elizabethchristopheralexandramaria',
  /** The update on screen. */
  at: '0',
};
export type Lab = typeof DEFAULTS;
export type LabKey = keyof Lab;

/** The core's key of a setting, which network it is of, and by how much its arrows change it. */
export const SETTINGS: { lab: LabKey; key: string; model?: 'rnn_lm' | 'lstm_lm'; by?: number }[] = [
  { lab: 'activation', key: 'activation', model: 'rnn_lm' },
  { lab: 'start', key: 'start', model: 'rnn_lm' },
  { lab: 'radius', key: 'spectral_radius', model: 'rnn_lm', by: 0.1 },
  { lab: 'forget', key: 'forget_bias', model: 'lstm_lm' },
  { lab: 'spread', key: 'embedding_std', by: 0.1 },
  { lab: 'hidden', key: 'hidden_size' },
  { lab: 'rate', key: 'learning_rate', by: 0.1 },
  { lab: 'clip', key: 'clip_norm' },
  { lab: 'seed', key: 'seed' },
];

/** What breaks and what does not was tried seed by seed: with seed 2 `explodes` stops at update 4, clipped it learns. */
export const PRESETS: {
  id: 'vanishes' | 'explodes' | 'identity' | 'forgets' | 'remembers';
  of: 'rnn' | 'lstm';
  set: Partial<Lab>;
}[] = [
  { id: 'vanishes', of: 'rnn', set: { activation: 'tanh', start: 'radius', radius: '0.7', clip: '1' } },
  { id: 'explodes', of: 'rnn', set: { activation: 'relu', start: 'radius', radius: '2.5', clip: '0', rate: '0.3' } },
  { id: 'identity', of: 'rnn', set: { activation: 'relu', start: 'identity', clip: '1' } },
  { id: 'forgets', of: 'lstm', set: { forget: '0' } },
  { id: 'remembers', of: 'lstm', set: { forget: '4' } },
];

/** These presets from update 0, with all that they leave open as it is at first. */
export function labFor(...ids: (typeof PRESETS)[number]['id'][]): Lab {
  return Object.assign({ ...DEFAULTS }, ...PRESETS.filter(({ id }) => ids.includes(id)).map(({ set }) => set));
}
export function labOf(given: Record<string, string>): Lab {
  const known = Object.entries(given).filter(([key]) => key in DEFAULTS);
  return { ...DEFAULTS, ...Object.fromEntries(known) };
}
export const isOn = (lab: Lab, set: Partial<Lab>): boolean =>
  Object.entries(set).every(([key, value]) => lab[key as LabKey] === value);

/** Plain gradient descent: a step is the rate times the gradient, so that one sees what clipping does to it. */
const ALIKE: Settings = { task: 'names', embedding_size: '32', optimizer: 'sgd', schedule: 'constant' };

export function contestants(lab: Lab): Contestant[] {
  return (['rnn_lm', 'lstm_lm'] as const).map((model) => ({
    id: model,
    settings: {
      ...ALIKE,
      model,
      ...Object.fromEntries(
        SETTINGS.filter((row) => !row.model || row.model === model).map((row) => [row.key, lab[row.lab]]),
      ),
    },
  }));
}
