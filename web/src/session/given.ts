// The numbers that a question says, and those that make its answer: read from the core's frame.
import type { CellQuestion, Given } from './declared';
import type { NodeSchema, Session, Values, Wanted } from './types';

/** Where a given number stands: of the cell that is asked for, unless it names another. */
function placeOf(session: Session, of: Given, cell: number): (Wanted & { cell: number }) | null {
  const node = session.find(of.node);
  if (!node) return null;
  const next = session.schema.value?.targets[node.time - 1] ?? 0;
  const at = of.cell === 'next' ? next : (of.cell ?? cell);
  return { node: node.id, what: of.what ?? 'value', cell: Math.min(at, cells(node) - 1) };
}
const cells = (node: NodeSchema) => node.shape.reduce((product, size) => product * size, 1);

const all = (of: CellQuestion): Given[] => [
  ...Object.values(of.given ?? {}),
  ...(of.kind === 'choice' && of.than !== 0 ? [of.than] : []),
];

export function wantedOf(session: Session, of: CellQuestion): Wanted[] {
  const asked = session.find(of.node);
  const given = all(of).flatMap((one) => placeOf(session, one, 0) ?? []);
  return [...(asked ? [{ node: asked.id, what: of.what }] : []), ...given.map(({ node, what }) => ({ node, what }))];
}

/** NaN where the walk has not come to it. */
export function numberAt(session: Session, of: Given, cell: number): number {
  const place = placeOf(session, of, cell);
  const values = place && session.frame.value?.values(place.node, place.what);
  return values?.[place?.cell ?? 0] ?? Number.NaN;
}

/** The column that is asked about. */
export function askedValues(session: Session): Values | null {
  const asked = session.asked.value;
  return asked ? (session.frame.value?.values(asked.node, asked.what) ?? null) : null;
}
