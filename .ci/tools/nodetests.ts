// Test files run by Node's own runner, each in a process of its own, with how long every test took. Those that open the
// page share one Chromium, with a context of its own for each page.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../../tests/web/bridge/browser.ts';
import { root } from './process.ts';

export interface Took {
  name: string;
  seconds: number;
  /** Where its file is, of a test that has one. */
  file?: string;
}
export interface Outcome {
  passed: number;
  failed: number;
  skipped?: number;
  output: string;
  took?: Took[];
}

const HANGS = 1_800_000; // ms: a file that takes longer waits for what does not come

async function withBrowser<T>(work: () => Promise<T>): Promise<T> {
  // Left to it, a signal to end would end the browser alone.
  const server = await chromium.launchServer({ ...CHROMIUM, handleSIGTERM: false });
  const end = () => process.exit(143);
  process.once('SIGTERM', end);
  process.env.UNROLL_BROWSER = server.wsEndpoint();
  try {
    return await work();
  } finally {
    delete process.env.UNROLL_BROWSER;
    process.off('SIGTERM', end);
    await server.close();
  }
}

async function runFiles(files: string[], atOnce: number): Promise<Outcome> {
  const outcome = { passed: 0, failed: 0, skipped: 0, output: '', took: [] as Took[] };
  const stream = run({ files, concurrency: atOnce, timeout: HANGS });
  const note = (kind: 'passed' | 'failed') => (test: Parameters<Parameters<typeof stream.on<'test:pass'>>[1]>[0]) => {
    if (test.details.type === 'suite') return;
    outcome[test.skip !== undefined ? 'skipped' : kind]++;
    const { name, file = '' } = test;
    outcome.took.push({ name, seconds: test.details.duration_ms / 1000, file: relative(root, file) });
  };
  stream.on('test:pass', note('passed'));
  stream.on('test:fail', note('failed'));
  for await (const text of stream.compose(new spec())) outcome.output += text;
  return outcome;
}

/** What goes through every exhibit takes longest, then what has most lines. */
const length = (file: string) => {
  const text = readFileSync(file, 'utf8');
  return text.length + (text.includes('page/folders.ts') ? 1e6 : 0);
};

/** Runs the files, so many at a time, the longest first: what is left at the end is short. */
export function nodeTests(files: string[], atOnce: number, browser: boolean): Promise<Outcome> {
  const ordered = [...files].sort((a, b) => length(b) - length(a));
  const all = () => runFiles(ordered, atOnce);
  return browser ? withBrowser(all) : all();
}
