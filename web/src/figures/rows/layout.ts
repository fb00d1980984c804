// A column for every step, in it a band for every part, the first at the bottom, and in the band what the part comes to.
// Of the step that is open, one part is written out beside its bands: what it is given, then its operations in order.

import { mathWidth, plainMath } from '../../draw/math.ts';
import type { NodeSchema } from '../../session/types.ts';
import { Pen, type PenWish } from '../../stage/pen.ts';
import { drawRow } from '../../stage/row.ts';
import { rows as cellRows } from '../../stage/rows.ts';
import { cells, hasValue } from '../../stage/tape.ts';
import { GAP, type OpenTerm } from '../../stage/terms.ts';
import type { Laid, Wish } from '../kind.ts';
import { lineWords } from '../words.ts';
import { givenTo, type Part, partOf, type Rows } from './anatomy.ts';
import { scale, scales } from './scales.ts';
import { operationSymbol, symbol, timeless } from './symbols.ts';

const GUTTER = 46; // names of the bands
const END = 64; // the loss
const RAIL = 18;
const CLOSED = { least: 32, most: 46 }; // a rail and the way to the next
const COLUMN = 40; // of the open part, with what is between two
const LINE = 96; // the least height of a line of it
const TOP = 30; // names over a line
const FOOT = 24; // and under it the operations
const SMALL = 12;

/** The part of the open step that is written out: that of the present operation, else its last that is there. */
function openPart(a: Rows, { now, open, position }: Wish): { stop: number; part: Part } | null {
  if (open === null) return null;
  const at = now ? partOf(a, now) : null;
  if (at?.stop === open) return at;
  const { parts } = a.stops[open] as Rows['stops'][number];
  const there = parts.findLast(({ operations }) => operations.some((node) => hasValue(node, position)));
  return { stop: open, part: there ?? (parts[0] as Part) };
}

export function layout(a: Rows, wish: Wish): Laid {
  const { box, position, notation, now } = wish;
  const n = a.stops.length;
  const open = openPart(a, wish);
  const part = open?.part ?? null;
  const row = part ? inOrder(part, givenTo(a, part)) : [];
  const others = GUTTER + END + (n - 1) * CLOSED.least + RAIL + 36;
  const abreast = Math.max(3, Math.floor(Math.max(box.width - others, box.width / 2) / COLUMN));
  const lines = Math.max(1, Math.min(Math.floor(box.height / LINE), Math.ceil(row.length / abreast)));
  const perLine = Math.ceil(row.length / lines);
  const wide = part ? RAIL + 36 + perLine * COLUMN : 0;
  const left = box.width - GUTTER - END - wide;
  const closed = Math.min(CLOSED.most, Math.max(CLOSED.least, left / Math.max(1, n - (open ? 1 : 0))));
  const used = GUTTER + (n - (open ? 1 : 0)) * closed + END;
  const openWidth = open ? Math.max(wide, box.width - used) : 0;
  const width = Math.max(box.width, used + openWidth);

  const pen = new Pen<PenWish>(
    a,
    { forward: wish.schema.forward, position, now, part: wish.part, quarter: wish.quarter, words: lineWords() },
    { width, height: box.height, scales: scales(), scaleOf: (node) => scale(a, node) },
  );
  const inputs = (node: NodeSchema) => node.inputs.map((id) => a.node(id));
  const name = (node: NodeSchema) => symbol(inputs, node, notation);

  let x = GUTTER;
  const steps = a.stops.map((_, i) => {
    const w = open?.stop === i ? openWidth : closed;
    const column = { x, w, open: open?.stop === i };
    x += w;
    return column;
  });
  const end = { x, w: width - x, open: false };

  const [top, bottom] = [TOP, box.height - FOOT];
  const between = a.bands > 6 ? 6 : 14;
  const tall = (bottom - top - (a.bands - 1) * between) / a.bands;
  const bandTop = (band: number) => bottom - (band + 1) * tall - band * between;
  const middle = (band: number) => bandTop(band) + tall / 2;
  const rail = (node: NodeSchema, at: number, band: number) => {
    const count = cells(node);
    const r = cellRows(count, 0, tall, 0, Number.POSITIVE_INFINITY, 0);
    const y = middle(band) - r.bottom / 2;
    pen.vector(node, at, RAIL, cellRows(count, y, tall, 0, Number.POSITIVE_INFINITY, 0), false);
  };

  if (open && part) {
    const column = steps[open.stop] as (typeof steps)[number];
    pen.scene.ground = { x: column.x, y: 0, w: column.w - 4, h: box.height };
    const said = (node: NodeSchema) => operationSymbol(inputs, node, notation);
    const high = box.height / lines;
    const x0 = column.x + RAIL + 22;
    const pitch = (column.x + column.w - 14 - x0) / perLine; // of a last line with fewer the same
    for (let line = 0; line < lines; line++) {
      const nodes = row.slice(line * perLine, (line + 1) * perLine);
      writtenOut(pen, {
        ...{ nodes, part, name, said, focus: wish.focus, x0, x1: x0 + nodes.length * pitch },
        ...{ top: line * high + TOP, bottom: (line + 1) * high - FOOT },
      });
    }
    const y = bandTop(part.band);
    const [from, to] = [column.x + 4, column.x + 4 + RAIL];
    pen.scene.paths.push({ d: `M${from} ${y}H${to}V${y + tall}H${from}Z`, look: 'open' });
    pen.scene.paths.push({ d: `M${to} ${y + tall / 2}H${to + 8}`, look: 'open' });
  }

  // what each part comes to, and what takes it
  const railAt = (i: number) => (steps[i]?.x ?? 0) + 4;
  const rightOf = (i: number) => (steps[i]?.open ? (steps[i]?.x ?? 0) + (steps[i]?.w ?? 0) - 4 : railAt(i) + RAIL);
  const taker = (node: NodeSchema, by: Part | undefined) =>
    by?.operations.find((one) => one.inputs.includes(node.id)) ?? null;
  a.stops.forEach(({ bands }, i) => {
    bands.forEach(({ main }, band) => {
      if (bands[band] !== part) rail(main, railAt(i), band);
      const above = taker(main, bands[band + 1]);
      const up = railAt(i) + RAIL / 2;
      if (above && between > 8)
        pen.arrow([up, bandTop(band) - 3], [up, bandTop(band + 1) + tall + 3], pen.walked(above));
      const next = taker(main, a.stops[i + 1]?.bands[band]);
      if (next) pen.arrow([rightOf(i) + 3, middle(band)], [railAt(i + 1) - 3, middle(band)], pen.walked(next));
      const before = taker(main, a.stops[i - 1]?.bands[band]);
      if (before) pen.arrow([railAt(i) - 3, middle(band)], [rightOf(i - 1) + 3, middle(band)], pen.walked(before));
    });
  });
  for (let band = 0; band < a.bands; band++) {
    const main = a.stops.find(({ bands }) => bands[band])?.bands[band]?.main;
    if (!main) continue;
    const tex = timeless(name(main));
    const size = [16, 14, SMALL].find((one) => mathWidth(plainMath(tex), one) <= GUTTER - 6);
    if (size) pen.label(GUTTER - 6, middle(band) + 5, tex, size, { anchor: 'end' });
  }
  if (a.loss && hasValue(a.loss, position)) {
    const x0 = end.x + 10;
    pen.label(x0, middle(a.bands - 1) - 4, 'J', 16, { anchor: 'start' });
    pen.number(a.loss, x0, middle(a.bands - 1) + 14, END - 14, { anchor: 'start', bold: true });
  }
  return { scene: pen.scene, columns: { steps, end, width } };
}

