import type { CoreError } from '../../../wasm/bridge/protocol';

/** A part of the page that is no longer where it was: browsers name it in their words. */
export const lostPart = ({ message }: Error): CoreError => ({
  code: 'start-part',
  node: /[\w.-]+\.(js|css)/.exec(message)?.[0] ?? '',
  message,
});
