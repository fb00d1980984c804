// A view that comes when it is first shown: what nobody looks at is not sent.
import { type Signal, signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CoreError } from '../../../wasm/bridge/protocol';
import { Failed } from './Failed';
import { lostPart } from './lost';

export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  const found: Signal<FunctionComponent<P> | null> = signal(null);
  const failed: Signal<CoreError | null> = signal(null);
  return function Later(props: P) {
    useEffect(() => {
      if (found.peek()) return;
      load().then(
        (one) => {
          found.value = one;
        },
        (error) => {
          failed.value = lostPart(error as Error);
        },
      );
    }, []);
    const Found = found.value;
    if (Found) return <Found {...props} />;
    return <div class="panel">{failed.value && <Failed error={failed.value} />}</div>;
  };
}