/** A bias stands before what it is added to, all else that is given at the left. */
function inOrder({ operations }: Part, given: NodeSchema[]): NodeSchema[] {
  const isBias = (node: NodeSchema) => node.role === 'parameter';
  return [
    ...given.filter((node) => !isBias(node)),
    ...operations.flatMap((node) => [...given.filter((one) => isBias(one) && node.inputs.includes(one.id)), node]),
  ];
}

interface Written {
  nodes: NodeSchema[];
  part: Part;
  name: (node: NodeSchema) => string;
  said: (node: NodeSchema) => string;
  x0: number;
  x1: number;
  top: number;
  bottom: number;
  focus: number; // row that stays readable where rows are thin
}

/** A line of columns, each operation named under its own. */
function writtenOut(pen: Pen, { nodes, part, name, said, x0, x1, top, bottom, focus }: Written) {
  const terms = nodes.flatMap((node, i): OpenTerm[] => {
    const tex = name(node);
    const short = tex.replaceAll(/\^\{(\[\d+\])?←?\}/g, '').replaceAll(/\^\{(\[\d+\])?←?⊤\}/g, '^⊤');
    return [...(i ? [GAP] : []), { kind: 'vector', node, length: cells(node), show: 'both', what: 'grad', tex, short }];
  });
  const { marks } = drawRow(pen, terms, {
    ...{ x0, x1, symbols: top - 9, middle: top },
    rowsOf: (length) => cellRows(length, top, bottom - top, Math.min(focus, length - 1)),
  });
  nodes.forEach((node, i) => {
    const mark = marks[i];
    const tex = said(node);
    if (!mark || !part.operations.includes(node) || mathWidth(plainMath(tex), SMALL) > mark.w + 14) return;
    const to = pen.back ? node.backward : node.forward;
    pen.label(mark.x + mark.w / 2, bottom + 17, tex, SMALL, { to, chip: node === pen.wish.now });
    if (node !== pen.wish.now || !pen.wish.part) return;
    pen.scene.now = { mark, cell: Math.min(mark.rows.y.length - 1, pen.wish.part.cells), from: [] };
  });
}
