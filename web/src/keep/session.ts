// A session as one file: the address of the view, and all that it needs and a link cannot carry. Eight bytes of name and
// version, four of the header's length, the header as JSON, and the parts one after another. A file from outside is
// believed only after every length and hash was compared; what its parts mean is for the core to accept.
import type { KeptRun } from '../../../wasm/bridge/protocol';
import { digest } from '../state/digest';

export const ENDING = '.unroll';
const MAGIC = 'UNROLL-1';
const HEAD = MAGIC.length + 4;
const MOST_HEADER = 8 * 2 ** 20;
export const MOST_SESSION = 512 * 2 ** 20;

export interface SessionFile {
  address: string;
  texts: string[];
  weights: { name: string; bytes: ArrayBuffer }[];
  run: KeptRun | null;
}
/** Why a file is no session that can be opened here. */
export type Refused = 'other' | 'version' | 'cut' | 'changed';

type Part = { size: number; hash: string } & (
  | { kind: 'text' }
  | { kind: 'weights'; name: string }
  | { kind: 'snapshot'; step: number }
);
interface Saved {
  curve: { tip: number; width: number; sums: number[]; counts: number[] };
  validation: { step: number; loss: number }[];
  log: { step: number; key: string; value: string }[];
  initial: [string, string][];
}
interface Header {
  address: string;
  run: Saved | null;
  parts: Part[];
}

export function packSession({ address, texts, weights, run }: SessionFile): Uint8Array<ArrayBuffer> {
  const parts: Part[] = [];
  const bodies: Uint8Array[] = [];
  const add = (
    bytes: Uint8Array,
    of: { kind: 'text' } | { kind: 'weights'; name: string } | { kind: 'snapshot'; step: number },
  ) => {
    parts.push({ ...of, size: bytes.length, hash: digest(bytes) });
    bodies.push(bytes);
  };
  for (const text of texts) add(new TextEncoder().encode(text), { kind: 'text' });
  for (const { name, bytes } of weights) add(new Uint8Array(bytes), { kind: 'weights', name });
  for (const { step, bytes } of run?.snapshots ?? []) add(bytes, { kind: 'snapshot', step });
  const saved = run && {
    ...run.saved,
    curve: { ...run.saved.curve, sums: [...run.saved.curve.sums], counts: [...run.saved.curve.counts] },
  };
  const json = new TextEncoder().encode(JSON.stringify({ address, run: saved, parts }));
  const header = digest(json);
  const start = HEAD + header.length;
  const all = new Uint8Array(start + json.length + bodies.reduce((sum, { length }) => sum + length, 0));
  all.set(new TextEncoder().encode(MAGIC));
  new DataView(all.buffer).setUint32(MAGIC.length, json.length, true);
  all.set(new TextEncoder().encode(header), HEAD);
  all.set(json, start);
  let at = start + json.length;
  for (const body of bodies) {
    all.set(body, at);
    at += body.length;
  }
  return all;
}

const HASH = 16; // letters of a hash

export function unpackSession(file: Uint8Array<ArrayBuffer>): SessionFile | Refused {
  const words = (from: number, size: number) =>
    new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(from, from + size));
  try {
    const magic = new TextDecoder('latin1').decode(file.subarray(0, MAGIC.length));
    if (magic !== MAGIC) return magic.startsWith(MAGIC.slice(0, -1)) ? 'version' : 'other';
    const start = HEAD + HASH;
    if (file.length < start) return 'cut';
    const size = new DataView(file.buffer, file.byteOffset).getUint32(MAGIC.length, true);
    if (size > MOST_HEADER) return 'changed';
    if (file.length < start + size) return 'cut';
    if (digest(file.subarray(start, start + size)) !== words(HEAD, HASH)) return 'changed';
    const { address, run, parts } = checked(JSON.parse(words(start, size)));
    const end = parts.reduce((sum, part) => sum + part.size, start + size);
    if (end !== file.length) return end > file.length ? 'cut' : 'changed';
    const session: SessionFile = { address, texts: [], weights: [], run: null };
    const snapshots: KeptRun['snapshots'] = [];
    let at = start + size;
    for (const part of parts) {
      const bytes = file.slice(at, at + part.size);
      if (digest(bytes) !== part.hash) return 'changed';
      if (part.kind === 'text') session.texts.push(words(at, part.size));
      if (part.kind === 'weights') session.weights.push({ name: part.name, bytes: bytes.buffer });
      if (part.kind === 'snapshot') snapshots.push({ step: part.step, bytes });
      at += part.size;
    }
    if (run) {
      const curve = {
        ...run.curve,
        sums: Float64Array.from(run.curve.sums),
        counts: Float64Array.from(run.curve.counts),
      };
      session.run = { saved: { ...run, curve }, snapshots };
    }
    return session;
  } catch {
    return 'changed'; // no text, no JSON, or none of ours
  }
}

/** Throws unless it has the form that packSession gives it. */
function checked(value: unknown): Header {
  const no = (): never => {
    throw new Error('no header of a session');
  };
  const is = {
    number: (x: unknown): number => (typeof x === 'number' && Number.isFinite(x) ? x : no()),
    whole: (x: unknown): number => (Number.isSafeInteger(x) && (x as number) >= 0 ? (x as number) : no()),
    words: (x: unknown, most: number): string => (typeof x === 'string' && x.length <= most ? x : no()),
    list: <T>(x: unknown, of: (one: unknown) => T, most: number): T[] =>
      Array.isArray(x) && x.length <= most ? x.map(of) : no(),
    record: (x: unknown): Record<string, unknown> =>
      typeof x === 'object' && x !== null && !Array.isArray(x) ? (x as Record<string, unknown>) : no(),
  };
  const part = (one: unknown): Part => {
    const { kind, size, hash, name, step } = is.record(one);
    const of = { size: is.whole(size), hash: is.words(hash, HASH) };
    if (kind === 'text') return { ...of, kind };
    if (kind === 'weights') return { ...of, kind, name: is.words(name, 255) };
    return kind === 'snapshot' ? { ...of, kind, step: is.whole(step) } : no();
  };
  const saved = (one: unknown): Saved => {
    const { curve, validation, log, initial } = is.record(one);
    const { tip, width, sums, counts } = is.record(curve);
    return {
      curve: {
        tip: is.whole(tip),
        width: is.whole(width),
        sums: is.list(sums, is.number, 1e5),
        counts: is.list(counts, is.number, 1e5),
      },
      validation: is.list(
        validation,
        (point) => {
          const { step, loss } = is.record(point);
          return { step: is.whole(step), loss: loss === null ? Number.POSITIVE_INFINITY : is.number(loss) }; // JSON has no infinity
        },
        1e5,
      ),
      log: is.list(
        log,
        (change) => {
          const { step, key, value } = is.record(change);
          return { step: is.whole(step), key: is.words(key, 40), value: is.words(value, 40) };
        },
        1e4,
      ),
      initial: is.list(
        initial,
        (pair) => {
          const [key, value, ...more] = is.list(pair, (x) => is.words(x, 40), 2);
          return key === undefined || value === undefined || more.length > 0 ? no() : [key, value];
        },
        1e3,
      ),
    };
  };
  const { address, run, parts } = is.record(value);
  return {
    address: is.words(address, 2 ** 20),
    run: run === null ? null : saved(run),
    parts: is.list(parts, part, 1e4),
  };
}
