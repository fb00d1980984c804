// Debian's LLVM 14 and binaryen write relaxed_madd with the opcode of a draft, 0xfd 0xaf 0x01, which no engine takes any
// more: the standard has 0xfd 0x85 0x02. Puts it right in a module: node wasm/relaxed.mjs FILE. The same three bytes might
// stand in a constant, so there have to be as many as the disassembler finds instructions.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const DRAFT = Buffer.from([0xfd, 0xaf, 0x01]);
const STANDARD = Buffer.from([0xfd, 0x85, 0x02]);

const [file] = process.argv.slice(2);
const bytes = readFileSync(file);
const text = execFileSync('wasm-dis', [file, '--all-features'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
const wanted = text.match(/\(f32x4\.relaxed_fma/g)?.length ?? 0;
let found = 0;
for (let at = bytes.indexOf(DRAFT); at >= 0; at = bytes.indexOf(DRAFT, at + DRAFT.length)) {
  STANDARD.copy(bytes, at);
  found++;
}
if (found === 0 || found !== wanted) {
  process.stderr.write(`${file}: ${wanted} relaxed_madd, but its bytes stand ${found} times\n`);
  process.exit(1);
}
writeFileSync(file, bytes);
