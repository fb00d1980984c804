import type { Session } from '../session/types.ts';
export function Inspector({ session }: { session: Session }) {
  void session;
  return null;
}
