// Answers: how people write a number, and what is right, from the values of the core.
import type { Question } from './types';

/** "0.25", ".25", "0,25", "−1.3", "1/4", "25 %". NaN where it is none of them. */
export function numberOf(text: string): number {
  const words = text.trim().replaceAll(',', '.').replace(/[−–]/g, '-').replaceAll(/\s/g, '');
  const [, top = '', , bottom, percent] = /^([+-]?(\d+\.?\d*|\.\d+))(?:\/(\d+\.?\d*|\.\d+))?(%)?$/.exec(words) ?? [];
  if (top === '') return Number.NaN;
  const value = Number(top) / (bottom === undefined ? 1 : Number(bottom)) / (percent ? 100 : 1);
  return Number.isFinite(value) ? value : Number.NaN;
}

export type Side = 'larger' | 'smaller';

/** Which side of `than` a number is on. */
export const sideOf = (value: number, than: number): Side => (value > than ? 'larger' : 'smaller');

/** Of a column, the cell that is asked for. */
export function cellOf({ pick, size }: Extract<Question, { kind: 'cell' }>, values: ArrayLike<number>): number {
  const rank = (cell: number) => {
    const value = values[cell] as number;
    return (size ? Math.abs(value) : value) * (pick === 'least' ? -1 : 1);
  };
  let best = 0;
  for (let cell = 1; cell < values.length; cell++) if (rank(cell) > rank(best)) best = cell;
  return best;
}
