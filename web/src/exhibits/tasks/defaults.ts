// What the views are set to at first: apart from lab.ts, since every page knows what an exhibit declares.
export const DEFAULTS = {
  /** Which shape is open. */
  shape: 'many-one',
  /** Its operations that are done, those of the way back counted on; 999: all forwards. */
  op: '999',
  /** Two sentences, as sentence.ts packs them. */
  one: 'the+food+was+good+.2C+not+bad+at+all+.2E',
  other: 'the+food+was+bad+.2C+not+good+at+all+.2E',
  /** Words that are read of both. */
  word: '10',
};
export type Lab = typeof DEFAULTS;
/** What a text sets: all else as it is at first. */
export const at = (set: Partial<Lab> = {}): Lab => ({ ...DEFAULTS, ...set });
