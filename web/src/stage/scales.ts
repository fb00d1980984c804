/** A scale of colour that a kind of picture draws on. */
export interface Scale {
  key: string;
  /** How far it reaches at least: from −1 to 1, from 0 to 1 and never further, or as far as its numbers do. */
  reach: 'unit' | 'part' | 'free';
  /** What its legend calls it. */
  tex?: string;
  words?: string;
}
