// What the figure, the tracks under it and the inspector share of one session: which kind of picture draws its tape,
// where the stops stand, and which is open.

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { mathText } from '../draw/math.ts';
import type { Held } from '../draw/scales.ts';
import type { FrameView, NodeSchema, Session } from '../session/types.ts';
import type { Columns } from '../stage/columns.ts';
import { drawnFrames, heldScales } from '../stage/held.ts';
import { stopOf } from '../stage/stops.ts';
import type { Kind } from './kind.ts';
import { type Picture, pictureOf } from './picture.ts';
import { reached } from './reached.ts';

export interface Shared {
  /** Null without a tape, and where no kind can draw it. */
  picture: ReadonlySignal<Picture | null>;
  /** In units of rem/16 from the figure's left edge; `scroll` of the figure is to be taken off. */
  columns: Signal<Columns | null>;
  scroll: Signal<number>;
  /** A stop opened by hand; it stays open until the walk moves on. */
  pinned: Signal<{ open: number; position: number } | null>;
  /** A stop that is pointed at, where its kind opens those: for as long as it is. */
  pointed: Signal<number | null>;
  open: ReadonlySignal<number | null>;
  /** It is pointed at or opened by hand: it stands for itself, and not for an operation in it. */
  looked: ReadonlySignal<boolean>;
  /** The node of the operation that was done last. */
  now: ReadonlySignal<NodeSchema | null>;
  /** Counts the frames that are drawn. */
  drawn: Signal<number>;
  /** A scale of colour of this session, by its key, that has to reach so far. whole: as far as it does over the whole
   *  walk, where that is known of it and it is none of the kind's. */
  scale: (key: string, needed: number, whole?: number | null) => Held;
}

const furnished = new WeakMap<Session, readonly Kind[]>();

/** The kinds that may draw what this session reads: once, before it reads. */
export const furnish = (session: Session, kinds: readonly Kind[]) => furnished.set(session, kinds);

const all = new WeakMap<Session, Shared>();

export function shared(session: Session): Shared {
  const known = all.get(session);
  if (known) return known;
  const picture = computed(() => {
    const schema = session.schema.value;
    return schema && pictureOf(furnished.get(session) ?? [], schema);
  });
  const pinned = signal<Shared['pinned']['value']>(null);
  const pointed = signal<number | null>(null);
  const byHand = computed(() => {
    const count = picture.value?.anatomy.stops.length ?? 0;
    const point = pointed.value;
    if (point !== null && point < count) return point;
    const pin = pinned.value;
    return pin && pin.position === session.position.value && pin.open < count ? pin.open : null;
  });
  const open = computed(() => {
    const schema = session.schema.value;
    if (!picture.value || !schema) return null;
    const { stops, node } = picture.value.anatomy;
    if (byHand.value !== null) return byHand.value;
    const done = session.operation.value;
    if (session.position.value > 2 * schema.forward) return null;
    if (!done) return stops.length ? 0 : null;
    const own = 'node' in done ? stopOf(stops, node(done.node)) : -1;
    const index = own < 0 ? (done.token || stops.length) - 1 : own;
    return index < stops.length ? index : null;
  });
  const now = computed(() => {
    const done = session.operation.value;
    return picture.value && done && 'node' in done ? picture.value.anatomy.node(done.node) : null;
  });
  const made = {
    picture,
    columns: signal(null),
    scroll: signal(0),
    pinned,
    pointed,
    open,
    looked: computed(() => byHand.value !== null),
    now,
    drawn: drawnFrames(session),
    scale: heldScales(session, (key) => {
      const extents = session.extents.value;
      return picture.value && extents?.schema === session.schema.value ? reached(picture.value, extents, key) : null;
    }),
  } satisfies Shared;
  all.set(session, made);
  return made;
}

/** The latest frame, for a view that draws at the calmer pace. Older frames' arrays are no longer ours. */
export function drawnFrame(session: Session): FrameView | null {
  void shared(session).drawn.value;
  return session.frame.peek();
}

/** The row that is looked at; of what holds several vectors side by side, the row within one and which one it is. */
export function focusRow(session: Session): { row: number; quarter: number } {
  const at = session.focus.value;
  const picture = shared(session).picture.value;
  const node = at && picture?.anatomy.node(at.node);
  if (!at || !node) return { row: 0, quarter: 0 };
  // of a matrix, the row is what makes a cell of its product
  const row =
    node.role === 'parameter' && node.shape.length > 1 ? Math.floor(at.cell / (node.shape.at(-1) ?? 1)) : at.cell;
  return picture?.kind.look?.(picture.anatomy, node, row) ?? { row, quarter: 0 };
}

/** A node's symbol in words, for those who hear it. */
export function symbolText(session: Session, id: number): string {
  const picture = shared(session).picture.value;
  const node = picture?.anatomy.node(id);
  return picture && node
    ? `${mathText(picture.kind.symbol(picture.anatomy, node, session.notation.value))}, ${node.path}`
    : '';
}
