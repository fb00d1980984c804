// The address of a view: "#rnn?check=0b3a9f&at=33&node=rnn.4.Wh_h". Works on any path and from a file, since only what
// stands behind the # is ours. What is not understood is left out, and said. The check comes first, so that a link that
// was cut has lost what it is of; one written by hand needs none.
import { digestOf } from './digest';
import { defaults, FIELDS, type Field, type FieldName, type ViewState } from './fields';

export const HOME = 'home';
export const CHECK = 'check';
const DIGITS = 6;

export interface Address {
  exhibit: string; // '' is the home page
  state: ViewState;
  bad: string[]; // parameters that were not understood, or came twice
  damaged: boolean; // not the link that was made: cut, or changed under way
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

/** Over the exhibit and the fields as they are read, so that no escaping matters. */
const checkOf = (exhibit: string, fields: string[]) => digestOf([exhibit, ...fields].join('\n')).slice(0, DIGITS);

export function parseAddress(hash: string): Address {
  const [path = '', query] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const name = decode(path) ?? path;
  const exhibit = name === HOME ? '' : name;
  const pairs = (query ?? '').split('&').map((pair) => {
    const [param = '', raw = ''] = pair.split(/=(.*)/s);
    return { param: decode(param) ?? param, text: decode(raw) };
  });
  const given = pairs.filter(({ param, text }) => param !== '' || text !== '');
  const [first, ...rest] = given;
  const checked = first !== undefined && CHECK.startsWith(first.param); // or what a cut has left of it
  const fields = checked ? rest : given;
  const sum = () =>
    checkOf(
      exhibit,
      fields.map(({ param, text = '\0' }) => `${param}=${text}`),
    );
  const damaged = query === '' || (checked && (first.param !== CHECK || first.text !== sum()));
  const state: Record<string, unknown> = defaults();
  const seen = new Set<string>();
  const bad: string[] = [];
  for (const { param, text } of fields) {
    const found = entries.find(([, f]) => f.param === param);
    const value = found && text !== undefined && !seen.has(param) ? found[1].parse(text) : undefined;
    seen.add(param);
    if (found && value !== undefined) state[found[0]] = value;
    else bad.push(param.slice(0, 40));
  }
  return { exhibit, state: state as ViewState, bad, damaged };
}

/** Only what differs from the default is written, in the order of the table. */
export function formatAddress(exhibit: string, state: ViewState): string {
  const pairs = entries
    .map(([name, f]) => ({ param: f.param, text: f.format(state[name]), standard: f.format(f.default) }))
    .filter(({ text, standard }) => text !== standard)
    .map(({ param, text }) => `${param}=${encode(text)}`);
  const path = `#${encodeURIComponent(exhibit === '' ? HOME : exhibit)}`;
  if (pairs.length === 0) return path;
  const read = pairs.map((pair) => decode(pair) ?? pair);
  return `${path}?${[`${CHECK}=${checkOf(exhibit, read)}`, ...pairs].join('&')}`;
}

/** The same link as if written by hand: whatever it says now is meant. */
export function unchecked(hash: string): string {
  const [path = '', query = ''] = hash.split(/\?(.*)/s);
  const pairs = query
    .split('&')
    .filter((pair, i) => pair !== '' && (i > 0 || !CHECK.startsWith(pair.split('=')[0] ?? '')));
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}
