// Whose run a slice goes through: the nets of other exhibits as those declare them, and what the core is asked for.
import type { StudyRequest } from '../../../../wasm/bridge/protocol';
import { unpackLog, unpackSettings } from '../../state/handed';
import type { Lab } from './defaults';

/** As their exhibit.ts has them, not trained; updates: so many where nothing else is said; over: what the loss is of, the
 *  points that it goes down on or, since of names there are many, what their timeline has, the unseen ones. */
export const RUNS = {
  backprop: {
    model: 'mlp',
    task: 'passes',
    settings: {
      ...{ hidden_1: '3', hidden_2: '0', wires_1: '63', wires_2: '63', activation: 'tanh', error: 'bernoulli' },
      ...{ optimizer: 'sgd', learning_rate: '0.5', schedule: 'constant', clip_norm: '0' },
      ...{ points: '8', data_order: 'in_turn', batch_size: '8', seed: '4', steps: '1000' },
    },
    updates: 400,
    texts: [],
    over: 'trained',
  },
  depth: {
    model: 'mlp',
    task: 'spiral',
    settings: {
      ...{ hidden_1: '8', hidden_2: '8', activation: 'relu', init: 'he', error: 'bernoulli' },
      ...{ points: '80', noise: '0.03', batch_size: '80', seed: '8' },
      ...{ learning_rate: '0.01', schedule: 'constant', steps: '1000' },
    },
    updates: 400,
    texts: [],
    over: 'trained',
  },
  rnn: {
    model: 'rnn_lm',
    task: 'names',
    settings: { hidden_size: '8', embedding_size: '4', learning_rate: '0.01', schedule: 'constant' },
    updates: 500,
    texts: ['names'],
    over: 'unseen',
  },
  lstm: {
    model: 'lstm_lm',
    task: 'names',
    settings: { hidden_size: '6', embedding_size: '4', learning_rate: '0.01', schedule: 'constant' },
    updates: 500,
    texts: ['names'],
    over: 'unseen',
  },
} as const;
export type Of = keyof typeof RUNS;
export const OF = Object.keys(RUNS) as Of[];
export const BY = ['ends', 'principal'] as const;
export const MOST_UPDATES = 20000;
export const RECORDS = 40;

export type SliceLab = Pick<Lab, 'of' | 'run' | 'log' | 'far' | 'by' | 'place'>;
/** As the address has it, where that can be; else as it is at first. */
export function sliceOf(lab: SliceLab, otherwise: SliceLab): SliceLab {
  const far = /^\d{1,5}$/.test(lab.far) && Number(lab.far) >= 1 && Number(lab.far) <= MOST_UPDATES;
  return {
    of: (OF as string[]).includes(lab.of) ? lab.of : otherwise.of,
    run: unpackSettings(lab.run) ? lab.run : '',
    log: unpackLog(lab.log) ? lab.log : '',
    far: far ? String(Number(lab.far)) : '',
    by: (BY as readonly string[]).includes(lab.by) ? lab.by : otherwise.by,
    place: /^\d{1,2}$/.test(lab.place) && Number(lab.place) <= RECORDS ? String(Number(lab.place)) : '',
  };
}
export const updatesOfRun = ({ of, far }: SliceLab): number => (far === '' ? RUNS[of as Of].updates : Number(far));

export function sliceFor(lab: SliceLab): StudyRequest {
  const { model, task, settings, texts, over } = RUNS[lab.of as Of];
  const { seed = '1', ...rest }: Record<string, string> = { ...settings, ...unpackSettings(lab.run) };
  const changes = (unpackLog(lab.log) ?? []).map(({ step, key, value }) => `${step}:${key}:${value}`);
  return {
    study: 'slice',
    settings: { seed, updates: String(updatesOfRun(lab)), records: String(RECORDS), by: lab.by, over },
    inputs: {
      net: [model, task, ...Object.entries(rest).map((one) => one.join('='))].join(' '),
      changes: changes.join(';'),
    },
    ...(texts.length > 0 && { texts: [...texts] }),
  };
}
