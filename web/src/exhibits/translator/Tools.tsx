// Over the network: what is learned, and what is fed in.

import type { Store } from '../../session/create';
import { Fed, fedSaid } from '../Fed';
import { Learn, learnSaid } from '../Learn';

export const toolsSaid = (store: Store): string => `${learnSaid(store)}, ${fedSaid(store)}`;

export function Tools({ store }: { store: Store }) {
  return (
    <>
      <Learn store={store} />
      <Fed store={store} />
    </>
  );
}
