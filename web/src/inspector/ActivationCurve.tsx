import { isActivation } from '../figure/anatomy.ts';
import { Curve } from './Curve.tsx';
import type { Inspected } from './context.ts';

/** The curve of an activation under what it did cell by cell; nothing for other operations. */
export function ActivationCurve({ session, frame, node, cell, tangent }: Inspected & { tangent: boolean }) {
  const input = node.inputs[0];
  if (!isActivation(node) || input === undefined) return null;
  const [z, y] = [frame.values(input, 'value'), frame.values(node.id, 'value')];
  if (!z || !y) return null;
  return (
    <Curve
      op={node.op}
      z={z}
      y={y}
      row={cell}
      tangent={tangent}
      hidden={(i) => session.isAsked(node.id, i, 'value')}
      onRow={(i) => session.select({ node: node.id, cell: i })}
    />
  );
}
