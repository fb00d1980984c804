// The whole tape of a text, walked forwards and back once, for a view that goes through it with a clock of its own.
import type { Bridge, Tape, WalkSchema } from '../../../wasm/bridge/protocol';

export interface Walked {
  schema: WalkSchema;
  tape: Tape;
  step: number;
}
export async function walkOf(bridge: Bridge, text: string): Promise<Walked> {
  const schema = await bridge.call('walk', { text });
  await bridge.call('goto', { position: 2 * schema.forward }); // what is asked of a cell is asked of all that was done
  const tape = await bridge.call('tape');
  return { schema, tape, step: tape.step };
}
