// A matrix as the course writes it. The core stores the letters' vectors as rows, one a letter; the course's E is
// d × |V|, a column a letter, and e = E x takes one. Everything else is drawn as it is stored.

import { t } from '../i18n/index.ts';
import type { NodeSchema, Values } from '../session/types.ts';
import { bare } from '../stage/tokens.ts';
import { dimensions, isTurned, rowNames } from './subject.ts';

type Name = (at: number) => string;
export interface Drawn {
  rows: number;
  columns: number;
  rowName?: Name | undefined;
  columnName?: Name | undefined;
  /** Values in the order of the drawing, row by row. */
  values(stored: Values): Values;
  /** Of a cell of the core's, and back. */
  place(cell: number): { row: number; column: number };
  cell(row: number, column: number): number;
}

export function drawn(node: NodeSchema, text: (token: number) => string): Drawn {
  const stored = dimensions(node);
  if (!isTurned(node))
    return {
      ...stored,
      rowName: rowNames(node, text),
      values: (values) => values,
      place: (cell) => ({ row: Math.floor(cell / stored.columns), column: cell % stored.columns }),
      cell: (row, column) => row * stored.columns + column,
    };
  const [rows, columns] = [stored.columns, stored.rows];
  return {
    rows,
    columns,
    columnName: (column) => mark(text(column)),
    values: (values) =>
      Float32Array.from(
        { length: values.length },
        (_, i) => values[(i % columns) * rows + Math.floor(i / columns)] ?? 0,
      ),
    place: (cell) => ({ row: cell % rows, column: Math.floor(cell / rows) }),
    cell: (row, column) => column * rows + row,
  };
}

/** A cell of it in the course's letters: E₁,₇, (W_h)₃,₂, (b_1)₅. */
export function cellOf(tex: string, { columns, place }: Drawn, cell: number): string {
  const { row, column } = place(cell);
  const whole = /[_∂⊤]/.test(tex) ? `(${tex})` : tex;
  return columns > 1 ? `${whole}_{${row + 1},${column + 1}}` : `${whole}_{${cell + 1}}`;
}

/** What a heat map is told of its sides. */
export const sides = ({ rows, columns, rowName, columnName }: Drawn) => ({ rows, columns, rowName, columnName });

/** Over a narrow column: the marks of start and end as the figure has them. */
export function mark(token: string): string {
  const word = bare(token);
  if (word === token) return token;
  return word === t('mark.start') ? '▸' : word === t('mark.end') ? '■' : word;
}
