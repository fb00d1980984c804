// What the views are set to, kept in the address, and the limits of it.
import { at, DEFAULTS, type Lab } from './defaults';

export type { Lab };

export const TASKS = ['protein', 'digits', 'days'] as const;
export type Task = (typeof TASKS)[number];
export const RESIDUES = 24;
export const SIDE = 12; // points of a picture, each way
export const PATCH = 4;
export const DAYS = 14; // that are read; the one after is the answer
export const MOST_SOLD = 9.99;

const FORMS: Record<Task, RegExp> = {
  protein: /^[A-Z]{1,24}$/,
  digits: /^\d_\d{144}$/,
  days: /^\d{1,3}(_\d{1,3}){1,14}$/,
};
const whole = (text: string, most: number): boolean => /^\d{1,4}$/.test(text) && Number(text) <= most;

/** As the address has it, where that can be; else as it is at first. */
export function labOf(given: Record<string, string>): Lab {
  const lab = at(Object.fromEntries(Object.entries(given).filter(([key]) => key in DEFAULTS)));
  for (const task of TASKS) if (!FORMS[task].test(lab[task])) lab[task] = DEFAULTS[task];
  if (!whole(lab.row, 25) || lab.row === '0') lab.row = DEFAULTS.row;
  if (!whole(lab.op, 999)) lab.op = DEFAULTS.op;
  if (!whole(lab.cell, 1024) || lab.cell === '0') lab.cell = DEFAULTS.cell;
  if (lab.ink !== 'rub') lab.ink = DEFAULTS.ink;
  return lab;
}

export const soldOf = (days: string): number[] => days.split('_').map((one) => Number(one) / 100);
export const daysOf = (sold: readonly number[]): string =>
  sold.map((one) => Math.round(100 * Math.max(0, Math.min(MOST_SOLD, one)))).join('_');

/** As the task reads it, and back. */
export const textOf = (task: Task, lab: Lab): string =>
  task === 'days' ? soldOf(lab.days).join(' ') : lab[task].replace('_', ' ');
export const labText = (task: Task, text: string): string =>
  task === 'days' ? daysOf(text.split(' ').map(Number)) : text.replace(' ', '_');

/** The points of a patch, from 1, of a picture as the address has it. */
export function patchOf(picture: string, patch: number): number[] {
  const across = SIDE / PATCH;
  const [top, left] = [Math.floor((patch - 1) / across) * PATCH, ((patch - 1) % across) * PATCH];
  return Array.from({ length: PATCH * PATCH }, (_, i) =>
    Number(picture[2 + (top + Math.floor(i / PATCH)) * SIDE + left + (i % PATCH)]),
  );
}
