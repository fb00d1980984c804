// Studies: what can only be looked at, worked out beside the run. The same settings and inputs give the same arrays, so
// that the last few are not worked out twice.
import type { Bridge, CoreError, Study, StudyRequest } from '../../../wasm/bridge/protocol';

const KEPT = 8;
let lastId = 0; // of the page: stores come and go over one bridge

export interface Watching {
  /** Stops it where it is; the promise rejects with the reason. */
  signal?: AbortSignal;
  /** From 0 to 1, now and then. */
  progress?: (fraction: number) => void;
  /** What is there of it, as often. */
  watch?: (study: Study) => void;
}

export function createStudies(bridge: Bridge) {
  const known = new Map<string, Study>();
  const stops = new Set<(why: unknown) => void>();

  /** Rejects with the core's reason. */
  async function study(request: StudyRequest, { signal, progress, watch }: Watching = {}): Promise<Study> {
    signal?.throwIfAborted();
    const key = JSON.stringify(request);
    const before = known.get(key);
    if (before) return before;
    const id = ++lastId;
    const off: (() => void)[] = [];
    try {
      const found = await new Promise<Study>((resolve, reject) => {
        const stop = (why: unknown) => {
          void bridge.call('stopStudy', { id }).catch(() => {});
          reject(why);
        };
        const aborted = () => stop(signal?.reason);
        stops.add(stop);
        signal?.addEventListener('abort', aborted);
        off.push(
          () => stops.delete(stop),
          () => signal?.removeEventListener('abort', aborted),
          bridge.on('studying', (event) => {
            if (event.id !== id) return;
            progress?.(event.fraction);
            if (event.study) watch?.(event.study);
          }),
          bridge.on('studied', (event) => event.id === id && resolve(event.study)),
          bridge.on('studyBroke', (event) => event.id === id && reject(event.error)),
        );
        bridge.call('study', { ...request, id, ...(watch && { watched: true }) }).catch(reject);
      });
      known.set(key, found);
      for (const oldest of known.keys()) {
        if (known.size <= KEPT) break;
        known.delete(oldest);
      }
      return found;
    } finally {
      for (const each of off) each();
    }
  }
  return {
    study,
    dispose(): void {
      const why: CoreError = { code: 'state', node: '', message: 'The exhibit was left.' };
      for (const stop of [...stops]) stop(why);
    },
  };
}

/** An array of a study by its name. */
export function arrayOf(study: Study, name: string): Study['arrays'][number] {
  const found = study.arrays.find((array) => array.name === name);
  if (!found) throw new Error(`The study has no array ${name}.`);
  return found;
}
