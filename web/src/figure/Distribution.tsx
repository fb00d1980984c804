import type { Session } from '../session/types.ts';
export function Distribution({ session }: { session: Session }) {
  void session;
  return null;
}
