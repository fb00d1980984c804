// What the middle clock counts: a letter, a word, a point. Which it is says the kind of picture.

import type { NodeSchema } from '../session/types.ts';

export interface Stop {
  token: number; // what stands under it, by its number in the vocabulary
  nodes: NodeSchema[]; // its operations, in the order of the walk; no node belongs to two stops
  main: NodeSchema | null; // what it comes to: its state
  across?: true; // its cells are a row of every matrix, which belong to no stop
  shown: NodeSchema[]; // what can stand in it side by side, from left to right
}

/** The index of the stop that a node belongs to; -1: none. */
export const stopOf = (stops: Stop[], node: NodeSchema): number => stops.findIndex((stop) => stop.nodes.includes(node));

/** Its number from 1, of every node of a tape; 0: none. */
export function stopNumbers(stops: Stop[]): number[] {
  const numbers: number[] = [];
  stops.forEach((stop, i) => {
    for (const { id } of stop.nodes) numbers[id] = i + 1;
  });
  return numbers;
}
