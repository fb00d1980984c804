// Watches over the start of the page: a classic script in its head, of plain old syntax, which needs nothing else of the
// page. What keeps the page from starting ends here in a sentence; once it has started, main.tsx takes the box away.
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
function tell(sentence: string, again = true): void {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => show(sentence, again));
  } else show(sentence, again);
}

function missing(address: string): void {
  if (location.protocol === 'file:') tell(words['start.disk'], false);
  else if (window.origin === 'null') tell(words['start.frame'], false);
  else tell(words['start.part'].replace('{name}', address.replace(/^.*\//, '')));
}

// Captured, for what happens to an element does not bubble.
addEventListener(
  'error',
  (event) => {
    const { target } = event;
    if (target instanceof HTMLScriptElement) missing(target.src);
    else if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') missing(target.href);
    else if (target === window) {
      const { error, message } = event as ErrorEvent;
      if (error instanceof SyntaxError) tell(words['start.old'], false);
      else tell(words['start.broke'].replace('{message}', () => `${message}.`.replace(/\.+$/, '.')));
    }
  },
  true,
);
if (!('noModule' in document.createElement('script'))) tell(words['start.old'], false);
