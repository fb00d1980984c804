// What the core says of the same weights and the same text, by the native program.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../../..', import.meta.url));
export const PROGRAM = process.env.UNROLL_PROGRAM ?? `${top}build/release/unroll`;

export interface Traced {
  path: string;
  op: string;
  shape: number[];
  time: number;
  value: number[];
  grad?: number[];
}

export function trace(weights: string, text: string): Traced[] {
  const args = ['trace', '--weights', `${top}models/${weights}.safetensors`, '--input', text, '--backward', '--json'];
  const lines = execFileSync(PROGRAM, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Traced).filter(({ value }) => Array.isArray(value));
}
