// Every check, in sections that are named, timed and counted. ./dev test --help says how to use it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { slugs } from './exhibits.ts';
import type { Took } from './nodetests.ts';
import { misused, root } from './process.ts';
import { schedule } from './schedule.ts';
import { type Section, sections } from './sections.ts';

function options() {
  try {
    return parseArgs({
      options: {
        full: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        exhibits: { type: 'string', multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    return misused(`test: ${(error as Error).message}`);
  }
}

const { full, list, only, exhibits } = options();
const some = exhibits.flatMap((names) => names.split(','));
for (const slug of some)
  if (!slugs.includes(slug)) misused(`test: no exhibit '${slug}'; there are ${slugs.join(', ')}`);
// What tells the tests that go through every exhibit which ones they take.
if (some.length > 0) process.env.UNROLL_EXHIBITS = some.join();
// What tells a C or a Node test that it may take long.
if (full) process.env.UNROLL_FULL = '1';
process.env.NO_COLOR = '1';
const all = sections(full, some);
if (list) {
  for (const { name, what, full } of all) console.log(`${name.padEnd(12)} ${what}${full ? ' (--full)' : ''}`);
  process.exit(0);
}

const named = new Set<string>();
function choose(name: string): void {
  const section = all.find((other) => other.name === name);
  if (!section) misused(`test: no section '${name}'; --list names them`);
  section.needs?.forEach(choose);
  named.add(name);
}
for (const name of only.flatMap((names) => names.split(','))) choose(name);
const chosen = all.filter((section) => (named.size ? named.has(section.name) : full || !section.full));

const logs = join(root, 'build/test-logs');
mkdirSync(logs, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0, took: [] as (Took & { section: string })[] };
const begun = performance.now();
const since = (start: number) => `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`;

async function check({ name, what, check }: Section): Promise<void> {
  const start = performance.now();
  const { passed, failed, skipped = 0, output, took = [] } = await check();
  writeFileSync(join(logs, `${name.replace('/', '-')}.txt`), output);
  if (failed) console.log(output.trimEnd());
  const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(`${failed ? 'FAILED' : 'ok    '} ${name.padEnd(12)} ${since(start)}  ${counts}  (${what})`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  total.took.push(...took.map((one) => ({ ...one, section: name })));
}
await schedule(chosen, 2, check);

function slowest(title: string, took: { seconds: number; words: string }[]): void {
  const ten = took.sort((a, b) => b.seconds - a.seconds).slice(0, 10);
  if (ten.length > 0) console.log(`\n${title}`);
  for (const { seconds, words } of ten) console.log(`${seconds.toFixed(1).padStart(6)} s  ${words}`);
}
const files = new Map<string, number>();
for (const { file, seconds } of total.took) if (file) files.set(file, (files.get(file) ?? 0) + seconds);
slowest(
  'The slowest files, their tests together:',
  [...files].map(([words, seconds]) => ({ words, seconds })),
);
slowest(
  'The slowest tests:',
  total.took.map(({ section, name, seconds }) => ({ seconds, words: `${section.padEnd(12)} ${name}` })),
);
console.log(`\n${since(begun).trim()} in all`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
