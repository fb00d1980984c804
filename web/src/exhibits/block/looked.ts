// What every head of the run on screen looks at, asked of the core: of the graph that trains, which computes nothing of a
// masked key.
import type { CoreError } from '../../../../wasm/bridge/protocol';
import { type Looks, looksOf } from '../../figures/heads/looks';
import type { Store } from '../../session/create';
import { bare, tokenText } from '../../stage/tokens';
import { useAsked } from '../asked';

interface Found {
  looks: Looks | null;
  problem: CoreError | null;
  step: number;
}

export function useLooks(store: Store): Found {
  const { session } = store;
  const settings = session.run.value?.settings ?? {};
  const text = session.text.value;
  const { now, problem } = useAsked(store, JSON.stringify([text, settings]), () =>
    session.bridge.call('looked', { text }),
  );
  const found = now.value;
  if (!found) return { looks: null, problem: problem.value, step: 0 };
  const spell = tokenText(session.run.value?.vocabulary ?? []);
  const words = Array.from(found.tokens, (token) => bare(spell(token)));
  const { blocks, heads } = found;
  return {
    looks: looksOf(found.weights, { blocks, heads, words, masked: settings.mask !== 'off' }),
    problem: problem.value,
    step: found.step,
  };
}
