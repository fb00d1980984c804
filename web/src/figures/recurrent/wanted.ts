// What the figure asks the core for. One list for the whole walk forwards and one for the way back, so that a step
// needs no new subscription; only the terms of a weight come and go with the weight.

import type { Wanted } from '../../session/types.ts';
import type { Anatomy } from './anatomy.ts';

export function wantedOf(a: Anatomy, back: boolean): Wanted[] {
  const nodes = new Set<number>();
  const add = (id: number | undefined) => id !== undefined && nodes.add(id);
  add(a.start?.id);
  add(a.startCarried?.id);
  add(a.loss?.id);
  for (const step of a.steps) {
    add(step.embedding?.id);
    add(step.loss?.id);
    for (const node of step.operations) {
      add(node.id);
      for (const id of node.inputs) if (isBias(a, id)) add(id);
    }
  }
  const wanted: Wanted[] = [...nodes].map((node) => ({ node, what: 'value' }));
  if (!back) return wanted;
  for (const id of nodes) if (a.node(id).gradient) wanted.push({ node: id, what: 'grad' });
  for (const step of a.steps)
    for (const node of step.operations)
      node.inputs.forEach((id, edge) => {
        const input = a.node(id);
        if (input.gradient && (input.role !== 'parameter' || input.shape.length === 1))
          wanted.push({ node: node.id, what: { edge } });
      });
  return wanted;
}

const isBias = (a: Anatomy, id: number) => a.node(id).role === 'parameter' && a.node(id).shape.length === 1;
