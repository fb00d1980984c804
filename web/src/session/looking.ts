// What one sees of a mounted exhibit: a text sets it, all of it or only what it names, and puts back what was the
// reader's, unless that was changed since.
import { batch, type Signal, signal } from '@preact/signals';
import { nodeAt, positionOf } from './clocks';
import type { Pane, Place, Show } from './declared';
import type { Part, Sampling, Selection, View } from './types';
import type { Walker } from './walker';

/** What one sees of a run, without the run. */
export interface Look {
  position: number;
  part: Part | null;
  selection: Selection | null;
  view: View;
  folded: boolean;
  panel: string | null;
  lab: Record<string, string>;
  pane: Pane;
  sampling: Sampling;
  marked: string | null;
}

export interface Sights {
  walks: boolean; // a tape; else all that is shown is a view of the exhibit's own
  walker: Walker;
  view: Signal<View>; // of the inspector
  sampling: Signal<Sampling>;
}
/** By what it is: as the reader had it, and as it is shown. */
type Held = Map<string, { mine: unknown; shown: unknown }>;

export const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
export const sizeOf = (shape: number[]) => shape.reduce((product, length) => product * length, 1);

export function createLooking({ walks, walker, view, sampling }: Sights) {
  const folded = signal(false);
  const panel = signal<string | null>(null);
  const lab = signal<Record<string, string>>({});
  const pane = signal<Pane>('run');
  const marked = signal<string | null>(null);

  /** The walk of the text that is read, if it has this place and this node, be it of another token. */
  function walkWith(at?: Place, path?: string) {
    const known = walker.walk.peek();
    if (!known || (at !== undefined && positionOf(known, at) === null)) return null;
    return path === undefined || nodeAt(known, path) ? known : null;
  }
  function select(path: string, cell: number): void {
    const known = walker.walk.peek();
    const node = known && nodeAt(known, path);
    const size = sizeOf(node?.shape ?? []);
    if (node && size > 0) walker.selection.value = { node: node.id, cell: Math.min(cell, size - 1) };
  }

  // ---- what one sees
  const look = (): Look => ({
    position: walker.position.peek(),
    part: walker.part.peek(),
    selection: walker.selection.peek(),
    view: view.peek(),
    folded: folded.peek(),
    panel: panel.peek(),
    lab: lab.peek(),
    pane: pane.peek(),
    sampling: sampling.peek(),
    marked: marked.peek(),
  });
  function restore(to: Look): void {
    batch(() => {
      walker.asked.value = null;
      walker.goto(to.position);
      walker.part.value = to.part;
      walker.selection.value = to.selection;
      view.value = to.view;
      folded.value = to.folded;
      panel.value = to.panel;
      lab.value = to.lab;
      pane.value = to.pane;
      sampling.value = to.sampling;
      marked.value = to.marked;
    });
  }
  let held: Held = new Map();
  /** Set for as long as it is spoken of; then as the reader had it, unless that was changed since. */
  function set<T>(key: string, of: Signal<T>, wanted: T | undefined): void {
    const known = held.get(key) as { mine: T; shown: T } | undefined;
    const mine = known && equal(of.peek(), known.shown) ? known.mine : of.peek();
    if (wanted === undefined) held.delete(key);
    else held.set(key, { mine, shown: wanted });
    of.value = wanted === undefined ? mine : wanted;
  }
  /** All of it (a step), or only what it names (a button). */
  function see(what: Show, all: boolean): void {
    const known = walkWith(what.at, what.select?.node);
    if (!known && walks) return;
    batch(() => {
      if (all) {
        walker.asked.value = null;
        panel.value = what.panel ?? null;
        const base = held.get('lab');
        const mine = (base && equal(base.shown, lab.peek()) ? base.mine : lab.peek()) as Record<string, string>;
        set('lab', lab, what.lab && { ...mine, ...what.lab });
        set('folded', folded, what.folded);
        set('pane', pane, what.pane);
        set('sampling', sampling, what.sampling && { ...sampling.peek(), ...what.sampling });
        set('view', view, what.view);
        marked.value = what.mark ?? null;
      } else {
        if (what.panel !== undefined) panel.value = what.panel;
        if (what.lab) lab.value = { ...lab.peek(), ...what.lab };
        if (what.folded !== undefined) folded.value = what.folded;
        if (what.pane) pane.value = what.pane;
        if (what.sampling) sampling.value = { ...sampling.peek(), ...what.sampling };
        if (what.mark) marked.value = what.mark;
      }
      if (!known) return;
      if (what.at !== undefined) walker.goto(positionOf(known, what.at) ?? 0);
      if (what.view) view.value = what.view;
      else if (all && what.at !== undefined && view.peek() !== 'table')
        view.value = walker.position.peek() <= known.schema.forward ? 'value' : 'gradient';
      if (what.part !== undefined) walker.part.value = { cells: what.part, terms: 0 };
      if (what.select) select(what.select.node, what.select.cell);
    });
  }

  return {
    folded,
    panel,
    lab,
    pane,
    marked,
    walkWith,
    select,
    look,
    restore,
    see,
    /** What is held, to be held again. */
    held: (): Held => new Map(held),
    hold: (again: Held) => {
      held = new Map(again);
    },
  };
}
export type Looking = ReturnType<typeof createLooking>;
