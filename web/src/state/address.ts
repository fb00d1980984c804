// The address of a view: "#rnn?at=33&node=rnn.4.Wh_h". Works on any path and from a file, since only what stands
// behind the # is ours. What is not understood is left out, and said.
import { defaults, FIELDS, type Field, type FieldName, type ViewState } from './fields';

export const HOME = 'home';

export interface Address {
  exhibit: string; // '' is the home page
  state: ViewState;
  bad: string[]; // parameters that were not understood
}

const entries = Object.entries(FIELDS) as [FieldName, Field<unknown>][];
// What needs no escape behind # is left readable.
const encode = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replace(/%3A/g, ':')
    .replace(/%3B/g, ';')
    .replace(/%20/g, '+');
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}

export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const state: Record<string, unknown> = defaults();
  const bad: string[] = [];
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [param = '', raw = ''] = pair.split(/=(.*)/s);
    const found = entries.find(([, f]) => f.param === param);
    const text = decode(raw);
    const value = found && text !== undefined ? found[1].parse(text) : undefined;
    if (found && value !== undefined) state[found[0]] = value;
    else bad.push((decode(param) ?? param).slice(0, 40));
  }
  return { exhibit: path === HOME ? '' : (decode(path) ?? path), state: state as ViewState, bad };
}

/** Only what differs from the default is written, in the order of the table. */
export function formatAddress(exhibit: string, state: ViewState): string {
  const pairs = entries
    .map(([name, f]) => ({ param: f.param, text: f.format(state[name]), standard: f.format(f.default) }))
    .filter(({ text, standard }) => text !== standard)
    .map(({ param, text }) => `${param}=${encode(text)}`);
  return `#${encodeURIComponent(exhibit === '' ? HOME : exhibit)}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}
