import { squeezeOf } from '../figures/functions.ts';
import { Curve } from './Curve.tsx';
import type { Inspected } from './context.ts';
import { functionOf, partIn } from './subject.ts';

/** The curve of an activation under what it did cell by cell; nothing for other operations. */
export function ActivationCurve({
  session,
  kind,
  anatomy: a,
  frame,
  node,
  cell,
  tangent,
}: Inspected & { tangent: boolean }) {
  const input = node.inputs[0];
  const op = functionOf(kind, a, node);
  if (!squeezeOf(op) || input === undefined) return null;
  const [all, y] = [frame.values(input, 'value'), frame.values(node.id, 'value')];
  if (!all || !y) return null;
  const z = partIn(kind, a, node, a.node(input), all);
  return (
    <Curve
      op={op}
      z={z}
      y={y}
      row={cell}
      tangent={tangent}
      hidden={(i) => session.isAsked(node.id, i, 'value')}
      onRow={(i) => session.select({ node: node.id, cell: i })}
    />
  );
}
