// What the view is set to at first: apart from lab.ts, since every page knows what an exhibit declares.
export const DEFAULTS = {
  text: 'Zuko made his uncle tea',
  kind: 'added',
  /** Where the count begins, as in the course or as in the first paper. */
  from: '1',
  /** Places further on that the sentence begins. */
  start: '0',
  /** What is looked at: a row of the table, from 1, and a column. */
  row: '4',
  column: '3',
  /** Cells of the sum that are done. */
  done: '0',
  side: 'number',
};
export type Lab = typeof DEFAULTS;
