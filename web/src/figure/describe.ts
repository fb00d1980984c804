// Symbols in words, for those who hear them.

import { mathText } from '../draw/math.ts';
import type { Session } from '../session/types.ts';
import { shared } from './shared.ts';
import { symbol } from './symbols.ts';

export function symbolText(session: Session, id: number): string {
  const a = shared(session).anatomy.value;
  const node = a?.node(id);
  return a && node ? `${mathText(symbol(a, node, session.notation.value))}, ${node.path}` : '';
}
