// The boundary: numbers, texts and bytes into and out of one instance of core.wasm. A view on its memory has length 0
// after the memory grew, so that none is ever kept: each is made when it is read.

import { CoreFailure } from './corelike.ts';
import { extend } from './loader.ts';
import type { CoreError } from './protocol.ts';

type Call = (...args: number[]) => number;
interface Exports extends Record<string, unknown> {
  memory: WebAssembly.Memory;
}
export type Part = string | Uint8Array;

export class CoreModule {
  #exports: Exports;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

  constructor(exports: WebAssembly.Exports) {
    this.#exports = exports as Exports;
  }

  /** Puts more.wasm into it. */
  async extend(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#exports = { ...this.#exports, ...(await extend(this.#exports as WebAssembly.Exports, bytes)) };
  }
  /** Bytes of its memory. */
  get size(): number {
    return this.#exports.memory.buffer.byteLength;
  }
  /** The plain call of an export. */
  raw(name: string, ...args: number[]): number {
    return (this.#exports[name] as Call)(...args);
  }
  /** A call that returns a ur_status. */
  check(name: string, ...args: number[]): void {
    if (this.raw(name, ...args) !== 0) this.fail();
  }
  /** A call that returns a handle or an address, 0 being failure. */
  find(name: string, ...args: number[]): number {
    const found = this.raw(name, ...args);
    if (found === 0) this.fail();
    return found;
  }
  u64(name: string, ...args: number[]): string {
    const value = (this.#exports[name] as (...args: number[]) => bigint)(...args);
    return BigInt.asUintN(64, value).toString(16).padStart(16, '0');
  }
  fail(): never {
    this.raw('error');
    const [code = '', node = '', message = ''] = this.fields();
    throw new CoreFailure({ code, node, message } satisfies CoreError);
  }

  /** Lays texts and bytes into the input area: offset and size of each, as the exports take them. */
  input(...parts: Part[]): number[] {
    const bytes = parts.map((part) => (typeof part === 'string' ? this.#encoder.encode(part) : part));
    const total = bytes.reduce((sum, part) => sum + part.length + 1, 0);
    const address = this.find('input', total);
    const area = new Uint8Array(this.#exports.memory.buffer, address, total);
    const places: number[] = [];
    let offset = 0;
    for (const part of bytes) {
      area.set(part, offset);
      area[offset + part.length] = 0;
      places.push(offset, part.length);
      offset += part.length + 1;
    }
    return places;
  }

  number(index: number): number {
    return new Float64Array(this.#exports.memory.buffer, this.raw('numbers'), 8)[index]!;
  }
  /** The result as it lies in memory: good until the next call. */
  result(): Uint8Array {
    const address = this.raw('result');
    const size = this.raw('result_size');
    return new Uint8Array(this.#exports.memory.buffer, address, size);
  }
  bytes(): Uint8Array<ArrayBuffer> {
    return this.result().slice() as Uint8Array<ArrayBuffer>;
  }
  text(): string {
    return this.#decoder.decode(this.result());
  }
  /** Texts that each end in a NUL. */
  fields(): string[] {
    const fields = this.text().split('\0');
    fields.pop();
    return fields;
  }
  json<T>(): T {
    return JSON.parse(this.text()) as T;
  }
  /** Doubles, copied, where a call gives their address and how many they are. */
  reals(name: string, ...args: number[]): Float64Array<ArrayBuffer> {
    const address = this.find(name, ...args);
    return new Float64Array(this.#exports.memory.buffer as ArrayBuffer, address, this.number(0)).slice();
  }
  /** Cells of a tensor as they lie in memory: good until the next call. */
  view({ address, count, index }: { address: number; count: number; index: boolean }): Float32Array | Int32Array {
    const memory = this.#exports.memory.buffer;
    return index ? new Int32Array(memory, address, count) : new Float32Array(memory, address, count);
  }
}
