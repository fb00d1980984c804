// A worker that starts also where its address is refused: in a sandboxed frame, whose origin is none, a worker must
// come from a blob. Until it has said something it may yet be replaced, so what it was sent is kept; if it never says
// anything, that is told as a message like any other, with what to do.

import type { WorkerLike } from './client.ts';
import { CoreFailure } from './corelike.ts';
import { fetchBytes } from './loader.ts';
import { startFailure } from './starting.ts';
import type { ToClient, ToServer } from './wire.ts';

export interface Source {
  direct(): Worker;
  /** Where its code stands; null where that is inside the page already. */
  address: string | null;
}

let blob: Promise<string> | null = null; // the address of the worker's code, once it had to be fetched

async function blobOf(address: string): Promise<string> {
  return URL.createObjectURL(new Blob([await fetchBytes(address)], { type: 'text/javascript' }));
}

export class SpawnedWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  #source: Source;
  #worker: Worker | null = null;
  #unheard: ToServer[] | null = []; // null once it has said something
  #again = false; // from a blob, after its address
  #ended = false;

  constructor(source: Source) {
    this.#source = source;
    if (blob) void this.#fromBlob();
    else {
      try {
        this.#attach(source.direct());
      } catch (error) {
        this.#refused(error);
      }
    }
  }
  postMessage(message: ToServer, transfer: ArrayBuffer[]): void {
    this.#unheard?.push(message);
    this.#worker?.postMessage(message, transfer);
  }
  terminate(): void {
    this.#ended = true;
    this.#worker?.terminate();
  }

  #attach(worker: Worker): void {
    this.#worker = worker;
    worker.onmessage = ({ data }: { data: ToClient }) => {
      this.#unheard = null;
      this.onmessage?.({ data });
    };
    worker.onmessageerror = () => this.onmessageerror?.();
    worker.onerror = (event) => {
      if (this.#unheard === null) this.onerror?.(event);
      else this.#refused(event.message);
    };
  }
  #refused(why: unknown): void {
    this.#worker?.terminate();
    this.#worker = null;
    if (this.#source.address !== null && !this.#again) void this.#fromBlob();
    else this.#failed(why);
  }
  async #fromBlob(): Promise<void> {
    this.#again = true;
    try {
      blob ??= blobOf(this.#source.address as string);
      const address = await blob;
      if (this.#ended) return;
      this.#attach(new Worker(address));
      for (const message of this.#unheard ?? []) this.#worker?.postMessage(message);
    } catch (error) {
      blob = null;
      this.#failed(error);
    }
  }
  #failed(why: unknown): void {
    if (this.#ended) return;
    const error =
      why instanceof CoreFailure ? startFailure(why) : { code: 'start-worker', node: '', message: reason(why) };
    // Not before whoever made it listens.
    queueMicrotask(() => this.onmessage?.({ data: { kind: 'failed', error } }));
  }
}

const reason = (why: unknown) =>
  (why instanceof Error ? why.message : typeof why === 'string' ? why : '') || 'No reason was given.';
