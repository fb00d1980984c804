// What every claim measures on many seeds: models/claims/ID.json, which the page shows and the docs quote. What each of
// its rows takes of the time stands there too, by which the page says how long is left.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RowCost } from '../../wasm/bridge/protocol.ts';
import type { Spread } from '../../web/src/exhibits/types.ts';
import { timed } from './costs.ts';
import { misused, root, run } from './process.ts';

const SEEDS = '1..30';
const program = join(root, 'build/release/unroll');
const folder = join(root, 'models/claims');
const progress = join(root, 'tests/bridge/progress.jsonl');

interface Row {
  name: string;
  measured: number;
  along?: string;
  of?: string;
  series?: [number, number][];
}
/** Of the lines that `unroll claim ID --seeds A..B --json` prints. */
function gathered(stdout: string): Omit<Spread, 'costs'> {
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { claim, seeds, hold, of, asked, rows } = lines.pop();
  const first = lines[0].rows as Row[];
  const any = first.some(({ series }) => series);
  const runs = lines.map(({ seed, holds, rows }) => ({
    seed,
    holds,
    measured: (rows as Row[]).map(({ measured }) => measured),
    ...(any && { parts: (rows as Row[]).map(({ series }) => series?.map(([, part]) => part) ?? null) }),
  }));
  const series = first.map(({ along = '', of = '', series }) =>
    series ? { along, of, at: series.map(([at]) => at) } : null,
  );
  const names = (rows as Row[]).map(({ name }) => name);
  return { claim, seeds, hold, of, asked, rows: names, ...(any && { series }), runs };
}

/** A line a row and a line a seed. */
function written({ rows, series, costs, runs, ...rest }: Spread): string {
  const list = (of: unknown[]) => `[\n    ${of.map((one) => JSON.stringify(one)).join(',\n    ')}\n  ]`;
  const fields = Object.entries(rest).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  const parts = [
    `"rows": ${list(rows)}`,
    ...(series ? [`"series": ${list(series)}`] : []),
    `"costs": ${list(costs)}`,
    `"runs": ${list(runs)}`,
  ];
  return `{\n${[...fields, ...parts.map((part) => `  ${part}`)].join(',\n')}\n}\n`;
}

const pathOf = (id: string) => join(folder, `${id}.json`);

/** Anew what the rows take; a second run, of another seed, is kept for the test of the time that is told. */
async function costed(id: string): Promise<boolean> {
  const spread = JSON.parse(readFileSync(pathOf(id), 'utf8')) as Spread;
  writeFileSync(pathOf(id), written({ ...spread, costs: (await timed(id, 1)).costs }));
  const { costs: _, ...run } = await timed(id, 2);
  const known = existsSync(progress) ? readFileSync(progress, 'utf8').trim().split('\n') : [];
  const others = known.filter((line) => JSON.parse(line).id !== id);
  writeFileSync(progress, `${[...others, JSON.stringify({ id, ...run })].sort().join('\n')}\n`);
  console.log(`ok     ${id}  ${run.seconds} s`);
  return true;
}

async function measure(id: string, check: boolean): Promise<boolean> {
  const start = performance.now();
  const { code, stdout, output } = await run(program, ['claim', id, '--seeds', SEEDS, '--json']);
  if (code === 2) {
    console.log(`FAILED ${id}: ${output.trimEnd()}`);
    return false;
  }
  const path = pathOf(id);
  const found = gathered(stdout);
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Spread).costs : undefined;
  const fresh = { ...found, costs: known ?? found.rows.map((): RowCost => [1, 1, 1]) };
  if (!check) writeFileSync(path, written(fresh));
  const same = readFileSync(path, 'utf8') === written(fresh);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const verdict = code !== 0 ? 'FAILED' : same ? 'ok    ' : 'DIFFERS';
  console.log(`${verdict} ${id}  ${fresh.hold} of ${fresh.of} seeds hold, ${seconds} s`);
  return code === 0 && same;
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { check: { type: 'boolean', default: false }, costs: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return misused(`claims: ${(error as Error).message}`);
  }
}

const { values, positionals } = options();
const { claims } = JSON.parse((await run(program, ['list', '--json'])).stdout) as { claims: { id: string }[] };
const known = claims.map(({ id }) => id);
for (const id of positionals)
  if (!known.includes(id)) misused(`claims: no claim '${id}'; there are ${known.join(', ')}`);
mkdirSync(folder, { recursive: true });
const ids = positionals.length ? positionals : known;
const good: boolean[] = [];
if (values.costs) for (const id of ids) good.push(await costed(id));
else good.push(...(await Promise.all(ids.map((id) => measure(id, values.check)))));
process.exit(good.every(Boolean) ? 0 : 1);
