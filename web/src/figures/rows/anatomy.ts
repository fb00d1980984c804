// Any tape, by its edges, ops and times alone: the steps in the order in which the walk first comes to them, and each
// step's operations in parts. A part ends where all that follows in its step needs only what the part comes to: a layer,
// a direction, an answer.

import type { NodeSchema, WalkSchema } from '../../session/types.ts';
import type { Stop } from '../../stage/stops.ts';
import { cells, tapeOf } from '../../stage/tape.ts';
import type { Anatomy } from '../kind.ts';

export interface Part {
  operations: NodeSchema[]; // in the order of the walk
  main: NodeSchema; // what it comes to
  band: number; // of its step, from below; a part that comes to one number stands in that of the part before it
}
export interface Step extends Stop {
  time: number; // from 1, of its own side; 0 where the tape knows no time
  source: boolean;
  parts: Part[]; // in the order of the walk
  bands: Part[]; // those that come to a column
}
export interface Rows extends Anatomy {
  stops: Step[];
  bands: number; // the most that a step has
  losses: NodeSchema[]; // in the order of the targets
  schema: WalkSchema;
}

const keyOf = (node: NodeSchema) => `${node.source ?? false} ${node.time}`;

export function read(schema: WalkSchema): Rows | null {
  const tape = tapeOf(schema);
  const operations = schema.nodes.filter((n) => n.forward > 0).sort((a, b) => a.forward - b.forward);
  if (operations.length === 0) return null;

  // what has no time belongs to the step before it
  const runs: NodeSchema[][] = []; // without a break in the walk
  let key = keyOf(operations.find((n) => n.time > 0) ?? (operations[0] as NodeSchema));
  let last = '';
  for (const node of operations) {
    if (node.time > 0) key = keyOf(node);
    const own = node.time > 0 ? key : `after ${key}`;
    if (own !== last) runs.push([]);
    runs.at(-1)?.push(node);
    last = own;
  }
  const goesOn = (node: NodeSchema) =>
    (tape.consumers[node.id] ?? []).some((c) => c.node.time > 0 && keyOf(c.node) !== keyOf(node));
  const prefix = (run: NodeSchema[], i: number) =>
    run
      .slice(0, i + 1)
      .map(({ op }) => op)
      .join(' ');
  // the last step goes on to none; what it holds is told by the steps that do the same
  const kept = new Set(runs.flatMap((run) => run.flatMap((node, i) => (goesOn(node) ? [prefix(run, i)] : []))));
  const isDone = (run: NodeSchema[], from: number, i: number) =>
    run.slice(from, i).every((node) => !(tape.consumers[node.id] ?? []).some((c) => run.indexOf(c.node) > i));

  const steps = new Map<string, Step>();
  let step: Step | null = null;
  for (const run of runs) {
    const first = run[0] as NodeSchema;
    if (first.time > 0 || !step) {
      const own = keyOf(first);
      const { time, source = false } = first;
      step = steps.get(own) ?? {
        time,
        source,
        parts: [],
        bands: [],
        token: tokenAt(schema, first),
        nodes: [],
        main: null,
        shown: [],
      };
      steps.set(own, step);
    }
    let from = 0;
    run.forEach((_, i) => {
      if (i < run.length - 1 && !(kept.has(prefix(run, i)) && isDone(run, from, i))) return;
      const own = run.slice(from, i + 1);
      const end = own.at(-1) as NodeSchema;
      const main = cells(end) > 1 ? end : (own.findLast((node) => cells(node) > 1) ?? end);
      if (step) add(step, own, main);
      from = i + 1;
    });
  }
  const stops = [...steps.values()];
  for (const one of stops) {
    one.nodes = one.parts.flatMap((part) => part.operations);
    one.shown = one.nodes;
    one.main = one.parts.at(-1)?.main ?? null;
  }
  return {
    ...tape,
    stops,
    bands: Math.max(1, ...stops.map(({ bands }) => bands.length)),
    losses: operations.filter((n) => n.role === 'loss' && n.time > 0),
    schema,
  };
}

function add({ parts, bands }: Step, operations: NodeSchema[], main: NodeSchema): void {
  const isColumn = cells(main) > 1;
  const part = { operations, main, band: isColumn ? bands.length : Math.max(0, bands.length - 1) };
  parts.push(part);
  if (isColumn) bands.push(part);
}

/** What is read at a step; −1 where it is numbers. */
function tokenAt({ tokens, pair }: WalkSchema, { time, source }: NodeSchema): number {
  return (source ? pair?.source : tokens)?.[time - 1] ?? -1;
}

/** Of every step, the uppermost column that goes on to another: the state of the last layer. */
export function carried(a: Rows): (NodeSchema | null)[] {
  const goesOn = (main: NodeSchema, step: Step) =>
    (a.consumers[main.id] ?? []).some(({ node }) => node.time > 0 && !step.nodes.includes(node));
  const band = Math.max(...a.stops.map((step) => step.bands.findLastIndex(({ main }) => goesOn(main, step))));
  return a.stops.map(({ bands }) => bands[band]?.main ?? null);
}

/** The step and part of an operation. */
export function partOf(a: Rows, node: NodeSchema): { stop: number; part: Part } | null {
  for (const [stop, { parts }] of a.stops.entries()) {
    const part = parts.find(({ operations }) => operations.includes(node));
    if (part) return { stop, part };
  }
  return null;
}

const isMatrix = (node: NodeSchema) => node.role === 'parameter' && node.shape.length > 1;
const MOST = 8; // columns that a part is given; the inspector has all

/** What a part is made of and does not make itself: of the matrices and of what is only counted, nothing. */
export function givenTo(a: Rows, { operations }: Part): NodeSchema[] {
  const inputs = operations.flatMap(({ inputs }) => inputs.map((id) => a.node(id)));
  const given = inputs.filter(
    (node, i) =>
      inputs.indexOf(node) === i &&
      !operations.includes(node) &&
      !isMatrix(node) &&
      node.dtype === 'f32' &&
      (cells(node) > 1 || node.forward > 0 || node.role === 'parameter'),
  );
  return given.length > MOST ? [] : given;
}
