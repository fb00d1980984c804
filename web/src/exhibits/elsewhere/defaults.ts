// What the views are set to at first: apart from lab.ts, since every page knows what an exhibit declares.
export const DEFAULTS = {
  /** A chain of residues. */
  protein: 'AKAAVLAPCATKCIDVGHMTQLII',
  /** The digit that is meant, and its points from 0 to 9 row by row. */
  digits:
    '8_104740421020008878995000218588979000027972599000028999967100006998999202008965399002119989899000019999689220013252320100010010010120000001100000',
  /** What was sold on each day and on the one after, in hundredths. */
  days: '260_277_318_264_84_70_199_264_266_322_275_83_117_182_244',
  /** Which token looks, from 1: the first is the one that answers. */
  row: '1',
  /** Operations that are done, those of the way back counted on. */
  op: '0',
  /** Which number of the present operation is spelled out, from 1. */
  cell: '1',
  /** What a press on a picture does: more ink, or none. */
  ink: 'draw',
};
export type Lab = typeof DEFAULTS;
/** What a text sets: all else as it is at first. */
export const at = (set: Partial<Lab> = {}): Lab => ({ ...DEFAULTS, ...set });
