// The core beside other programs over the same workloads: in workers of one page of Chromium, and PyTorch natively where
// it is there, in turns. Usage: peers.ts [--workload NAME,...] [--rounds N] [--ms N]. Needs build/wasm/cli.wasm and
// cli-relaxed.wasm.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { extname, join } from 'node:path';
import { env } from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { bundle, inChromium } from '../../wasm/bench/browser.ts';
import { fetched, openblas, PACKAGES } from '../../wasm/bench/peers/fetched.ts';
import { lines, type Open, type Result } from '../../wasm/bench/peers/rival.ts';
import { against, inTurns, ratios, spread } from '../../wasm/bench/peers/turns.ts';
import type { Asked } from '../../wasm/bench/peers/worker.ts';
import { misused, root } from './process.ts';

const WORKLOADS = [
  ...['matmul_64', 'matmul_128', 'matmul_256', 'matmul_512', 'attn_fwd_T64', 'attn_fwd_T256'],
  ...['rnn_train', 'lstm_train', 'seq2seq_train', 'attn_seq_train', 'gpt_train', 'gpt_gen', 'mlp_train'],
  ...['qr', 'eigen', 'svd'].flatMap((kind) => [10, 30, 100].map((n) => `${kind}_${n}`)),
];

function asked() {
  let values: { workload?: string; rounds?: string; ms?: string };
  try {
    const text = { type: 'string' } as const;
    values = parseArgs({ options: { workload: text, rounds: text, ms: text } }).values;
  } catch (error) {
    return misused(`bench --peers: ${(error as Error).message.split('\n')[0]}`);
  }
  const workloads = values.workload?.split(',') ?? WORKLOADS;
  const unknown = workloads.find((name) => !WORKLOADS.includes(name));
  if (unknown !== undefined)
    misused(`bench --peers: no workload '${unknown}' is compared; there are ${WORKLOADS.join(', ')}`);
  const whole = (name: 'rounds' | 'ms', usual: number, most: number) => {
    const value = Number(values[name] ?? usual);
    if (!Number.isInteger(value) || value < 1 || value > most)
      misused(`bench --peers: --${name} should be a whole number from 1 to ${most}, not '${values[name]}'`);
    return value;
  };
  return { workloads, rounds: whole('rounds', 7, 1000), ms: whole('ms', 250, 60_000) };
}

const top = join(root, 'build/peers');
const print = (row: object) => process.stdout.write(`${JSON.stringify(row)}\n`);
const tell = (text: string) => process.stderr.write(`${text}\n`);
const digits = (value: number) => Number(value.toPrecision(4));

/** The share of all processors' time that was used during a second in which nothing is asked of them here. */
async function busy(): Promise<number> {
  const times = () => {
    const all = cpus().flatMap(({ times }) => Object.values(times));
    return { idle: cpus().reduce((sum, cpu) => sum + cpu.times.idle, 0), all: all.reduce((a, b) => a + b, 0) };
  };
  const before = times();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const after = times();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}
async function machine(when: 'before' | 'after'): Promise<void> {
  const share = await busy();
  const core = cpus();
  print({ machine: when, cpu: core[0]?.model, cores: core.length, load: loadavg()[0], busy: digits(share) });
  if (share > 0.1)
    tell(
      `dev: something else takes ${Math.round(100 * share)} % of this machine: compare nothing but ratios, if those.`,
    );
}

interface Program {
  peer: string;
  open: Open;
}

/** A program in a worker of the page. */
async function inWorker(page: Page, start: string, peer: string): Promise<Program> {
  const handle = await page.evaluateHandle(() => new Worker('/worker.js'));
  const ask = async (asked: Asked) => {
    const { value, error } = await handle.evaluate(
      (worker, message) =>
        new Promise<{ value?: unknown; error?: string }>((resolve) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => resolve({ error: message });
          worker.postMessage(message);
        }),
      asked,
    );
    if (error !== undefined) throw new Error(`${peer}: ${error}`);
    return value;
  };
  await ask({ start });
  const open: Open = async (workload) => {
    if (!(await ask({ open: workload }))) return null;
    return {
      turn: async (ms) => (await ask({ turn: ms })) as never,
      result: async () => (await ask({ result: true })) as Result,
    };
  };
  return { peer, open };
}

/** PyTorch in a process of its own, where one of these has it. */
async function pytorch(): Promise<(Program & { process: ChildProcess }) | null> {
  const python = ['python3', '/usr/bin/python3'].find((path) => spawnSync(path, ['-c', 'import torch']).status === 0);
  if (python === undefined) return null;
  const process = spawn(python, [join(root, 'tests/oracle/bench.py'), '--turns'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...env, LD_LIBRARY_PATH: openblas(top) ?? '' },
  });
  const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error('PyTorch ended before its time');
    return JSON.parse(value);
  };
  const ask = (asked: object) => {
    process.stdin.write(`${JSON.stringify(asked)}\n`);
    return next();
  };
  const { torch, blas } = await next();
  const open: Open = async (workload) =>
    (await ask({ open: workload })) ? { turn: (ms) => ask({ turn: ms }), result: () => ask({ result: true }) } : null;
  return { peer: `pytorch-${torch}-${blas}@native`, open, process };
}

