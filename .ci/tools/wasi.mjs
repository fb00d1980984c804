// wasi.mjs PROGRAM.wasm [ARGUMENT]...: runs a C test that was compiled to WebAssembly, for CTest.
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [path, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: [path, ...args], env: process.env, returnOnExit: false });
const module = await WebAssembly.compile(await readFile(path));
const imports = { ...wasi.getImportObject(), env: { emscripten_notify_memory_growth() {} } };
// Emscripten's C library names a few calls that these tests never make.
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  if (kind === 'function') {
    imports[from][name] ??= () => {
      throw new Error(`${path} called ${from}.${name}, which is not there`);
    };
  }
}
// The program ends the process itself: an exception that would end it here has to be unwound through all of its frames, and in
// Node 20.20 that can break after a long run.
wasi.start(await WebAssembly.instantiate(module, imports));
