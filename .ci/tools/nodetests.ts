// Test files run by Node's own runner, with how long every test took: each in a process of its own, or, where they open the
// page, one after the other in a few, since Node, Playwright, Chromium and a page take longer to start than most tests.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { type EventData, run } from 'node:test';
import { spec } from 'node:test/reporters';
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

export const HANGS = 1_800_000; // ms: a file that takes longer waits for what does not come

/** Node's runner over these files, each in its process; several of these may go on side by side, into one outcome. */
async function runFiles(files: string[], atOnce: number, outcome: Required<Outcome>, timeout = HANGS): Promise<void> {
  const stream = run({ files, concurrency: atOnce, timeout });
  const note = (kind: 'passed' | 'failed') => (test: EventData.TestPass | EventData.TestFail) => {
    const { name, file = '', details } = test;
    if (details.type === 'suite') {
      // One whose tests failed is told by these; what fails by itself is a file that cannot be read, or its hook.
      const { error } = details as { error?: { failureType?: string } };
      if (kind === 'failed' && error?.failureType !== 'subtestsFailed') outcome.failed++;
      return;
    }
    outcome[test.skip !== undefined ? 'skipped' : kind]++;
    outcome.took.push({ name, seconds: details.duration_ms / 1000, file: relative(root, file) });
  };
  stream.on('test:pass', note('passed'));
  stream.on('test:fail', note('failed'));
  for await (const text of stream.compose(new spec())) outcome.output += text;
}

/** So many processes, each of which asks for a file when it is done with the last. */
async function runTogether(files: string[], processes: number, outcome: Required<Outcome>): Promise<void> {
  const left = [...files];
  // Each answer by a connection of its own: a test may keep its process from hearing that one was closed.
  const server = createServer((_, response) => response.setHeader('Connection', 'close').end(left.shift() ?? ''));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  process.env.UNROLL_FILES = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const one = () => runFiles([join(root, 'tests/web/page/together.ts')], 1, outcome, Number.POSITIVE_INFINITY);
    await Promise.all(Array.from({ length: processes }, one));
  } finally {
    delete process.env.UNROLL_FILES;
    server.close();
  }
  for (const file of left) {
    outcome.failed++;
    outcome.output += `nobody came to run ${file}\n`;
  }
}

/** What goes through every exhibit takes longest, then what has most lines. */
const length = (file: string) => {
  const text = readFileSync(file, 'utf8');
  return text.length + (text.includes('page/folders.ts') ? 1e6 : 0);
};

/** Runs the files, so many at a time, the longest first: what is left at the end is short. */
export async function nodeTests(files: string[], atOnce: number, together: boolean): Promise<Outcome> {
  const ordered = [...files].sort((a, b) => length(b) - length(a));
  const outcome = { passed: 0, failed: 0, skipped: 0, output: '', took: [] };
  await (together ? runTogether(ordered, atOnce, outcome) : runFiles(ordered, atOnce, outcome));
  return outcome;
}
