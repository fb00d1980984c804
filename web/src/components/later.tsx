// A view that comes when it is first shown: what nobody looks at is not sent.
import { type Signal, signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';

export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  const found: Signal<FunctionComponent<P> | null> = signal(null);
  return function Later(props: P) {
    useEffect(() => {
      if (!found.peek())
        void load().then((one) => {
          found.value = one;
        });
    }, []);
    const Found = found.value;
    return Found ? <Found {...props} /> : <div class="panel" />;
  };
}
