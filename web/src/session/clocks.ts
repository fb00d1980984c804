// The clocks of a walk, from its schema alone: which operation a position is, where tokens end, and from when on a
// node's gradient is there.
import type { Place } from './declared';
import type { Inside, NodeSchema, Operation, Part, TokenStop, WalkSchema } from './types';

/** What the middle clock counts: of each node the number of its stop, and the rows inside it. */
export interface Counting {
  stops: number[];
  inside: (Inside | null)[];
}

export interface Walk {
  schema: WalkSchema;
  byPath: Map<string, NodeSchema>;
  operations: (Operation | null)[]; // by position
  stops: TokenStop[];
  gradientFrom: number[]; // by node: first term is there; Infinity: never
  inside: readonly (Inside | null)[]; // by node: the rows of a matrix, which the middle clock counts
}

/** stops: of each node the number of its stop, where that is not its time: of a pair, the steps of the source, and then
 *  those of the target. */
export function walkOf(schema: WalkSchema, stops?: readonly number[] | null, inside: Walk['inside'] = []): Walk {
  const { nodes, forward, length } = schema;
  const operations: (Operation | null)[] = new Array(length + 1).fill(null);
  const before = schema.pair?.source.length ?? 0;
  const tokenOf = ({ id, time, source }: NodeSchema) =>
    stops ? (stops[id] ?? 0) : time > 0 && !source ? before + time : time;
  const gradientFrom: number[] = new Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  for (const node of nodes) {
    if (node.forward > 0) operations[node.forward] = { kind: 'forward', node: node.id, token: tokenOf(node) };
    if (node.backward > 0) {
      operations[node.backward] = { kind: 'backward', node: node.id, token: tokenOf(node) };
      for (const input of node.inputs) {
        gradientFrom[input] = Math.min(gradientFrom[input] ?? Number.POSITIVE_INFINITY, node.backward);
      }
      // The loss is where the walk turns: its own gradient is 1 from there on.
      if (node.role === 'loss' && node.backward === forward + 1) gradientFrom[node.id] = forward + 1;
    }
  }
  // What belongs to no step (the mean of the losses) belongs to the step before it.
  let token = 0;
  for (const operation of operations) {
    if (!operation) continue;
    if (operation.token > 0) token = operation.token;
    else if (operation.kind === 'forward' || operation.kind === 'backward') operation.token = token;
  }
  if (length > 2 * forward) operations[2 * forward + 1] = { kind: 'clip', token: 0 };
  for (const update of schema.updates) {
    operations[update.position] = { kind: 'update', node: update.node, token: 0 };
  }
  const ends: TokenStop[] = [];
  for (let position = 1; position <= 2 * forward; position++) {
    const now = operations[position];
    const next = operations[position + 1];
    const rows = now && 'node' in now ? inside[now.node] : null;
    if (now && rows) {
      const backward = now.kind === 'backward';
      if (backward) ends.push({ position, token: now.token, backward });
      else
        for (let row = 1; row <= rows.rows; row++)
          ends.push({ position, token: (rows.after ?? 0) + row, backward, part: rowDone(rows, row) });
      continue;
    }
    if (!now || now.token === 0) continue;
    if (!next || next.token !== now.token || next.kind !== now.kind) {
      ends.push({ position, token: now.token, backward: now.kind === 'backward' });
    }
  }
  const byPath = new Map(nodes.map((node) => [node.path, node]));
  return { schema, byPath, operations, stops: ends, gradientFrom, inside };
}

/** So many rows of a matrix are done. */
const rowDone = ({ columns, terms }: Inside, row: number): Part => ({ cells: row * columns - 1, terms });

/** The stop that one step of the token clock leads to: a position, and of an operation that is done row by row what is
 *  done of it. */
export function nextStop(
  walk: Walk,
  position: number,
  by: 1 | -1,
  part: Part | null = null,
): { position: number; part: Part | null } {
  const done = (at: number, of: Part | null | undefined) => {
    const operation = walk.operations[at];
    const rows = operation && 'node' in operation ? walk.inside[operation.node] : null;
    return of && rows ? at - 1 + (of.cells + 1) / (rows.rows * rows.columns) : at;
  };
  const here = done(position, part);
  const ahead = (stop: TokenStop) => done(stop.position, stop.part) - here;
  const next = by > 0 ? walk.stops.find((s) => ahead(s) > 0) : walk.stops.findLast((s) => ahead(s) < 0);
  if (next) return { position: next.position, part: next.part ?? null };
  return { position: by > 0 ? walk.schema.length : 0, part: null };
}

