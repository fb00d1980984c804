// The keys, in one table: what the help sheet lists is what the page listens to.
import { useEffect } from 'preact/hooks';
import { type Key, t } from '../i18n';
import type { Store } from '../session/create';
import type { View } from '../session/types';
import { followFocus, isPages, isText } from './focus';
import type { Page } from './page';
import { turnPage } from './tour';

interface Binding {
  keys: string[]; // event.key, with "shift+" or "ctrl+"
  shown: () => string;
  help: Extract<Key, `keys.${string}`>;
  act: (page: Page, store: Store, key: string) => void;
}
const onStore = (act: (store: Store, key: string) => void) => (_: Page, store: Store, key: string) => act(store, key);
/** Of the network's clocks, which are not there while a view with a clock of its own is. */
const network = (act: (store: Store, key: string) => void) =>
  onStore((store, key) => {
    if (store.transport.peek() === null) act(store, key);
  });
const VIEWS: View[] = ['value', 'gradient', 'table'];

export const BINDINGS: Binding[] = [
  {
    keys: ['ArrowRight', 'ArrowLeft'],
    shown: () => '→ ←',
    help: 'keys.step',
    act: onStore(({ session, transport }, key) => {
      const by = key === 'ArrowRight' ? 1 : -1;
      const own = transport.peek();
      if (own) own.step?.(by);
      else session.move('operation', by);
    }),
  },
  {
    keys: ['shift+ArrowRight', 'shift+ArrowLeft'],
    shown: () => 'Shift →  Shift ←',
    help: 'keys.token',
    act: network(({ session }, key) => session.move('token', key.endsWith('Right') ? 1 : -1)),
  },
  {
    keys: ['.', ','],
    shown: () => '. ,',
    help: 'keys.update',
    act: onStore(({ session, transport }, key) => {
      const by = key === '.' ? 1 : -1;
      const own = transport.peek();
      if (own) own.update(by);
      else session.move('update', by);
    }),
  },
  {
    keys: [' '],
    shown: () => t('keys.space'),
    help: 'keys.play',
    act: onStore(({ session, transport }) => {
      const own = transport.peek();
      if (own) own.playOrPause();
      else if (session.playing.peek()) session.pause();
      else session.play('operation');
    }),
  },
  {
    keys: ['r'],
    shown: () => 'R',
    help: 'keys.train',
    act: onStore((store) => {
      const own = store.transport.peek();
      if (own) own.playOrPause();
      else if (store.session.training.peek().running) void store.stop();
      else store.session.play('update');
    }),
  },
  {
    keys: ['Home', 'End'],
    shown: () => 'Home  End',
    help: 'keys.ends',
    act: network(({ session }, key) => session.goto(key === 'Home' ? 0 : session.length.peek())),
  },
  {
    keys: ['n', 'b', 'PageDown', 'PageUp'],
    shown: () => t('keys.pages'),
    help: 'keys.tour',
    act: (page, store, key) => turnPage(page, store, key === 'n' || key === 'PageDown' ? 1 : -1),
  },
  {
    keys: ['m'],
    shown: () => 'M',
    help: 'keys.notation',
    act: onStore(({ session }) => {
      session.notation.value = session.notation.peek() === 'a' ? 'b' : 'a';
    }),
  },
  {
    keys: ['f'],
    shown: () => 'F',
    help: 'keys.fold',
    act: onStore(({ session }) => {
      session.folded.value = !session.folded.peek();
    }),
  },
  {
    keys: ['v'],
    shown: () => 'V',
    help: 'keys.view',
    act: onStore(({ session }) => {
      session.view.value = VIEWS[(VIEWS.indexOf(session.view.peek()) + 1) % VIEWS.length] ?? 'value';
    }),
  },
  {
    keys: ['ctrl+z'],
    shown: () => 'Ctrl Z',
    help: 'keys.undo',
    act: onStore((store) => void store.history.undo()),
  },
  {
    keys: ['ctrl+shift+z', 'ctrl+y'],
    shown: () => 'Ctrl Shift Z  Ctrl Y',
    help: 'keys.redo',
    act: onStore((store) => void store.history.redo()),
  },
  {
    keys: ['/'],
    shown: () => '/',
    help: 'keys.type',
    act: () => {
      const field = document.getElementById('reading');
      if (field instanceof HTMLInputElement) {
        field.focus();
        field.select();
      }
    },
  },
  {
    keys: ['w'],
    shown: () => 'W',
    help: 'keys.words',
    act: (page) => {
      page.word.value = page.word.peek() ? null : { ids: [], from: null };
    },
  },
  { keys: ['p'], shown: () => 'P', help: 'keys.projector', act: (page) => page.toggleProjector() },
  { keys: ['d'], shown: () => 'D', help: 'keys.theme', act: (page) => page.toggleTheme() },
  { keys: ['l'], shown: () => 'L', help: 'keys.link', act: (page) => void page.copyLink() },
  {
    keys: ['?'],
    shown: () => '?',
    help: 'keys.help',
    act: (page) => {
      page.help.value = !page.help.peek();
    },
  },
  {
    keys: ['Escape'],
    shown: () => 'Esc',
    help: 'keys.escape',
    act: (page, { session }) => {
      if (page.word.peek()) {
        page.word.value = null;
        return;
      }
      session.select(null);
      if (document.activeElement instanceof HTMLElement && isText(document.activeElement))
        document.activeElement.blur();
    },
  },
];
const PAGE_KEYS = new Set(['p', 'd', 'l', 'w', '?']);

const IN_SHEETS = new Set(['?', 'w', 'ctrl+z', 'ctrl+shift+z', 'ctrl+y']);

function nameOf(event: KeyboardEvent): string {
  const plain = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && (ctrl || event.key.startsWith('Arrow')); // of other keys it is part of the sign
  return `${ctrl ? 'ctrl+' : ''}${shift ? 'shift+' : ''}${plain}`;
}

export function useKeys(page: Page): void {
  useEffect(() => {
    let taken = '';
    const hear = (event: KeyboardEvent) => {
      const key = nameOf(event);
      const binding = BINDINGS.find(({ keys }) => keys.includes(key));
      const store = page.store.peek();
      if (!binding || (!store && !PAGE_KEYS.has(key))) return;
      if (document.querySelector('dialog[open]') && !IN_SHEETS.has(key)) return;
      event.preventDefault();
      event.stopPropagation();
      taken = event.key;
      binding.act(page, store as Store, key);
    };
    const first = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.altKey && isPages(event)) hear(event);
    };
    const last = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const target = event.target as HTMLElement;
      // What is typed belongs to the field; what a slider or a list makes of a key belongs to it.
      const typing = isText(target) || target.matches('input, select');
      const own = target.matches('button, a, summary') && (event.key === ' ' || event.key === 'Enter');
      if (own || (typing && event.key !== 'Escape')) return;
      hear(event);
    };
    // A button is pressed when Space is let go of.
    const up = (event: KeyboardEvent) => {
      if (event.key === taken) event.preventDefault();
      taken = '';
    };
    const off = followFocus();
    addEventListener('keydown', first, true);
    addEventListener('keydown', last);
    addEventListener('keyup', up, true);
    return () => {
      off();
      removeEventListener('keydown', first, true);
      removeEventListener('keydown', last);
      removeEventListener('keyup', up, true);
    };
  }, [page]);
}
