// At the right of the updates' track: room for what the two curves are called and for their axis, so that nothing is
// written over a curve. In units of rem/16.

export interface Margin {
  /** Where the axis and the curves end. */
  end: number;
  /** Where the names begin; the numbers of the axis end at the track's own end. */
  names: number;
  /** Is there room for the unit beside a number? */
  unit: boolean;
}

export function margin(width: number): Margin {
  const wide = width >= 420;
  const end = width - (wide ? 124 : 100);
  return { end, names: end + 10, unit: wide };
}
