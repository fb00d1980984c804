// A text of one's own to train on: its lines, as the core reads them, and what keeps it from being trained on, told
// before the core is asked.

import type { Settings } from '../../../wasm/bridge/protocol';

export const FEWEST_LINES = 20;
export const MOST_LETTERS = 500_000;
const MOST_BYTES = 2 ** 20; // UTF-8, of the core
export const LONGEST_LINE = 64; // letters, of the core

/** Is a run trained on one? */
export const isOwn = (settings: Settings | undefined): boolean => settings?.task === 'lines';

/** What the loss is measured on that training never sees. */
export const unseenOf = (settings: Settings | undefined): 'names' | 'lines' | 'any' =>
  settings?.task === 'names' ? 'names' : isOwn(settings) ? 'lines' : 'any';

/** As Unicode has it; CR LF is one. Spaces around a line are what trim() takes off. */
const END = /\r\n|[\n\r\v\f\x85\u2028\u2029]/;

export const written = (text: string): string[] => text.split(END);
export const textLines = (text: string): string[] =>
  written(text)
    .map((line) => line.trim())
    .filter((line) => line !== '');
/** The text with one way to end a line and one way to write a letter, its blank lines kept. */
export const clean = (text: string): string => written(text.normalize('NFC')).join('\n');

export type CorpusProblem =
  | { kind: 'empty' }
  | { kind: 'long'; count: number; most: number }
  | { kind: 'wide'; line: number; count: number; lines: number }
  | { kind: 'short'; count: number }
  | { kind: 'same'; count: number };

const lettersIn = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** Null when it can be trained on. line counts as one sees it, blank ones too. */
export function trainable(text: string): CorpusProblem | null {
  const lines = textLines(text);
  if (lines.length === 0) return { kind: 'empty' };
  const count = lettersIn(text);
  const bytes = new TextEncoder().encode(text).length;
  const most = Math.min(MOST_LETTERS, Math.floor((MOST_BYTES * count) / bytes / 1000) * 1000);
  if (count > most) return { kind: 'long', count, most };
  const wide = written(text).flatMap((line, i) => {
    const letters = lettersIn(line.trim());
    return letters > LONGEST_LINE ? [{ line: i + 1, count: letters }] : [];
  });
  if (wide[0]) return { kind: 'wide', ...wide[0], lines: wide.length };
  if (lines.length < FEWEST_LINES) return { kind: 'short', count: lines.length };
  return new Set(lines).size > 1 ? null : { kind: 'same', count: lines.length };
}

/** Lines that are too long, broken between words, or within a word that is longer than a line. */
export function broken(text: string): string {
  return written(text)
    .flatMap((line) => {
      const letters = [...line.trim()];
      const parts: string[] = [];
      for (let from = 0; from < letters.length; ) {
        const part = letters.slice(from, from + LONGEST_LINE + 1);
        const space = part.length > LONGEST_LINE ? part.findLastIndex((letter) => letter.trim() === '') : part.length;
        const end = space > 0 ? space : LONGEST_LINE;
        parts.push(part.slice(0, end).join('').trim());
        from += end;
      }
      return parts.length > 0 ? parts.filter((part) => part !== '') : [''];
    })
    .join('\n');
}

/** Is it a table, as it comes out of a spreadsheet? */
export const isTable = (text: string): boolean => textLines(text).some((line) => line.includes('\t'));
export const firstColumn = (text: string): string =>
  written(text)
    .map((line) => line.trim().split('\t', 1)[0])
    .join('\n');

/** A text file as text: UTF-8, or UTF-16 with its mark, as spreadsheets and old editors write it; else null. */
export function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
