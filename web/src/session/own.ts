// What a run is made from, and that part of it which a link cannot carry: texts and weights of one's own. A link names
// them by the hash of what is in them.
import { type Head, headOf } from '../../../wasm/bridge/head';
import type { Requests, Settings } from '../../../wasm/bridge/protocol';
import { digest, digestOf } from '../state/digest';
import type { ViewState } from '../state/fields';
import type { Exhibit } from './declared';

/** What a run is made from. weights: an id of shipped weights or of a file that was opened, 'none' for an untrained
 *  start. */
export interface Origin {
  model: string;
  weights: string;
  settings: Settings; // that differ from the exhibit's
  seed: number | null;
  corpus: string;
}
export interface OpenedFile {
  name: string;
  bytes: ArrayBuffer;
}
/** What this page holds of it: texts by hash, weights by id. */
export interface Own {
  texts: Map<string, string>;
  files: Map<string, OpenedFile>;
}

export const MOST_IN_LINK = 4000; // letters of an own text
const FILE = 'file-';
export const fileId = (bytes: ArrayBuffer) => FILE + digest(new Uint8Array(bytes));
export const textKey = (hash: string) => `text:${hash}`;
export const weightsKey = (id: string) => `weights:${id.slice(FILE.length)}`;

/** Keys of what this view is made from that is in no link. */
export function needsOf({ own, weights, lab }: Pick<ViewState, 'own' | 'weights' | 'lab'>): string[] {
  const texts = [own, lab.own].filter((hash) => hash !== null && hash !== undefined).map(textKey);
  return weights?.startsWith(FILE) ? [...texts, weightsKey(weights)] : texts;
}

const modelsOf = (exhibit: Exhibit) => exhibit.variants?.map(({ model }) => model) ?? [exhibit.model];

/** The exhibit's own network in place of another that was opened: what begins anew is one of its own. */
const ownOf = (exhibit: Exhibit, model: string) => (modelsOf(exhibit).includes(model) ? model : exhibit.model);

/** The weights that an exhibit opens with, of one of its networks. */
export function shippedOf(exhibit: Exhibit, of = exhibit.model): Origin {
  const model = ownOf(exhibit, of);
  const weights = exhibit.variants?.find((one) => one.model === model)?.weights ?? exhibit.weights;
  return { model, weights, settings: {}, seed: null, corpus: '' };
}

/** Why weights cannot be shown here; null where they can. Those that say nothing of themselves are for the core to refuse. */
export function misfit(exhibit: Exhibit, head: Head | null): 'model' | 'layers' | 'answers' | null {
  if (head === null) return null;
  if (!modelsOf(exhibit).includes(cellOf(head))) return 'model';
  if (head.model === CLASSIFIER && !exhibit.answers) return 'answers';
  const many = (count: number, setting: string) => count > 1 && !offersItself(exhibit, setting);
  const refused = many(head.layers, 'num_layers') || many(head.directions, 'directions');
  return refused && !exhibit.layers ? 'layers' : null;
}
const offersItself = ({ dock, panel, offers = [] }: Exhibit, setting: string) =>
  [...dock, ...panel.model, ...offers].includes(setting);
/** It is made of the cells of the nets that write. */
const CLASSIFIER = 'classifier';
const cellOf = ({ model, settings }: Head) => (model === CLASSIFIER ? `${settings.cell ?? 'rnn'}_lm` : model);

/** Exhibits that open nets of a cell, whatever their layers and directions, those that answer once, and pairs. */
export const OPENS_ANY: Record<string, string> = {
  rnn_lm: 'rnn',
  lstm_lm: 'lstm',
  gru_lm: 'lstm',
  seq2seq: 'attention',
};
/** The exhibit that opens these weights; undefined where none opens all such. */
export const placeOf = (head: Head): string | undefined => OPENS_ANY[cellOf(head)];

/** Everything that it needs must be there. */
export function originOf(exhibit: Exhibit, state: ViewState, { texts, files }: Own): Origin {
  const { settings, seed, weights } = state;
  const corpus = state.own === null ? state.corpus : (texts.get(state.own) ?? '');
  const model = ownOf(exhibit, state.model ?? exhibit.model);
  const file = files.get(weights ?? '');
  if (file && weights !== null) {
    const own = headOf(new Uint8Array(file.bytes))?.model;
    return { model: own ?? model, weights, settings: {}, seed: null, corpus };
  }
  const untrained = weights === 'none' || corpus !== '' || seed !== null || Object.keys(settings).length > 0;
  return {
    model,
    weights: untrained ? 'none' : (weights ?? shippedOf(exhibit, model).weights),
    settings,
    seed,
    corpus,
  };
}

/** What the core is asked for. */
export function requestOf(exhibit: Exhibit, from: Origin, files: Own['files']): Requests['open'][0] {
  const file = files.get(from.weights)?.bytes;
  if (file) return from.corpus === '' ? { file } : { file, corpus: from.corpus };
  if (from.weights !== 'none') return { weights: from.weights, settings: exhibit.resume };
  const settings: Settings = { ...exhibit.settings, ...from.settings, model: ownOf(exhibit, from.model) };
  settings.task = from.corpus === '' ? (from.settings.task ?? exhibit.task) : (exhibit.own ?? 'lines');
  if (from.seed !== null) settings.seed = String(from.seed);
  return from.corpus === '' ? { settings } : { settings, corpus: from.corpus };
}

/** The same for the same run, whichever page or tab it is in. */
export function originHash(exhibit: Exhibit, from: Origin): string {
  const { settings = {} } = requestOf(exhibit, from, new Map());
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify([exhibit.slug, from.model, from.weights, sorted, digestOf(from.corpus)]));
}
