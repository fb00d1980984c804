// Where the stops of a picture stand, from left to right, in units of rem/16 from its left edge: the tracks stand under
// them.

export interface Column {
  x: number;
  w: number;
  open: boolean;
}
export interface Columns {
  steps: Column[]; // a stop each
  end: Column; // what belongs to all of them
  even?: true; // operations are of all steps: they are spread evenly, not each under its own
  width: number; // of all; wider than the box where the box must scroll
}
