// A cell with gates in one line: what the present move computes, then what it is for.

import type { NodeSchema, Notation } from '../../session/types.ts';
import type { Piece } from '../../stage/pieces.ts';
import type { Anatomy, Step } from './anatomy.ts';
import { type Gate, type GatedCell, squeeze } from './cells.ts';
import { letters, partSymbol, symbol } from './symbols.ts';

export function gatedPieces(a: Anatomy, step: Step, cell: GatedCell, n: Notation, now: NodeSchema | null): Piece[] {
  const name = (node: NodeSchema) => symbol(a, node, n);
  const is = (node: NodeSchema, tex = name(node)): Piece => ({ tex, now: node === now, to: node });
  const text = (tex: string): Piece => ({ tex });
  const gap: Piece = { tex: '\u2003' };
  const embedding = step.embedding;
  const before = cell.before;
  const move = step.moves.find((m) => now && m.operations.includes(now))?.name ?? 'sums';
  const letter =
    embedding && embedding === now
      ? [
          text(`${name(embedding)}=`),
          is(embedding, `${symbol(a, a.node(embedding.inputs[0] as number), n)}${letters.token(step.time, n)}`),
          gap,
        ]
      : [];
  const gate = (letter: Gate, sums: NodeSchema) => {
    const node = (cell.gates as Record<string, NodeSchema>)[letter] as NodeSchema;
    const f = squeeze(letter) === 'tanh' ? '\\t{tanh}' : 'σ';
    return [text(`${name(node)}=`), is(node, `${f}(${partSymbol(a, sums, letter, n)})`), gap];
  };
  if (cell.kind === 'lstm') {
    const f = `\\a{f}∘${name(before)}`;
    const c = [text(`${name(cell.c)}=`), is(cell.kept, f), is(cell.c, '+'), is(cell.stored, '\\a{i}∘\\a{g}'), gap];
    const h = [text(`${name(cell.h)}=\\a{o}`), is(cell.h, '∘'), is(cell.tanh)];
    const later = h.map((piece) => ({ ...piece, wide: true }));
    switch (move) {
      case 'forget':
        return [...gate('f', cell.a), ...c, ...later];
      case 'store':
        return [...gate('i', cell.a), ...gate('g', cell.a), ...c];
      case 'update':
        return [...c, ...later];
      case 'output':
        return [...gate('o', cell.a), ...h];
      default:
        return [
          ...letter,
          text(`${name(cell.a)}=`),
          is(cell.past),
          is(cell.sum, '+'),
          is(cell.present),
          is(cell.a, '+'),
          text(name(cell.bias)),
        ];
    }
  }
  const { fromLetter, fromPast, a: sums } = cell;
  switch (move) {
    case 'reset':
      return [
        text(`${name(sums)}=`),
        is(cell.pastGates),
        is(sums, '+'),
        is(cell.presentGates),
        gap,
        ...gate('r', sums),
      ];
    case 'candidate':
      return [
        text(`${name(fromPast)}=`),
        is(cell.pastNew),
        is(fromPast, '+'),
        text(name(cell.biasNew)),
        gap,
        text(`${name(cell.gates.n)}=`),
        is(cell.gates.n, '\\t{tanh}'),
        text('('),
        is(cell.presentNew),
        is(cell.aNew, '+'),
        is(cell.reset),
        text(')'),
      ];
    case 'update':
      return [
        ...gate('z', sums),
        text(`${name(cell.h)}=`),
        is(cell.rest, '(1−\\a{z})'),
        is(cell.fresh, '∘\\a{n}'),
        is(cell.h, '+'),
        is(cell.kept),
      ];
    default:
      return [
        ...letter,
        is(cell.past),
        gap,
        text(`${name(fromLetter)}=`),
        is(cell.present),
        is(fromLetter, '+'),
        text(name(cell.bias)),
      ];
  }
}
