// What an exhibit's folder is: what it declares (session/declared.ts), its words, and views of its own.
import type { FunctionComponent } from 'preact';
import type { ExhibitText } from '../../build/markdown';
import type { Kind } from '../figures/kind';
import type { PlainKey } from '../i18n';
import type { Store } from '../session/create';
import type { Exhibit, Spread } from '../session/declared';

export type { Deed, Exhibit, Given, Pane, Place, Question, Show, Spread, Told } from '../session/declared';
export { ofView } from '../session/declared';

/** A view of the exhibit's own. What it can be set to is in store.lab, so that it is in the address. */
export interface Panel {
  id: string;
  name: PlainKey;
  wide?: boolean; // takes the inspector's place too
  alone?: boolean; // has clocks of its own: the network's make room
  reads?: boolean; // alone, but of the text that the network reads: its field stays
  Component: FunctionComponent<{ store: Store }>;
}
/** What panels.tsx of an exhibit's folder may export. */
export interface Views {
  panels?: Panel[];
  /** Controls over the network; where nothing is walked, over each view. */
  Tools?: FunctionComponent<{ store: Store }>;
  /** What those are set to, in words. */
  toolsSaid?: (store: Store) => string;
}
export interface Mounted {
  exhibit: Exhibit;
  text: ExhibitText;
  spread: Spread;
  views: Views;
  kinds: Kind[];
}
