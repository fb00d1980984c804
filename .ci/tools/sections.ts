// The table of checks. What the usual run leaves to --full are other compilers, other levels of optimisation and the
// C tests of builds that differ from a tested one in the instruction set alone: the hashes tell those apart already.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ofExhibits } from './exhibits.ts';
import { fuzz, line, programs, targets, told } from './fuzz.ts';
import { hashMatrix } from './hashes.ts';
import { nodeTests, type Outcome } from './nodetests.ts';
import { cmakeBuild, type Ran, root, run } from './process.ts';
import type { Job } from './schedule.ts';

export interface Section extends Job {
  what: string;
  full?: boolean;
  check: () => Promise<Outcome>;
}

const one = ({ code, output }: Ran): Outcome => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output });

/** A program whose exit code is the whole answer: one check. */
const program = async (command: string, ...args: string[]) => one(await run(command, args));
const tool = (name: string, ...args: string[]) =>
  program('node', '--import', 'tsx', join('.ci/tools', `${name}.ts`), ...args);

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
  if (built.code !== 0) return one(built);
  const { code, output } = await run('ctest', ['--test-dir', `build/${preset}`, '--output-on-failure', '-j', '2']);
  const [, failed, all] = output.match(/(\d+) tests? failed out of (\d+)/) ?? [];
  if (all === undefined) return { passed: 0, failed: 1, output };
  const took = [...output.matchAll(/Test +#\d+: (\S+) \.+.*? (\d+\.\d+) sec/g)].map(([, name, seconds]) => ({
    name: `${name} (${preset})`,
    seconds: Number(seconds),
  }));
  return { passed: Number(all) - Number(failed), failed: Math.max(Number(failed), code === 0 ? 0 : 1), output, took };
}

/** Every fuzz target over its seeds, and a fixed number of inputs made from them: the same every time. */
async function shortFuzz(full: boolean): Promise<Outcome> {
  const built = await cmakeBuild('fuzz', ...programs);
  if (built.code !== 0) return one(built);
  const outcome = { passed: 0, failed: 0, output: '' };
  for (const target of targets) {
    const result = await fuzz(target, full ? { minutes: 1 } : { runs: 5000 });
    outcome[result.ok ? 'passed' : 'failed']++;
    outcome.output += `${line(result)}\n${result.ok ? '' : told(result)}`;
  }
  return outcome;
}

/** exhibits: those whose page is tested, of all where none is named. */
export function sections(full: boolean, exhibits: string[]): Section[] {
  const inNode = (folder: string, what: string, needs: string[], atOnce = 1): Section => ({
    name: folder,
    what,
    needs,
    cores: atOnce,
    check: () => {
      const page = folder === 'tests/web';
      const files = filesUnder(folder, /\.test\.tsx?$/);
      return nodeTests(page && exhibits.length > 0 ? ofExhibits(files, exhibits) : files, atOnce, page);
    },
  });
  const inC = (name: string, what: string, preset = name, beyond = false): Section => ({
    name,
    what: `C tests${what}`,
    cores: 2,
    full: beyond,
    check: () => cTests(preset),
  });
  const cores = ['native', 'wasm', 'modules'];
  return [
    inC('native', ', gcc -O3, SSE2', 'release'),
    inC('wasm', ' as WebAssembly, simd128'),
    {
      name: 'modules',
      what: 'the core and the command as WebAssembly, scalar',
      cores: 2,
      check: async () => one(await cmakeBuild('wasm-scalar', 'core_wasm', 'cli_wasm')),
    },
    // Of one build with what is fuzzed: clang takes a quarter of the time that gcc takes over the sanitizers.
    inC('sanitized', ' under AddressSanitizer and UndefinedBehaviorSanitizer, clang', 'fuzz'),
    {
      name: 'page',
      what: 'dist/site and dist/unroll.html',
      needs: ['wasm', 'modules'],
      check: () => tool('build-page', 'site', 'single'),
    },
    inNode('tests/web', 'the page in Chromium', ['native', 'page'], 2),
    {
      name: 'fuzz',
      what: 'invented inputs, seeds first, under both sanitizers',
      needs: ['sanitized'],
      check: () => shortFuzz(full),
    },
    inNode('tests/cli', 'the command', ['native']),
    inNode('tests/wasm', 'the WebAssembly module in Node', cores),
    inNode('tests/bridge', 'the bridge over a fake port', cores),
    inNode('tests/dev', 'this command', [...cores, 'page']),
    {
      name: 'hashes',
      what: 'the same bits from every instruction set, and with --full from every compiler and level',
      needs: cores,
      check: () => hashMatrix(full),
    },
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
        const folders = ['include', 'src', 'wasm', 'tests/c', 'tests/fuzz'];
        const files = folders.flatMap((folder) => filesUnder(folder, /\.[ch]$/));
        return program('clang-format', '--dry-run', '-Werror', ...files);
      },
    },
    inC('scalar', ', gcc -O3, scalar', 'scalar', true),
    inC('clang', ', clang -O3, SSE2', 'clang', true),
    inC('wasm-scalar', ' as WebAssembly, scalar', 'wasm-scalar', true),
    inC('sanitized-gcc', ' under both sanitizers, gcc', 'sanitized', true),
    {
      name: 'models',
      what: 'shipped weights come out of their recipes the same',
      full: true,
      needs: ['native'],
      check: () => tool('models', '--check'),
    },
    {
      name: 'corpora',
      what: 'corpora of pairs come out of their scripts the same',
      full: true,
      check: () => tool('corpora', '--check'),
    },
    {
      name: 'tunes',
      what: "every shipped tune as Debian's abc2midi reads it, bar by bar and note by note",
      full: true,
      needs: ['native'],
      check: () => tool('tunes'),
    },
    {
      name: 'claims',
      what: 'every claim on thirty seeds, as the page says',
      full: true,
      needs: ['native'],
      cores: 2,
      check: () => tool('claims', '--check'),
    },
  ];
}
