import type { Session } from '../session/types.ts';
export function HiddenStrip({ session }: { session: Session }) {
  void session;
  return null;
}
