// Every check, in sections that are named, timed and counted. ./dev test --help says how to use it.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz, line, targets, told } from './fuzz.ts';
import { hashMatrix } from './hashes.ts';
import { cmakeBuild, misused, root, run } from './process.ts';

interface Outcome {
  passed: number;
  failed: number;
  skipped?: number;
  output: string;
}
interface Section {
  name: string;
  what: string;
  needs?: string[];
  full?: boolean;
  check: () => Promise<Outcome>;
}

const full = process.argv.includes('--full');
/** What tells a C or a node test that it may take long. */
const long: Record<string, string> = full ? { UNROLL_FULL: '1' } : {};

/** A program whose exit code is the whole answer: one check. */
async function program(command: string, ...args: string[]): Promise<Outcome> {
  const { code, output } = await run(command, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

function filesUnder(folder: string, ending: RegExp): string[] {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path))
    .sort();
}

async function cTests(preset: string): Promise<Outcome> {
  const built = await cmakeBuild(preset);
  if (built.code !== 0) return { passed: 0, failed: 1, output: built.output };
  const { code, output } = await run(
    'ctest',
    ['--test-dir', `build/${preset}`, '--output-on-failure', '-j', '2'],
    long,
  );
  const [, failed, all] = output.match(/(\d+) tests? failed out of (\d+)/) ?? [];
  if (all === undefined) return { passed: 0, failed: 1, output };
  return { passed: Number(all) - Number(failed), failed: Math.max(Number(failed), code === 0 ? 0 : 1), output };
}

/** Every fuzz target over its seeds, and a fixed number of inputs made from them: the same every time. */
async function shortFuzz(): Promise<Outcome> {
  const built = await cmakeBuild('fuzz');
  if (built.code !== 0) return { passed: 0, failed: 1, output: built.output };
  const outcome = { passed: 0, failed: 0, output: '' };
  for (const target of targets) {
    const result = await fuzz(target, full ? { minutes: 1 } : { runs: 5000 });
    outcome[result.ok ? 'passed' : 'failed']++;
    outcome.output += `${line(result)}\n${result.ok ? '' : told(result)}`;
  }
  return outcome;
}

async function nodeTests(folder: string): Promise<Outcome> {
  const files = filesUnder(folder, /\.test\.tsx?$/);
  if (files.length === 0) return { passed: 0, failed: 1, output: `${folder} has no tests\n` };
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-concurrency=1', ...files];
  const { code, output } = await run('node', args, { ...long, NO_COLOR: '1' });
  const count = (word: string) => Number(output.match(new RegExp(`^. ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return { passed: count('pass'), failed: Math.max(failed, code === 0 ? 0 : 1), skipped: count('skipped'), output };
}

const sections: Section[] = [
  { name: 'types', what: 'TypeScript, strict', check: () => program('node_modules/.bin/tsc', '--noEmit') },
  {
    name: 'style',
    what: 'TypeScript, CSS and JSON as Biome has it',
    check: () => program('node_modules/.bin/biome', 'ci'),
  },
  {
    name: 'style-c',
    what: 'C as clang-format has it',
    check: () => {
      const files = ['include', 'src', 'wasm', 'tests/c', 'tests/fuzz'].flatMap((folder) =>
        filesUnder(folder, /\.[ch]$/),
      );
      return program('clang-format', '--dry-run', '-Werror', ...files);
    },
  },
  { name: 'native', what: 'C tests, gcc -O3, SSE2', check: () => cTests('release') },
  { name: 'scalar', what: 'C tests, gcc -O3, scalar', check: () => cTests('scalar') },
  { name: 'clang', what: 'C tests, clang -O3, SSE2', check: () => cTests('clang') },
  {
    name: 'sanitized',
    what: 'C tests under AddressSanitizer and UndefinedBehaviorSanitizer',
    check: () => cTests('sanitized'),
  },
  { name: 'fuzz', what: 'invented inputs, seeds first, under both sanitizers', check: shortFuzz },
  { name: 'wasm', what: 'C tests as WebAssembly, simd128', check: () => cTests('wasm') },
  { name: 'wasm-scalar', what: 'C tests as WebAssembly, scalar', check: () => cTests('wasm-scalar') },
  { name: 'hashes', what: 'the same bits from every compiler, level and instruction set', check: hashMatrix },
  {
    name: 'page',
    what: 'dist/site and dist/unroll.html',
    needs: ['wasm', 'wasm-scalar'],
    check: () => program('node', '--import', 'tsx', '.ci/tools/build-page.ts', 'site', 'single'),
  },
  {
    name: 'tests/dev',
    what: 'this command',
    needs: ['native', 'wasm', 'wasm-scalar', 'page'],
    check: () => nodeTests('tests/dev'),
  },
  {
    name: 'tests/wasm',
    what: 'the WebAssembly module in Node',
    needs: ['native', 'wasm', 'wasm-scalar'],
    check: () => nodeTests('tests/wasm'),
  },
  {
    name: 'tests/bridge',
    what: 'the bridge over a fake port',
    needs: ['native', 'wasm', 'wasm-scalar'],
    check: () => nodeTests('tests/bridge'),
  },
  { name: 'tests/web', what: 'the page in Chromium', needs: ['native', 'page'], check: () => nodeTests('tests/web') },
  { name: 'tests/cli', what: 'the command', needs: ['native'], check: () => nodeTests('tests/cli') },
  {
    name: 'models',
    what: 'shipped weights come out of their recipes the same',
    full: true,
    needs: ['native'],
    check: () => program('node', '--import', 'tsx', '.ci/tools/models.ts', '--check'),
  },
];

function options() {
  try {
    return parseArgs({
      options: {
        full: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    return misused(`test: ${(error as Error).message}`);
  }
}

const { list, only } = options();
if (list) {
  for (const { name, what, full } of sections) console.log(`${name.padEnd(12)} ${what}${full ? ' (--full)' : ''}`);
  process.exit(0);
}
const chosen = new Set<string>();
function choose(name: string): void {
  const section = sections.find((other) => other.name === name);
  if (!section) misused(`test: no section '${name}'; --list names them`);
  section.needs?.forEach(choose);
  chosen.add(name);
}
for (const name of only.flatMap((names) => names.split(','))) choose(name);

const logs = join(root, 'build/test-logs');
mkdirSync(logs, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const begun = performance.now();
for (const { name, what, full: onlyFull, check } of sections) {
  if (chosen.size ? !chosen.has(name) : onlyFull && !full) continue;
  const start = performance.now();
  const { passed, failed, skipped = 0, output } = await check();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  writeFileSync(join(logs, `${name.replace('/', '-')}.txt`), output);
  if (failed) console.log(output.trimEnd());
  const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(`${failed ? 'FAILED' : 'ok    '} ${name.padEnd(12)} ${seconds.padStart(6)} s  ${counts}  (${what})`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
