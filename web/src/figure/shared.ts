// What the figure and the tracks under it share of one session: where the columns stand, and which is open.

import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createScales, type Held } from '../draw/scales.ts';
import type { FrameView, NodeSchema, Session } from '../session/types.ts';
import type { Columns } from '../stage/columns.ts';
import { type Anatomy, anatomy } from './anatomy.ts';

export interface Shared {
  anatomy: ReadonlySignal<Anatomy | null>;
  /** In units of rem/16 from the figure's left edge; `scroll` of the figure is to be taken off. */
  columns: Signal<Columns | null>;
  scroll: Signal<number>;
  /** A column opened by hand; it stays open until the walk moves on. */
  pinned: Signal<{ open: number; position: number } | null>;
  open: ReadonlySignal<number | null>;
  /** The node of the operation that was done last. */
  now: ReadonlySignal<NodeSchema | null>;
  /** Counts the frames that are drawn. */
  drawn: Signal<number>;
  /** A scale of colour of this session, by its key, that has to reach so far. */
  scale: (key: string, needed: number) => Held;
}

const all = new WeakMap<Session, Shared>();

export function shared(session: Session): Shared {
  const known = all.get(session);
  if (known) return known;
  const parts = computed(() => (session.schema.value ? anatomy(session.schema.value) : null));
  const pinned = signal<Shared['pinned']['value']>(null);
  const open = computed(() => {
    const a = parts.value;
    const schema = session.schema.value;
    if (!a || !schema) return null;
    const pin = pinned.value;
    if (pin && pin.position === session.position.value && pin.open < a.steps.length) return pin.open;
    const done = session.operation.value;
    if (session.position.value > 2 * schema.forward) return null;
    if (!done) return a.steps.length ? 0 : null;
    const token = 'node' in done && a.node(done.node).time > 0 ? a.node(done.node).time : done.token || a.steps.length;
    const index = a.steps.findIndex((s) => s.time === token);
    return index < 0 ? null : index;
  });
  const now = computed(() => {
    const done = session.operation.value;
    return parts.value && done && 'node' in done ? parts.value.node(done.node) : null;
  });
  const made = {
    anatomy: parts,
    columns: signal(null),
    scroll: signal(0),
    pinned,
    open,
    now,
    drawn: drawnFrames(session),
    scale: scalesOf(session),
  } satisfies Shared;
  all.set(session, made);
  return made;
}

/** One scale for the figure, the inspector and every view: a number has one colour on the page. */
function scalesOf(session: Session): Shared['scale'] {
  const hold = createScales();
  return (key, needed) => {
    const run = session.run.value;
    const frame = session.frame.peek();
    const [position, step] = [session.position.value, session.step.value];
    const held = Object.entries(run?.settings ?? {}).some(([name, at]) => /^hold_/.test(name) && Number(at) <= 1);
    return hold(key, needed, {
      run: run?.id ?? null,
      text: session.text.value,
      position,
      step,
      arrived: frame?.position === position && frame.step === step,
      training: session.training.value.running,
      gate: held,
    });
  };
}

const CALM = 80; // ms between two drawn frames while training runs: nobody reads faster

/** While training runs, values change at every frame; a few a second are drawn, and always the last. */
function drawnFrames(session: Session): Signal<number> {
  const drawn = signal(0);
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    drawn.value = drawn.peek() + 1;
  };
  effect(() => {
    const frame = session.frame.value;
    if (!frame || !session.training.peek().running || performance.now() - last >= CALM) draw();
    else timer ??= setTimeout(draw, CALM);
  });
  return drawn;
}

/** The latest frame, for a view that draws at the calmer pace. Older frames' arrays are no longer ours. */
export function drawnFrame(session: Session): FrameView | null {
  void shared(session).drawn.value;
  return session.frame.peek();
}

/** The row that is looked at; of what holds several gates side by side, the row within one and which one it is. */
export function focusRow(session: Session): { row: number; quarter: number } {
  const at = session.focus.value;
  const schema = session.schema.value;
  const node = at && schema?.nodes[at.node];
  if (!at || !node) return { row: 0, quarter: 0 };
  // of a matrix, the row is what makes a cell of its product
  const row =
    node.role === 'parameter' && node.shape.length > 1 ? Math.floor(at.cell / (node.shape.at(-1) ?? 1)) : at.cell;
  const state = shared(session).anatomy.value?.steps[0]?.state;
  const hidden = state?.shape.at(-1) ?? 1;
  return /^B?G/.test(node.axes) ? { row: row % hidden, quarter: Math.floor(row / hidden) } : { row, quarter: 0 };
}
