// Numbers as they stand on the page: a proper minus, tabular figures, no negative zero.

const MINUS = '−';
const THIN = ' '; // narrow no-break space
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const notFinite = (v: number) => (Number.isNaN(v) ? 'NaN' : v > 0 ? '∞' : `${MINUS}∞`);

/** "−0.32": so many digits after the point. */
export function fixed(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** "1.2·10⁻⁷". */
export function exponent(value: number, digits = 1): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return '0';
  const [mantissa = '', power = ''] = Math.abs(value).toExponential(digits).split('e');
  const raised = [...power.replace('+', '')].map((c) => (c === '-' ? '⁻' : SUPERSCRIPT[Number(c)])).join('');
  return `${value < 0 ? MINUS : ''}${mantissa}·10${raised}`;
}

/** In running text: so many digits, or a power of ten where they would show nothing or run on. */
export function plain(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size !== 0 && Number.isFinite(value) && (size < 0.5 * 10 ** -digits || size >= 1e6)) return exponent(value);
  return fixed(value, digits);
}

/** Digits after the point of a result: two, of a gradient three, as in its cell; three that count where those show
 *  nothing. */
export function placesOf(value: number, least = 2): number {
  const size = Math.abs(value);
  const large = size >= 10 ** -least || size === 0 || !Number.isFinite(size);
  return large ? least : Math.max(least, 2 + Math.min(5, Math.ceil(-Math.log10(size))));
}

/** A result as it stands in a cell and in an equation alike: "−1.03", "0.0123", "1.2·10⁻⁷". */
export const result = (value: number, least = 2) =>
  value !== 0 && Math.abs(value) < 1e-5 ? exponent(value) : plain(value, placesOf(value, least));

/** What goes into a result: one digit more. */
export const term = (value: number, least = 2) =>
  value !== 0 && Math.abs(value) < 1e-5 ? exponent(value, 2) : plain(value, placesOf(value, least) + 1);

/** In a cell: ".62", "−.130"; fewer digits as the number grows, so that five figures are never passed. */
export function cell(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const size = Math.abs(value);
  if (size >= 9999.5) return `${value < 0 ? MINUS : ''}${size.toExponential(0).replace('e+', 'e')}`;
  const room = size >= 99.5 ? 0 : size >= 9.95 ? 1 : digits;
  return fixed(value, room).replace(/^(−?)0\./, '$1.');
}

/** Width of a figure at 12 units, tabular. */
export function figureWidth(text: string): number {
  let width = 0;
  for (const c of text) width += c === '.' ? 3.4 : 7.1;
  return width;
}

/** A figure in a box: as many digits as the box holds, none where it holds none. */
export function figureIn(value: number, width: number, digits: number): string {
  for (let d = digits; d >= 0; d--) {
    const text = cell(value, d);
    if (figureWidth(text) <= width) return text;
  }
  return '';
}

/** A number of this size (in units) in so much room: fewer digits, a power of ten, nothing. */
export function numberIn(value: number, room: number, digits: number, size: number): string {
  const choices = Array.from({ length: digits + 1 }, (_, i) => fixed(value, digits - i));
  const large = `${value < 0 ? MINUS : ''}${Math.abs(value).toExponential(0).replace('e+', 'e')}`;
  if (Number.isFinite(value)) choices.push(large);
  return choices.find((text) => (figureWidth(text) * size) / 12 <= room) ?? '';
}

/** Digits after the point that a scale of ±range needs in its cells. */
export function digitsFor(range: number): number {
  return range >= 0.5 ? 2 : range >= 0.05 ? 3 : 4;
}

/** "2 400" */
export function whole(n: number): string {
  return fixed(n, 0).replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** End of a scale as text: "2", "0.05", "2·10⁻⁵". */
export function rangeText(range: number): string {
  if (range < 0.001 || range >= 10000) return exponent(range, 0);
  return String(Number(range.toPrecision(2)));
}

/** The least of 1, 2, 5 times a power of ten that is not under the largest size; 1 where all is zero. */
export function niceRange(largest: number): number {
  if (!(largest > 0) || !Number.isFinite(largest)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  for (const m of [1, 2, 5, 10]) if (m * power >= largest * (1 - 1e-9)) return Number((m * power).toPrecision(1));
  return largest;
}

/** End of a scale that just holds the largest size: two figures, and 1 where all is within it. */
export function tightRange(most: number): number {
  if (!(most > 1) || !Number.isFinite(most)) return 1;
  const unit = 10 ** (Math.floor(Math.log10(most)) - 1);
  return Number((Math.ceil(most / unit - 1e-9) * unit).toPrecision(2));
}

/** How high the bars of a distribution reach. */
export const barRange = (largest: number): number => Math.min(1, niceRange(Math.max(0.05, largest)));

/** Largest size of the finite values; 0 where there are none. */
export function largest(values: ArrayLike<number>): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > max && size < Number.POSITIVE_INFINITY) max = size;
  }
  return max;
}

/** "0.096 + 0.048 − 0.184": terms with one digit more than their total gets, so that a class can add them up. */
export function spelledSum(terms: readonly number[], digits = 2): string[] {
  return terms.map((v, i) => {
    const text = fixed(Math.abs(v), digits + 1);
    const minus = v < 0 && Number(text) !== 0;
    return i === 0 ? (minus ? MINUS : '') + text : `${minus ? MINUS : '+'} ${text}`;
  });
}

/** Digits after the point with which terms add up to their total as it is written: so many, or few more; each term has
 *  one more. */
export function addingDigits(terms: readonly number[], total: number, places: number): number {
  const round = (v: number, digits: number) => Number(v.toFixed(digits));
  for (let digits = places; digits < places + 3; digits++) {
    const sum = terms.reduce((s, v) => s + round(v, digits + 1), 0);
    if (!Number.isFinite(sum) || fixed(round(sum, 9), places) === fixed(total, places)) return digits;
  }
  return places + 3;
}

/** Four digits that count, so that a product of two holds to three. */
export function factor(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (!(size > 0) || !Number.isFinite(size)) return fixed(value, 2);
  if (size < 1e-5) return exponent(value, digits - 1);
  return fixed(value, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
}

/** What makes the first number out of the others, spelled so that it holds: without the zero before the point, as in
 *  cells. The others have one digit more. */
export function spelled(
  kind: 'sum' | 'product',
  [total = Number.NaN, ...parts]: readonly number[],
  least = 3,
): string[] {
  const short = (text: string) => text.replace(/^(−?)0\./, '$1.');
  const places = placesOf(total, least);
  if (kind === 'product') return [result(total, least), ...parts.map((v) => factor(v, least + 1))].map(short);
  const digits = addingDigits(parts, total, places);
  return [fixed(total, places), ...parts.map((v) => fixed(v, digits + 1))].map(short);
}

export interface Statistics {
  min: number;
  max: number;
  mean: number;
  deviation: number;
  norm: number;
  count: number;
}

export function statistics(values: ArrayLike<number>): Statistics {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  const n = values.length;
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    if (v < min || Number.isNaN(v)) min = v;
    if (v > max || Number.isNaN(v)) max = v;
    sum += v;
    squares += v * v;
  }
  const mean = n ? sum / n : Number.NaN;
  let spread = 0;
  for (let i = 0; i < n; i++) spread += ((values[i] as number) - mean) ** 2;
  return { min, max, mean, deviation: n ? Math.sqrt(spread / n) : Number.NaN, norm: Math.sqrt(squares), count: n };
}
