// A sentence in place of the page: plain old syntax, which needs nothing else of the page.
import { start as words } from '../i18n/en.start';

const TOLD = 'starting told';
const box = () => document.getElementById('starting');

function put(parent: Element, name: string, text: string): HTMLElement {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  return element;
}

/** The sentence, and what can be pressed: another try, or the page by itself where it is in a frame. */
function show(sentence: string, again: boolean): void {
  const place = box();
  if (!place || place.className === TOLD) return;
  place.className = TOLD;
  place.textContent = '';
  const line = put(place, 'p', '');
  for (const piece of sentence.replace('{browsers}', words['start.browsers']).split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
    if (piece.indexOf('**') === 0) put(line, 'b', piece.slice(2, -2));
    else put(line, piece.charAt(0) === '`' ? 'code' : 'span', piece.replace(/`/g, ''));
  }
  if (again) put(place, 'button', words['start.again']).onclick = () => location.reload();
  if (window.top === window) return;
  const [before = ''] = words['start.own'].split('{address}');
  const link = put(put(place, 'p', before), 'a', location.href) as HTMLAnchorElement;
  link.href = location.href;
  link.target = '_blank';
  link.rel = 'noopener';
}
export function tell(sentence: string, again = true): void {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => show(sentence, again));
  } else show(sentence, again);
}
