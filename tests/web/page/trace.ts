// What the core says of the same weights and the same text, by the native program.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Exhibit } from '../../../web/src/exhibits/types.ts';

const top = fileURLToPath(new URL('../../..', import.meta.url));
export const PROGRAM = process.env.UNROLL_PROGRAM ?? `${top}build/release/unroll`;

export interface Traced {
  path: string;
  op: string;
  shape: number[];
  time: number;
  value: number[];
  grad?: number[];
  edges?: number[][]; // the gradient through each input
}

/** weights: shipped ones by their id, or a file with what its options say of it. */
export function trace(weights: string, text: string, options: readonly string[] = []): Traced[] {
  const file = weights.includes('/') ? weights : `models/${weights}.safetensors`;
  const args = ['trace', '--weights', `${top}${file}`, '--input', text, '--backward', '--json', ...options];
  const lines = execFileSync(PROGRAM, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Traced).filter(({ value }) => Array.isArray(value));
}

/** What an exhibit reads first; of a pair the source is led by its target, or by the model's own guess. */
export function traceFirst({ weights, text, target }: Pick<Exhibit, 'weights' | 'text' | 'target'>): Traced[] {
  const led = target === null ? ['--guess'] : target === undefined ? [] : ['--target', target];
  return trace(weights, text, led);
}
