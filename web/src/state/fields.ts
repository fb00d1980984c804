// The one table of what makes a view: a field's name in the address, its default, how it is read and written. The
// state of the page, the address and the tests follow from it.

export interface Field<T> {
  /** Name in the address. */
  param: string;
  default: T;
  /** Undefined for what is no value of this field. */
  parse(text: string): T | undefined;
  format(value: T): string;
}

const field = <T>(
  param: string,
  standard: T,
  parse: (text: string) => T | undefined,
  format: (value: T) => string = String,
): Field<T> => ({ param, default: standard, parse, format });

const whole =
  (min: number, max = 1e9) =>
  (text: string) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  };
const real = (min: number, max: number) => (text: string) => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= min && value <= max ? value : undefined;
};
const among =
  <T extends string>(...values: T[]) =>
  (text: string): T | undefined =>
    values.find((value) => value === text);
const orNull =
  <T>(parse: (text: string) => T | undefined) =>
  (text: string): T | null | undefined =>
    text === '' ? null : parse(text);
const nullOr = <T>(value: T | null) => (value === null ? '' : String(value));
const flag = (text: string) => (text === '1' ? true : text === '0' ? false : undefined);
const name = (text: string) => (/^[\w.-]{1,60}$/.test(text) ? text : undefined);

/** A live setting changed at an update: "120:learning_rate:0.02", several with ";". */
export interface Change {
  step: number;
  key: string;
  value: string;
}
function parseLog(text: string): Change[] | undefined {
  if (text === '') return [];
  const log: Change[] = [];
  const seen = new Set<string>();
  for (const entry of text.split(';')) {
    const found = /^(\d{1,9}):([a-z_0-9]{1,40}):([\w.+-]{1,40})$/.exec(entry);
    if (!found?.[1] || !found[2] || !found[3]) return undefined;
    const of = `${Number(found[1])}:${found[2]}`;
    if (seen.has(of)) return undefined; // one value an update
    seen.add(of);
    log.push({ step: Number(found[1]), key: found[2], value: found[3] });
  }
  return log;
}
/** What was changed on the way to this update, in its order. */
export const upTo = (step: number, log: readonly Change[]): Change[] =>
  log
    .filter((change) => change.step <= step)
    .map(({ step, key, value }) => ({ step, key, value }))
    .sort((a, b) => a.step - b.step);
/** Settings that differ from where the run starts: "hidden_size:16;activation:relu". */
function parseSettings(text: string, most = 40): Record<string, string> | undefined {
  const settings = new Map<string, string>();
  for (const entry of text === '' ? [] : text.split(';')) {
    const found = /^([a-z_0-9]{1,40}):([\w.+-]+)$/.exec(entry);
    if (!found?.[1] || !found[2] || found[2].length > most || settings.has(found[1])) return undefined;
    settings.set(found[1], found[2]);
  }
  return Object.fromEntries(settings); // whatever its keys are called, they are its own
}
const formatSettings = (value: Record<string, string>) =>
  Object.entries(value)
    .map((entry) => entry.join(':'))
    .join(';');

export const FIELDS = {
  text: field<string | null>(
    'text',
    null,
    orNull((text) => (text.length <= 200 ? text : undefined)),
    nullOr,
  ),
  /** What is written for a source; null: as the exhibit opens, or what is right. */
  target: field<string | null>(
    'target',
    null,
    orNull((text) => (text.length <= 200 ? text : undefined)),
    nullOr,
  ),
  /** The model's own guess in its place. */
  guess: field('guess', false, flag, (v) => (v ? '1' : '0')),
  corpus: field<string>('lines', '', (text) => (text.length <= 4000 ? text : undefined)),
  /** An own text that is longer, by the hash of what is in it. */
  own: field<string | null>(
    'own',
    null,
    orNull((text) => (/^[0-9a-f]{16}$/.test(text) ? text : undefined)),
    nullOr,
  ),
  weights: field<string | null>('weights', null, orNull(name), nullOr),
  seed: field<number | null>('seed', null, orNull(whole(0)), nullOr),
  /** Another of the exhibit's networks than the first. */
  model: field<string | null>('model', null, orNull(name), nullOr),
  settings: field<Record<string, string>>('set', {}, parseSettings, formatSettings),
  log: field<Change[]>('log', [], parseLog, (value) => value.map((c) => `${c.step}:${c.key}:${c.value}`).join(';')),
  step: field('update', 0, whole(0, 1e7)),
  /** Null: where the tour stands. */
  position: field<number | null>('at', null, orNull(whole(0, 1e6)), nullOr),
  part: field<string | null>(
    'part',
    null,
    orNull((text) => (/^\d{1,6}\.\d{1,6}$/.test(text) ? text : undefined)),
    nullOr,
  ),
  node: field<string | null>('node', null, orNull(name), nullOr),
  cell: field('cell', 0, whole(0, 1e7)),
  view: field<'value' | 'gradient' | 'table'>('view', 'value', among('value', 'gradient', 'table')),
  notation: field<'a' | 'b'>('notation', 'a', among('a', 'b')),
  folded: field('folded', false, flag, (v) => (v ? '1' : '0')),
  tour: field('tour', 1, whole(1, 99)),
  question: field('question', 0, whole(0, 99)),
  /** The exhibit's own view that stands in the network's place, and what it is set to. */
  panel: field<string | null>('panel', null, orNull(name), nullOr),
  lab: field<Record<string, string>>('lab', {}, (text) => parseSettings(text, 1200), formatSettings),
  /** Of the dock, beside the clocks. */
  pane: field<'run' | 'next' | 'states'>('pane', 'run', among('run', 'next', 'states')),
  temperature: field('temperature', 1, real(0, 10)),
  topK: field('top_k', 0, whole(0, 1e6)),
  topP: field('top_p', 1, (text) => {
    const value = real(0, 1)(text);
    return value === 0 ? undefined : value;
  }),
  /** Updates a second while playing; 0: as many as it can. */
  pace: field('pace', 200, whole(0, 1e5)),
  mode: field<'page' | 'projector'>('mode', 'page', among('page', 'projector')),
  theme: field<'system' | 'light' | 'dark'>('theme', 'system', among('system', 'light', 'dark')),
} as const;

export type FieldName = keyof typeof FIELDS;
export type ViewState = { -readonly [K in FieldName]: (typeof FIELDS)[K] extends Field<infer T> ? T : never };

export const defaults = (): ViewState =>
  Object.fromEntries(Object.entries(FIELDS).map(([key, f]) => [key, f.default])) as ViewState;
