/** A scale of colour that a kind of picture draws on. */
export interface Scale {
  key: string;
  /** How far it reaches: from −1 to 1 at least, from 0 to 1 and never further, or as far as its numbers do. */
  reach: 'unit' | 'part' | 'free';
  /** Of weights that add up to 1: white to purple. */
  hue?: 'share';
  /** What its legend calls it. */
  tex?: string;
  words?: string;
  /** It ends where its largest number does, and not at the next round one. */
  tight?: true;
}

/** What it reaches where its numbers ask for so much. A unit keeps its range, so that its colours can be compared from
 *  update to update. */
export const reachOf = (reach: Scale['reach'], needed: number): number =>
  reach === 'part' || (reach === 'unit' && needed < 1) ? 1 : needed;
