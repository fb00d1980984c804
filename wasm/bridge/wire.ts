// What goes over the port, beneath the requests and events of protocol.ts. The same for a Worker and for a test.

import type { CoreError, Events, RunInfo, Settings } from './protocol.ts';
import type { Saved, SavedEdits } from './timeline.ts';

export interface Port {
  // biome-ignore lint/suspicious/noExplicitAny: a port carries anything; the two ends give it its types
  postMessage(message: any, transfer: ArrayBuffer[]): void;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onmessage: ((event: { data: any }) => void) | null;
}

/** Where the worker finds what it needs: absolute addresses, or data: ones in the one-file page. */
export interface Places {
  simd: 'auto' | 'simd128' | 'scalar';
  core: { simd128: string; scalar: string };
  more: { simd128: string; scalar: string };
  weights: Record<string, string>;
  texts: Record<string, string>; // by name
}

/** How a run began: enough to begin it again. */
export interface Origin {
  weights: string | null;
  file: ArrayBuffer | null;
  settings: Settings | null;
  corpus: string | null;
}
/** What a new worker needs to go on where a dead one stopped. */
export interface Rescue {
  step: number;
  snapshot: Uint8Array<ArrayBuffer>;
  saved: Saved;
}
/** A run that another made room for, or that was undone, and that can be brought back. */
export interface Kept {
  id: number;
  origin: Origin;
  step: number;
  saved: Saved;
  edits: SavedEdits;
}
/** All of them: those that undo brings back, and those that redo does. */
export interface KeptRuns {
  before: Kept[];
  after: Kept[];
}
/** And what it needs to undo and redo what had been done there. */
export interface Past {
  id: number; // of the run on screen
  lastId: number;
  edits: SavedEdits;
}

/** A frame on its way: values lie in the buffer one after another. */
export interface FrameMessage {
  subscription: number; // id of the subscribe request that it answers
  step: number;
  position: number;
  gradNorm: number;
  clipScale: number;
  layout: { offset: number; length: number; index: boolean }[];
  buffer: ArrayBuffer;
}

export type ToServer =
  | { kind: 'init'; places: Places; more: boolean } // more: that is asked for soon
  | { kind: 'request'; id: number; name: string; params: unknown }
  | { kind: 'recover'; id: number; origin: Origin; rescue: Rescue | null; past: Past | null; aside: KeptRuns | null }
  | { kind: 'drawn'; buffer: ArrayBuffer | null };

export type ToClient =
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: CoreError }
  | { kind: 'event'; name: Exclude<keyof Events, 'frame' | 'replaced'>; event: unknown }
  | { kind: 'frame'; frame: FrameMessage }
  | { kind: 'origin'; origin: Origin }
  | { kind: 'rescue'; rescue: Rescue; past: Past | null; aside: KeptRuns | null } // null: as it was
  | { kind: 'died'; message: string }
  | { kind: 'failed'; error: CoreError }; // it could not start, and another one would not either

export interface Recovered {
  run: RunInfo;
}
