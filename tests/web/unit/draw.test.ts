// Colours and figures of the drawings.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, makeTheme, parseHex, SIGN_STOPS, signIndex, signShade } from '../../../web/src/draw/colour.ts';
import {
  cell,
  digitsFor,
  exponent,
  figureIn,
  figureWidth,
  fixed,
  niceRange,
  numberIn,
  plain,
  rangeText,
  spelledSum,
  statistics,
  whole,
} from '../../../web/src/draw/format.ts';
import { mathText, mathWidth, parseMath, plainMath } from '../../../web/src/draw/math.ts';

const css = readFileSync(new URL('../../../web/src/styles/tokens.css', import.meta.url), 'utf8');
const token = (name: string) => new RegExp(`${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '#000000';
const theme = makeTheme(token);

test('figures on a fill have a contrast of at least 4.5 over the whole ramp', () => {
  for (const { fill, ink } of theme.sign.shade) {
    const rgb = fill.match(/\d+/g)?.map((c) => Number(c) / 255) ?? [];
    assert.ok(contrast(rgb, parseHex(ink)) >= 4.5, `${fill} with ${ink}`);
  }
});

test('the ramp goes through the tokens: ends and middle', () => {
  const at = (v: number) => signShade(theme, v, 1).fill;
  const css255 = (name: string) =>
    `rgb(${parseHex(token(name))
      .map((c) => Math.round(c * 255))
      .join(' ')})`;
  assert.equal(at(-1), css255(SIGN_STOPS[0] as string));
  assert.equal(at(1), css255(SIGN_STOPS.at(-1) as string));
  const middle = at(0).match(/\d+/g)?.map(Number) ?? [];
  for (const [i, c] of parseHex(token('--dv-0')).entries()) assert.ok(Math.abs(c * 255 - (middle[i] as number)) <= 3);
});

test('the ramp is monotone in its index and stops at the range', () => {
  assert.equal(signIndex(-9, 2), signIndex(-2, 2));
  assert.equal(signIndex(9, 2), signIndex(2, 2));
  for (let v = -2; v < 2; v += 0.125) assert.ok(signIndex(v, 2) < signIndex(v + 0.125, 2));
});

test('numbers: a proper minus, no negative zero, no leading nought in a cell', () => {
  assert.equal(fixed(-0.324), '−0.32');
  assert.equal(fixed(-0.0001), '0.00');
  assert.equal(fixed(Number.NaN), 'NaN');
  assert.equal(fixed(Number.NEGATIVE_INFINITY), '−∞');
  assert.equal(cell(0.62), '.62');
  assert.equal(cell(-0.13, 3), '−.130');
  assert.equal(cell(-2.42), '−2.42');
  assert.equal(cell(12.34), '12.3');
  assert.equal(cell(1234.5), '1235');
  assert.equal(cell(-123456), '−1e5');
  assert.equal(exponent(-1.23e-7), '−1.2·10⁻⁷');
  assert.equal(exponent(0), '0');
  assert.equal(plain(1e-9), '1.0·10⁻⁹');
  assert.equal(plain(0.5, 3), '0.500');
  assert.equal(whole(2400), '2 400');
  assert.equal(whole(1234567), '1 234 567');
});

test('a figure takes the digits that its box holds, and never runs out of it', () => {
  for (const value of [0, -0.5, 0.123, -9.87, 99.96, -1234.5, 1e7, Number.NaN])
    for (let width = 4; width < 60; width += 3) assert.ok(figureWidth(figureIn(value, width, 4)) <= width);
  assert.equal(figureIn(-0.546, 34, 2), '−.55');
  assert.equal(figureIn(-0.546, 26, 2), '−.55');
  assert.equal(figureIn(-0.546, 6, 2), '');
});

test('a number over a column keeps to its room, whatever its size', () => {
  const numbers = [0, 2.26, -9.99, 12.34, 123.456, 1e-12, -1e-12, 4.2e7, -3e38, Number.NaN, Infinity, -Infinity];
  for (const value of numbers)
    for (const size of [12, 14])
      for (let room = 2; room < 60; room += 3)
        assert.ok((figureWidth(numberIn(value, room, 2, size)) * size) / 12 <= room, `${value} in ${room}`);
  assert.equal(numberIn(2.26, 40, 2, 14), '2.26');
  assert.equal(numberIn(12.34, 31, 2, 14), '12.3');
  assert.equal(numberIn(4.2e7, 31, 2, 14), '4e7');
  assert.equal(numberIn(Infinity, 31, 2, 14), '∞');
});

test('ranges are 1, 2, 5 times a power of ten and hold what they are made from', () => {
  for (let v = 1e-6; v < 1e6; v *= 1.37) {
    const range = niceRange(v);
    assert.ok(range >= v * (1 - 1e-9) && range <= v * 2.5 + 1e-12, `${v} in ${range}`);
    assert.match((range / 10 ** Math.floor(Math.log10(range * 1.0001))).toFixed(3), /^(1|2|5)\.000$/);
  }
  assert.equal(niceRange(0), 1);
  assert.equal(niceRange(Number.NaN), 1);
  assert.equal(rangeText(0.05), '0.05');
  assert.equal(digitsFor(1), 2);
  assert.equal(digitsFor(0.2), 3);
});

test('a spelled sum holds when its terms are added up as they stand', () => {
  const terms = [0.09561, 0.0484, -0.18423, 0.034499, -0.2131];
  const spelled = spelledSum(terms).join(' ');
  assert.equal(spelled, '0.096 + 0.048 − 0.184 + 0.034 − 0.213');
  const total = spelled
    .replaceAll('−', '-')
    .replaceAll(/([+-]) /g, '$1')
    .split(' ')
    .reduce((a, b) => a + Number(b), 0);
  assert.ok(Math.abs(total - terms.reduce((a, b) => a + b, 0)) < 0.005);
});

test('statistics are those of the values', () => {
  const s = statistics([3, -4, 1]);
  assert.deepEqual([s.min, s.max, s.mean], [-4, 3, 0]);
  assert.ok(Math.abs(s.norm - Math.sqrt(26)) < 1e-12 && Math.abs(s.deviation - Math.sqrt(26 / 3)) < 1e-12);
  assert.ok(Number.isNaN(statistics([1, Number.NaN]).min));
});

test('a pinch of TeX: shifts, roles, hats, upright words, the core’s own formulae', () => {
  assert.deepEqual(parseMath('\\p{W_h}'), [
    { text: 'W', italic: true, role: 'p', shift: 0, over: '' },
    { text: 'h', italic: true, role: 'p', shift: 1, over: '' },
  ]);
  assert.equal(mathText('\\hat{y}^{(t)}'), 'ŷ(t)'.normalize('NFC'));
  assert.equal(mathText('\\a{\\bar{h}}_{2}'), 'h\u03042'.normalize('NFC'));
  assert.equal(mathText('\\t{tanh}'), 'tanh');
  assert.equal(mathText('\\eta\\, \\hat m / (\\sqrt{\\hat v} + \\epsilon)'), 'η\u2009m̂ / (√v̂ + ε)'.normalize('NFC'));
  assert.equal(plainMath('\\p{W_{hh}^⊤}\\a{h}'), 'W_{hh}^⊤h');
  assert.ok(mathWidth('W_hh^{(3)}', 16) > mathWidth('h', 16));
});
