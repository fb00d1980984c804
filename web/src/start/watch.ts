// Watches over the start of the page: a classic script in its head, of plain old syntax, which needs nothing else of the
// page. What keeps the page from starting ends here in a sentence; once it has started, main.tsx takes the box away.
import { start as words } from '../i18n/en.start';
import { tell } from './tell';

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
