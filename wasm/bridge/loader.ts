// Instantiates a standalone module from its bytes, in Node, in a worker or from a file, and says which build runs.

import { failure } from './corelike.ts';
import { fromBase64, inflated } from './inflate.ts';

export type Simd = 'simd128' | 'scalar';
export const ABI = 8;

/** A module of one function that uses an i8x16 instruction: valid only where simd128 is. */
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];
export const hasSimd = () => WebAssembly.validate(new Uint8Array(SIMD_PROBE));
export const choose = (simd: 'auto' | Simd): Simd => (simd === 'auto' ? (hasSimd() ? 'simd128' : 'scalar') : simd);

/** The bytes at an address. What stands in the address itself is decoded here, since a page opened from a file may not
 *  fetch it. */
export async function fetchBytes(address: string): Promise<Uint8Array<ArrayBuffer>> {
  if (address.startsWith('data:')) {
    const bytes = fromBase64(address.slice(address.indexOf(',') + 1));
    return address.startsWith('data:application/gzip') ? new Uint8Array(await inflated(bytes).arrayBuffer()) : bytes;
  }
  const lost = (why: string | number) => failure('file', address, `${address} could not be loaded (${why}).`);
  let response: Response;
  try {
    response = await fetch(address);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw lost((error as Error).message);
  }
  throw lost(response.status);
}

export async function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  imports: WebAssembly.Imports = {},
): Promise<WebAssembly.Exports> {
  // Views are made anew after every call, so that growth needs no news.
  const env = { emscripten_notify_memory_growth: () => {} };
  const { instance } = await WebAssembly.instantiate(bytes, { env, ...imports });
  (instance.exports._initialize as (() => void) | undefined)?.();
  return instance.exports;
}
