// What more.wasm takes from the core, as options of the core's link, which fails where it has none of that name:
// node needed.mjs MORE.WASM OUT
import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const given = new Set(['memory', '__indirect_function_table', '__memory_base', '__table_base']); // by wasm/bridge/loader.ts
const names = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(from))).map(({ name }) => name);
const needed = [...new Set(names)].filter((name) => !given.has(name)).sort();
writeFileSync(to, needed.map((name) => `-Wl,--export=${name}\n`).join(''));
