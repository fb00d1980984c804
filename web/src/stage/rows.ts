// The rows of a column of cells. Pure arithmetic in units of rem/16.

const MOST = 34;
const THIN = 0.5; // a strip
const LEAST = 0.2; // beside the one row that is readable

/** n rows from y: even where each can carry a figure, else thin strips with a few readable ones round the focus. */
export interface Rows {
  y: number[];
  h: number[];
  readable: (row: number) => boolean;
  top: number;
  bottom: number;
}

/** The width of a column in which value and gradient carry a figure each: two figures with sign and two digits. */
export const ABREAST = 50;

export function rows(n: number, y: number, height: number, focus: number, figure = 10.7, plain = figure): Rows {
  const even = Math.min(MOST, height / n);
  if (even >= plain && even < figure) {
    return build(
      n,
      y,
      () => even,
      () => false,
    );
  }
  if (even >= figure)
    return build(
      n,
      y,
      () => even,
      () => true,
    );
  const thinAt = (readable: number) => (n === readable ? 0 : (height - readable * figure) / (n - readable));
  const fair = Math.min(n, Math.max(1, Math.min(5, Math.floor((height * 0.4) / figure))));
  const lens = thinAt(fair) < THIN ? 1 : fair; // of very many, the focus alone
  const from = Math.min(n - lens, Math.max(0, focus - Math.floor(lens / 2)));
  const within = (row: number) => row >= from && row < from + lens;
  const thin = thinAt(lens);
  if (thin < (lens === 1 ? LEAST : THIN))
    return build(
      n,
      y,
      () => height / n,
      () => false,
    );
  return build(n, y, (row) => (within(row) ? figure : thin), within);
}

function build(n: number, top: number, size: (row: number) => number, readable: (row: number) => boolean): Rows {
  const y: number[] = [];
  const h: number[] = [];
  let at = top;
  for (let row = 0; row < n; row++) {
    y.push(at);
    h.push(size(row));
    at += size(row);
  }
  return { y, h, readable, top, bottom: at };
}

/** Row at a height, or -1. */
export function rowAt(r: Rows, y: number): number {
  if (y < r.top || y >= r.bottom) return -1;
  let low = 0;
  let high = r.y.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((r.y[middle] as number) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
