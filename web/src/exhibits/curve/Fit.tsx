// The points, the curve and its squares; under them the solve as a tape, operation by operation.
import type { Store } from '../../session/create';
import { Chart } from './Chart';
import { Clocks } from './Clocks';
import type { Curve } from './curve';
import { Doing } from './Doing';
import { Frame, useCovered, useWatch } from './Frame';
import { Coefficients } from './Numbers';
import { One } from './One';
import { Plot } from './Plot';
import { Tape } from './Tape';

export function Fit({ store, curve }: { store: Store; curve: Curve }) {
  const covered = useCovered(store, curve);
  useWatch(curve.every);
  return (
    <Frame
      store={store}
      curve={curve}
      covered={covered}
      figure={
        <>
          <Plot store={store} curve={curve} covered={covered} />
          <Tape store={store} curve={curve} covered={covered} />
          <Doing store={store} curve={curve} covered={covered} />
        </>
      }
      plots={
        <>
          <One store={store} curve={curve} />
          <Chart store={store} curve={curve} />
        </>
      }
      clocks={<Clocks store={store} curve={curve} covered={covered} />}
      corner={<Coefficients store={store} curve={curve} />}
    />
  );
}
