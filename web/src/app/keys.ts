// The keys, in one table: what the help sheet lists is what the page listens to.
import { useEffect } from 'preact/hooks';
import { type Key, t } from '../i18n';
import type { Store } from '../session/create';
import type { View } from '../session/types';
import type { Page } from './page';

interface Binding {
  keys: string[]; // event.key, with "shift+" or "ctrl+"
  shown: () => string;
  help: Extract<Key, `keys.${string}`>;
  act: (page: Page, store: Store, key: string) => void;
}
const onStore = (act: (store: Store, key: string) => void) => (_: Page, store: Store, key: string) => act(store, key);
const VIEWS: View[] = ['value', 'gradient', 'table'];

export const BINDINGS: Binding[] = [
  {
    keys: ['ArrowRight', 'ArrowLeft'],
    shown: () => '→ ←',
    help: 'keys.step',
    act: onStore(({ session }, key) => session.move('operation', key === 'ArrowRight' ? 1 : -1)),
  },
  {
    keys: ['shift+ArrowRight', 'shift+ArrowLeft'],
    shown: () => 'Shift →  Shift ←',
    help: 'keys.token',
    act: onStore(({ session }, key) => session.move('token', key.endsWith('Right') ? 1 : -1)),
  },
  {
    keys: ['.', ','],
    shown: () => '. ,',
    help: 'keys.update',
    act: onStore(({ session }, key) => session.move('update', key === '.' ? 1 : -1)),
  },
  {
    keys: [' '],
    shown: () => t('keys.space'),
    help: 'keys.play',
    act: onStore(({ session }) => (session.playing.peek() ? session.pause() : session.play('operation'))),
  },
  {
    keys: ['r'],
    shown: () => 'R',
    help: 'keys.train',
    act: onStore((store) => (store.session.training.peek().running ? void store.stop() : store.session.play('update'))),
  },
  {
    keys: ['Home', 'End'],
    shown: () => 'Home  End',
    help: 'keys.ends',
    act: onStore(({ session }, key) => session.goto(key === 'Home' ? 0 : session.length.peek())),
  },
  {
    keys: ['n', 'b'],
    shown: () => 'N  B',
    help: 'keys.tour',
    act: (page, store, key) => {
      const to = store.tour.peek() + (key === 'n' ? 1 : -1);
      if (to < 1 || to > store.exhibit.tour.length) return;
      page.mark();
      void store.showTour(to);
    },
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
    act: onStore(({ session }) => session.select(null)),
  },
];
const PAGE_KEYS = new Set(['p', 'd', 'l', '?']);

export function useKeys(page: Page): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const target = event.target as HTMLElement;
      // What is typed belongs to the field; what a slider or a list makes of a key belongs to it.
      const typing = target.matches('input, textarea, select') || target.isContentEditable;
      if (document.querySelector('dialog[open]') && event.key !== '?') return;
      const own = target.matches('button, a, summary') && (event.key === ' ' || event.key === 'Enter');
      if (own || (typing && event.key !== 'Escape')) return;
      const plain = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const ctrl = event.ctrlKey || event.metaKey;
      const shift = event.shiftKey && (ctrl || event.key.startsWith('Arrow')); // of other keys it is part of the sign
      const key = `${ctrl ? 'ctrl+' : ''}${shift ? 'shift+' : ''}${plain}`;
      const binding = BINDINGS.find(({ keys }) => keys.includes(key));
      const store = page.store.peek();
      if (!binding || (!store && !PAGE_KEYS.has(key))) return;
      event.preventDefault();
      binding.act(page, store as Store, key);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [page]);
}
