// What the core says is wrong with what a view asked of it.
import type { ReadonlySignal } from '@preact/signals';
import type { CoreError } from '../../../../wasm/bridge/protocol';

export function Problem({ of }: { of: ReadonlySignal<CoreError | null> }) {
  const error = of.value;
  if (!error) return null;
  const { message } = error;
  return (
    <p class="notice" role="alert">
      {`${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, '.')}
    </p>
  );
}
