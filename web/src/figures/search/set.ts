// What a search is set to, kept in the address, and its limits.

export const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8];
export const MOST_NORMALISATION = 2;
export interface SearchSet {
  width: number; // continuations that are kept at a step
  normalisation: number;
  node: number | null; // of the tree, the one that is looked at; null: what was found
}
const FIRST: SearchSet = { width: 3, normalisation: 0, node: null };

/** As the address has it, where that can be; else as it is at first. */
export function searchOf(given: Readonly<Record<string, string>>): SearchSet {
  const width = Number(given.width);
  const normalisation = given.norm?.trim() ? Number(given.norm) : Number.NaN;
  return {
    width: WIDTHS.includes(width) ? width : FIRST.width,
    normalisation: normalisation >= 0 && normalisation <= MOST_NORMALISATION ? normalisation : FIRST.normalisation,
    node: /^\d{1,6}$/.test(given.node ?? '') ? Number(given.node) : null,
  };
}
