/** What is drawn, as a table. The first cell of a row is its name. */
export interface TableTwin {
  caption: string;
  head: string[];
  rows: string[][];
}
