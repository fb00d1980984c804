// The libFuzzer targets of tests/fuzz (built by the preset `fuzz`, with the C tests), run one after the other. A finding stops its target;
// the input that made it stays in build/fuzz/artifacts, all that libFuzzer says in build/fuzz/log.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cmakeBuild, misused, root } from './process.ts';

const sources = join(root, 'tests/fuzz');
const made = join(root, 'build/fuzz');
const seconds_an_input = 25; // more is a hang

/** Every target has a folder of seeds. */
export const targets = readdirSync(join(sources, 'seeds')).sort();
const programOf = (target: string) => `fuzz_${target}`;
export const programs = targets.map(programOf);

/** How long: by the clock over a corpus that grows from run to run, or a fixed number of runs that is always the same. */
export type Length = { minutes: number } | { runs: number };

export interface Fuzzed {
  target: string;
  executions: number;
  perSecond: number;
  /** Edges of the code that some input has reached. */
  coverage: number;
  newUnits: number;
  /** Paths of the inputs that broke something. */
  findings: string[];
  ok: boolean;
  log: string;
}

function folder(...path: string[]): string {
  const full = join(made, ...path);
  mkdirSync(full, { recursive: true });
  return full;
}

export async function fuzz(target: string, length: Length): Promise<Fuzzed> {
  const fixed = 'runs' in length;
  if (fixed) rmSync(join(made, 'fixed', target), { recursive: true, force: true });
  const corpus = fixed ? folder('fixed', target) : folder('corpus', target);
  const artifacts = folder('artifacts', target);
  const before = new Set(readdirSync(artifacts));
  const log = join(folder('log'), `${target}.txt`);
  const output = openSync(log, 'w');
  const options = fixed ? [`-runs=${length.runs}`, '-seed=1'] : [`-max_total_time=${Math.round(length.minutes * 60)}`];
  const code = await new Promise<number>((resolve) => {
    const child = spawn(
      join(made, programOf(target)),
      [
        ...[...options, `-timeout=${seconds_an_input}`, '-rss_limit_mb=2048', '-print_final_stats=1'],
        ...[`-artifact_prefix=${artifacts}/`, corpus, join(sources, 'seeds', target)],
      ],
      { cwd: root, stdio: ['ignore', output, output] },
    );
    child.on('error', () => resolve(127));
    child.on('close', (status) => resolve(status ?? 1));
  });
  closeSync(output);
  const text = readFileSync(log, 'utf8');
  const stat = (name: string) => Number(text.match(new RegExp(`stat::${name}: *(\\d+)`))?.[1] ?? 0);
  const executions = stat('number_of_executed_units');
  const findings = readdirSync(artifacts)
    .filter((name) => !before.has(name))
    .map((name) => `build/fuzz/artifacts/${target}/${name}`);
  return {
    target,
    executions,
    perSecond: stat('average_exec_per_sec'),
    coverage: Number([...text.matchAll(/ cov: (\d+) /g)].at(-1)?.[1] ?? 0),
    newUnits: stat('new_units_added'),
    findings,
    ok: code === 0 && executions > 0 && findings.length === 0,
    log,
  };
}

export function line({ target, executions, perSecond, coverage, newUnits, findings, ok }: Fuzzed): string {
  const number = (value: number, width: number) => value.toLocaleString('en').padStart(width);
  const counts = `${number(executions, 12)} executions  ${number(perSecond, 7)}/s  coverage ${number(coverage, 6)}`;
  const found = Math.max(findings.length, ok ? 0 : 1);
  return `${target.padEnd(12)} ${counts}  ${number(newUnits, 6)} new units  ${found} finding${found === 1 ? '' : 's'}`;
}

/** What broke: the end of libFuzzer's own words. */
export const told = ({ findings, log }: Fuzzed) =>
  `${readFileSync(log, 'utf8').split('\n').slice(-60).join('\n')}\n${findings.map((path) => `input: ${path}\n`).join('')}`;

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { minutes: { type: 'string', default: '10' } },
    });
    return { ...values, positionals };
  } catch (error) {
    return misused(`fuzz: ${(error as Error).message}`);
  }
}

async function main(): Promise<void> {
  const { minutes: asked, positionals } = options();
  const minutes = Number(asked);
  if (!(minutes > 0 && minutes <= 10_000)) misused(`fuzz: --minutes takes a number above 0, not '${asked}'`);
  for (const name of positionals)
    if (!targets.includes(name)) misused(`fuzz: no target '${name}': ${targets.join(', ')}`);
  const { code, output } = await cmakeBuild('fuzz', ...programs);
  if (code !== 0) {
    process.stderr.write(`${output}dev: fuzz: the build failed\n`);
    process.exit(1);
  }
  let failed = 0;
  for (const target of positionals.length ? positionals : targets) {
    const result = await fuzz(target, { minutes });
    console.log(line(result));
    if (result.ok) continue;
    failed++;
    process.stderr.write(told(result));
  }
  process.exit(failed ? 1 : 0);
}
if (process.argv[1] === import.meta.filename) await main();
