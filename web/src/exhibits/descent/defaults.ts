// What the views are set to at first: apart from lab.ts, since every page knows what an exhibit declares.
export const DEFAULTS = {
  /** The rule that is looked at. */
  rule: 'batch',
  /** Where all of them start. */
  w1: '-0.9',
  w2: '1.6',
  /** The learning rate of each. */
  batch: '0.5',
  one: '0.15',
  mini: '0.3',
  momentum: '0.06',
  adam: '0.2',
  /** The share of the last step that momentum keeps. */
  mu: '0.9',
  /** Updates that are done, and operations of the next. */
  update: '0',
  op: '0',
  side: 'plots',
  /** Three rates on one bowl, and updates that are drawn. */
  low: '0.02',
  middle: '1.4',
  high: '1.6',
  bowl: '16',
  /** Epochs that are drawn of the walk that leaves a shallow minimum. */
  leave: '60',
  /** Hidden units of the net whose weights are counted, the one of them that is looked at, and updates before. */
  units: '3',
  copy: '1',
  trained: '500',
  /** Whose run is sliced; settings of it that are others, what was changed on its way, and how far it goes: '', as there. */
  of: 'backprop',
  run: '',
  log: '',
  far: '',
  /** What the plane goes through, and the place of the way that is looked at: '' the last. */
  by: 'ends',
  place: '',
};
export type Lab = typeof DEFAULTS;
/** What a text sets: all else as it is at first. */
export const at = (set: Partial<Lab> = {}): Lab => ({ ...DEFAULTS, ...set });
