// What the views are set to, kept in the address, and their limits.

export const MOST_BLOCKS = 12;
const MOST_TIMES = 4;
export const WIDTHS = [8, 16, 32, 64, 128, 256, 512, 1024];

export interface Lab {
  row: number | null; // of the target, from 1
  block: number | null; // from 1
  head: number | null; // from 1
  blocks: number | null; // of the size that is tried; null: of this net
  d: number | null;
  times: number | null; // as wide is a row inside the feed-forward layer
  step: number | null; // of the search, how many words are done; null: all
}

const whole = (text: string | undefined): number | null => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : null);

/** As the address has it, where that can be. */
export function labOf(given: Readonly<Record<string, string>>): Lab {
  const blocks = whole(given.blocks);
  const d = whole(given.d);
  const times = whole(given.times);
  return {
    row: whole(given.row),
    block: whole(given.block),
    head: whole(given.head),
    blocks: blocks !== null && blocks >= 1 && blocks <= MOST_BLOCKS ? blocks : null,
    d: d !== null && WIDTHS.includes(d) ? d : null,
    times: times !== null && times >= 1 && times <= MOST_TIMES ? times : null,
    step: whole(given.step),
  };
}
