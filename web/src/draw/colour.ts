// Colour of data: ramps between the tokens' stops, mixed in OKLab so that the steps look even.

export interface Shade {
  fill: string;
  ink: string;
}
type Lab = [number, number, number];

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const toGamma = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

export function parseHex(hex: string): [number, number, number] {
  const h = hex.trim().replace('#', '');
  const full = h.length === 3 ? [...h].map((c) => c + c).join('') : h;
  return [0, 2, 4].map((i) => Number.parseInt(full.slice(i, i + 2), 16) / 255) as [number, number, number];
}

/** Björn Ottosson, "A perceptual color space for image processing" (2020). */
function toLab(hex: string): Lab {
  const [r, g, b] = parseHex(hex).map(toLinear) as Lab;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function toRgb([L, a, b]: Lab): Lab {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return rgb.map((c) => Math.min(1, Math.max(0, toGamma(c)))) as Lab;
}

/** WCAG relative luminance of gamma-coded r, g, b in 0..1. */
export function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map(toLinear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const STEPS = 256;

/** A ramp as a table: `rgb` for pictures, `shade` for marks with a figure on them. */
export interface Ramp {
  rgb: Uint8Array;
  shade: Shade[];
}

export function makeRamp(stops: readonly string[]): Ramp {
  const labs = stops.map(toLab);
  const rgb = new Uint8Array(STEPS * 3);
  const shade: Shade[] = [];
  for (let k = 0; k < STEPS; k++) {
    const x = (k / (STEPS - 1)) * (labs.length - 1);
    const i = Math.min(labs.length - 2, Math.floor(x));
    const from = labs[i] as Lab;
    const to = labs[i + 1] as Lab;
    const bytes = toRgb(from.map((v, c) => v + ((to[c] as number) - v) * (x - i)) as Lab).map((c) =>
      Math.round(c * 255),
    );
    rgb.set(bytes, k * 3);
    const own = bytes.map((c) => c / 255);
    const dark = contrast(own, [0, 0, 0]) >= contrast(own, [1, 1, 1]);
    shade.push({ fill: `rgb(${bytes.join(' ')})`, ink: dark ? '#000000' : '#ffffff' });
  }
  return { rgb, shade };
}

export const SIGN_STOPS = [
  '--dv-n4',
  '--dv-n3',
  '--dv-n2',
  '--dv-n1',
  '--dv-0',
  '--dv-p1',
  '--dv-p2',
  '--dv-p3',
  '--dv-p4',
];

export const SHARE_STOPS = ['--at-0', '--at-1', '--at-2', '--at-3', '--at-4'];

/** What a drawing function needs to know of the style sheet. */
export interface Theme {
  sign: Ramp;
  share: Ramp; // of weights that add up to 1
  line: string; // as wide as such a weight
  ink: string;
  ink3: string;
  paper: string;
  bench: string;
  sunk: string;
  edge: string;
  rule: string;
  cellRule: string;
  parameter: string;
  activation: string;
  gradient: string;
  sans: string;
}

export function makeTheme(token: (name: string) => string): Theme {
  return {
    sign: makeRamp(SIGN_STOPS.map(token)),
    share: makeRamp(SHARE_STOPS.map(token)),
    line: token('--at-line'),
    ink: token('--ink'),
    ink3: token('--ink-3'),
    paper: token('--paper'),
    bench: token('--bench'),
    sunk: token('--sunk'),
    edge: token('--edge'),
    rule: token('--rule'),
    cellRule: token('--cell-rule'),
    parameter: token('--parameter'),
    activation: token('--activation'),
    gradient: token('--gradient'),
    sans: token('--sans'),
  };
}

/** Place on a ramp of 256 of a signed value; ends beyond the range. Not for NaN. */
export function signIndex(value: number, range: number): number {
  const t = 0.5 + 0.5 * Math.max(-1, Math.min(1, value / range));
  return Math.round(t * (STEPS - 1));
}

export function signShade(theme: Theme, value: number, range: number): Shade {
  return theme.sign.shade[signIndex(value, range)] as Shade;
}

/** The shade of a value on either ramp: a share goes from 0 up. */
export function rampShade(theme: Theme, ramp: Ramp, value: number, range: number): Shade {
  if (ramp !== theme.share) return signShade(theme, value, range);
  return ramp.shade[Math.round(Math.max(0, Math.min(1, value / range)) * (STEPS - 1))] as Shade;
}