/** The core as this machine's own code. */
function native(): Program {
  const program = join(root, 'build/release/unroll');
  const run = async (args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const { peer } = JSON.parse(
    execFileSync(program, ['bench', '--workload', 'peak', '--ms', '1'], { encoding: 'utf8' }),
  );
  return { peer, open: lines(run) };
}

const table: string[][] = [['workload', 'program', 'ms', 'as long as the core', 'rounds from ... to']];

/** All that can do it over one workload. The core is the first. */
async function compare(workload: string, programs: Program[], rounds: number, ms: number): Promise<void> {
  const opened = [];
  for (const { peer, open } of programs) {
    const made = await open(workload);
    if (made) opened.push({ peer, made });
  }
  const players = opened.map(({ made }) => made);
  await inTurns(players, 1, Math.max(1000, ms)); // engines compile what they see often
  const taken = await inTurns(players, rounds, ms);
  const results = [];
  for (const { peer, made } of opened) results.push({ peer, result: await made.result() });
  const wrong = against(results, workload === 'gpt_train');
  if (wrong) throw new Error(`${workload}: ${wrong}`);
  for (const [i, { peer, result }] of results.entries()) {
    const time = spread(taken[i]!.map((turn) => turn.ms));
    const peaks = taken[i]!.flatMap((turn) => turn.peak_percent ?? []);
    const times = i > 0 ? ratios(taken[0]!, taken[i]!) : null;
    print({
      workload,
      peer,
      rounds,
      ms_median: digits(time.median),
      ms_least: digits(time.least),
      ms_most: digits(time.most),
      ...(times && { times: digits(times.median), times_least: digits(times.least), times_most: digits(times.most) }),
      ...(peaks.length && { peak_percent: digits(spread(peaks).median) }),
      ...Object.fromEntries(
        Object.entries(result).map(([name, value]) => [name, value && (name === 'answer' ? value : digits(value))]),
      ),
    });
    const ratio = times ? [times.median, times.least, times.most].map((value) => value.toPrecision(3)) : null;
    table.push([
      workload,
      peer,
      `${digits(time.median)}`,
      ratio?.[0] ?? '',
      ratio ? `${ratio[1]} ... ${ratio[2]}` : '',
    ]);
  }
}

function tellTable(): void {
  const wide = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table)
    tell(
      row
        .map((cell, i) => cell.padEnd(wide[i]!))
        .join('  ')
        .trimEnd(),
    );
}

const TYPES: Record<string, string> = {
  '.wasm': 'application/wasm',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

function failed(error: unknown): never {
  tell(`dev: bench --peers: ${(error as Error).message}`);
  process.exit(1);
}

const { workloads, rounds, ms } = asked();
let folders: Record<string, string> = {};
try {
  mkdirSync(top, { recursive: true });
  folders = Object.fromEntries(PACKAGES.map((of) => [of.name, fetched(top, of)]));
} catch (error) {
  failed(error);
}
const version = (name: string) => PACKAGES.find((of) => of.name === name)!.version;
const worker = await bundle(join(root, 'wasm/bench/peers/worker.ts'));
const cores = new Map(
  ['/cli.wasm', '/cli-relaxed.wasm'].map((path) => [path, readFileSync(join(root, 'build/wasm', path))]),
);

await machine('before');
const torch = await pytorch();
if (!torch) tell('dev: no python3 here has torch (Debian: python3-torch), so nothing is compared with PyTorch.');
try {
  await inChromium(
    (path) => {
      if (path === '/worker.js') return ['text/javascript', worker];
      const core = cores.get(path);
      if (core) return ['application/wasm', core];
      const name = Object.keys(folders).find((of) => path.startsWith(`/fetched/${of}/`));
      if (name === undefined) return null;
      const file = join(folders[name]!, path.slice(`/fetched/${name}/`.length));
      return existsSync(file) ? [TYPES[extname(file)]!, readFileSync(file)] : null;
    },
    async (page) => {
      const programs = [
        await inWorker(page, 'unroll', 'unroll-simd128@chromium'),
        await inWorker(page, 'unroll-relaxed', 'unroll-relaxed@chromium'),
      ];
      for (const [start, name] of [
        ['tfjs-wasm', '@tensorflow/tfjs-backend-wasm'],
        ['onnxruntime-web', 'onnxruntime-web'],
        ['jax-js', '@jax-js/jax'],
        ['ml-matrix', 'ml-matrix'],
        ['convnetjs', 'convnetjs'],
      ] as const)
        programs.push(await inWorker(page, start, `${start}-${version(name)}@chromium`));
      programs.push(native());
      if (torch) programs.push(torch);
      for (const workload of workloads) await compare(workload, programs, rounds, ms);
    },
  );
} catch (error) {
  failed(error);
} finally {
  torch?.process.kill();
}
await machine('after');
tellTable();
