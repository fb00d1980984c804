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

/** Puts more.wasm into a core: its data into the core's memory, its functions into the core's table. What it takes from the
 *  core is exported there for it (wasm/CMakeLists.txt). Returns its own exports. */
export async function extend(core: WebAssembly.Exports, bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Exports> {
  const module = await WebAssembly.compile(bytes);
  const { memory, slots } = wantedBy(module);
  const room = (core.room as (size: number) => number)(memory);
  if (room === 0) throw failure('memory', '', `There is no memory for ${memory} more bytes of the core.`);
  const table = core.__indirect_function_table as WebAssembly.Table;
  const constant = (value: number, mutable = false) => new WebAssembly.Global({ value: 'i32', mutable }, value);
  const imports: Record<string, WebAssembly.ModuleImports> = {
    env: { ...core, __memory_base: constant(room), __table_base: constant(table.grow(slots)) },
    'GOT.mem': {},
    'GOT.func': {},
  };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const given = core[name];
    if (from === 'GOT.mem') imports[from]![name] = constant((given as WebAssembly.Global).value, true);
    if (from !== 'GOT.func') continue;
    const at = table.grow(1);
    table.set(at, given);
    imports[from]![name] = constant(at, true);
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  (exports.__wasm_apply_data_relocs as (() => void) | undefined)?.();
  (exports.__wasm_call_ctors as () => void)();
  (exports.more_begin as () => void)();
  return exports;
}

/** How much memory and how many places of the table a module wants for itself: its section "dylink.0". */
function wantedBy(module: WebAssembly.Module): { memory: number; slots: number } {
  const [section] = WebAssembly.Module.customSections(module, 'dylink.0');
  const bytes = new Uint8Array(section ?? new ArrayBuffer(0));
  let at = 2; // after the kind and the size of its first part
  const whole = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const memory = whole();
  whole(); // what the memory is aligned to
  return { memory, slots: whole() };
}