const TIMED = /^(.*\.)(\d+)(\..*)$/; // rnn.4.h

/** What nodes were called in links and sessions made before the letters of docs/course.md: a tape has one of the two. */
const CALLED: Record<string, string> = { z: 'a', s: 'a', s_n: 'a_n', u: 'Wh_n_b', r_u: 'r_Wh_n' };

/** The node of this path; where its token is not on this tape, the same node of the nearest token that is. */
export function nodeAt(walk: Walk, path: string): NodeSchema | null {
  const found = exactOrNear(walk, path);
  const [, before = '', name = ''] = /^(.*\.)(\w+)$/.exec(path) ?? [];
  const now = CALLED[name];
  return found ?? (now === undefined ? null : exactOrNear(walk, before + now));
}

function exactOrNear(walk: Walk, path: string): NodeSchema | null {
  const exact = walk.byPath.get(path);
  const wanted = path.match(TIMED);
  if (exact || !wanted) return exact ?? null;
  let nearest: { node: NodeSchema; off: number } | null = null;
  for (const node of walk.schema.nodes) {
    const found = node.path.match(TIMED);
    if (!found || found[1] !== wanted[1] || found[3] !== wanted[3]) continue;
    const off = Math.abs(Number(found[2]) - Number(wanted[2]));
    if (nearest === null || off < nearest.off) nearest = { node, off };
  }
  return nearest?.node ?? null;
}

/**
 * Where one stands on another text's tape: at the same operation of the same token in the same direction. Where that
 * token is not there, forward at the same operation of the last one that is.
 */
export function samePlace(from: Walk, position: number, to: Walk): number {
  const operation = from.operations[position];
  if (!operation) return position <= 0 ? 0 : Math.min(position, to.schema.length);
  if (operation.kind === 'clip') return positionOf(to, 'clip') ?? 0;
  const { path } = from.schema.nodes[operation.node] ?? { path: '' };
  if (operation.kind === 'update') return positionOf(to, { update: path }) ?? to.schema.length;
  const backward = operation.kind === 'backward';
  const node = nodeAt(to, path);
  if (node) return (backward && to.byPath.has(path) ? node.backward : 0) || node.forward;
  // Another graph over the same text: the last operation before it that is there too.
  if (from.schema.text === to.schema.text) {
    for (let at = position - 1; at > 0; at--) {
      const before = from.operations[at];
      const known = before && 'node' in before ? to.byPath.get(from.schema.nodes[before.node]?.path ?? '') : null;
      if (known && before?.kind === operation.kind) return backward ? known.backward : known.forward;
    }
  }
  // Another network: the end of that token there.
  const stop = to.stops.find((one) => one.token === operation.token && one.backward === backward);
  return stop?.position ?? to.stops.findLast((one) => !one.backward)?.position ?? 0;
}

/** The position of a place that a tour or a question names; null where this tape has no such node of any token. */
export function positionOf(walk: Walk, place: Place): number | null {
  const { schema } = walk;
  if (place === 'start') return 0;
  if (place === 'turn') return schema.forward;
  if (place === 'clip') return Math.min(2 * schema.forward + 1, schema.length);
  if (place === 'end') return schema.length;
  if ('after' in place) return nodeAt(walk, place.after)?.forward ?? null;
  if ('back' in place) return nodeAt(walk, place.back)?.backward ?? null;
  const node = nodeAt(walk, place.update);
  return schema.updates.find((update) => update.node === node?.id)?.position ?? null;
}

/** 1000, 2000, 4000, 10000 …: the first of these that holds the run. */
export function niceEnd(updates: number): number {
  for (let power = 1000; ; power *= 10) {
    for (const factor of [1, 2, 4]) if (updates <= power * factor) return power * factor;
  }
}
