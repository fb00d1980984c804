// What every claim measures on many seeds: models/claims/ID.json, which the page shows and the docs quote.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Spread } from '../../web/src/exhibits/types.ts';
import { misused, root, run } from './process.ts';

const SEEDS = '1..30';
const program = join(root, 'build/release/unroll');
const folder = join(root, 'models/claims');

interface Row {
  name: string;
  measured: number;
  along?: string;
  of?: string;
  series?: [number, number][];
}
/** Of the lines that `unroll claim ID --seeds A..B --json` prints. */
function gathered(stdout: string): Spread {
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
function written({ rows, series, runs, ...rest }: Spread): string {
  const list = (of: unknown[]) => `[\n    ${of.map((one) => JSON.stringify(one)).join(',\n    ')}\n  ]`;
  const fields = Object.entries(rest).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  const parts = [`"rows": ${list(rows)}`, ...(series ? [`"series": ${list(series)}`] : []), `"runs": ${list(runs)}`];
  return `{\n${[...fields, ...parts.map((part) => `  ${part}`)].join(',\n')}\n}\n`;
}

async function measure(id: string, check: boolean): Promise<boolean> {
  const start = performance.now();
  const { code, stdout, output } = await run(program, ['claim', id, '--seeds', SEEDS, '--json']);
  if (code === 2) {
    console.log(`FAILED ${id}: ${output.trimEnd()}`);
    return false;
  }
  const fresh = gathered(stdout);
  const path = join(folder, `${id}.json`);
  if (!check) writeFileSync(path, written(fresh));
  const same = readFileSync(path, 'utf8') === written(fresh);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const verdict = code !== 0 ? 'FAILED' : same ? 'ok    ' : 'DIFFERS';
  console.log(`${verdict} ${id}  ${fresh.hold} of ${fresh.of} seeds hold, ${seconds} s`);
  return code === 0 && same;
}

function options() {
  try {
    return parseArgs({ allowPositionals: true, options: { check: { type: 'boolean', default: false } } });
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
const good = await Promise.all((positionals.length ? positionals : known).map((id) => measure(id, values.check)));
process.exit(good.every(Boolean) ? 0 : 1);
