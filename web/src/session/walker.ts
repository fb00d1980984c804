// The walk: one text on the unrolled tape, its clocks, its frames, and where one looks.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Bridge, Explanation, NodeSchema, WalkSchema, Wanted } from '../../../wasm/bridge/protocol';
import { type Counting, nextStop, samePlace, type Walk, walkOf } from './clocks';
import { union, viewOf } from './frames';
import { latest } from './latest';
import type { Asked, Clock, FrameView, Operation, Part, ReadBefore, Selection, Values, View, What } from './types';

const TEMPO = { operation: 280, token: 500 }; // ms a step while playing
const TERM = 160; // ms a product of the dot product that is shown slowly
const SWEEP = 420; // ms for all other cells
const MOVING = 250; // ms between two explanations while training runs

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export function createWalker(
  bridge: Bridge,
  view: Signal<View>,
  run: { step: ReadonlySignal<number>; training: ReadonlySignal<{ running: boolean }> },
  stops?: (schema: WalkSchema) => Promise<Counting | null>,
) {
  const walk = signal<Walk | null>(null);
  const frame = signal<FrameView | null>(null);
  const position = signal(0);
  const part = signal<Part | null>(null);
  const playing = signal<'operation' | 'token' | null>(null);
  const selection = signal<Selection | null>(null);
  const hover = signal<Selection | null>(null);
  const asked = signal<Asked | null>(null);
  const pressed = signal<Selection | null>(null);
  const explanation = signal<Explanation | null>(null);
  const readBefore = signal<ReadBefore | null>(null);
  const length = computed(() => walk.value?.schema.length ?? 0);
  const schema = computed(() => walk.value?.schema ?? null);
  const operation = computed<Operation | null>(() => walk.value?.operations[position.value] ?? null);
  /** Of a matrix, the stop of the row that was done last. */
  const row = computed(() => {
    const now = operation.value;
    const rows = now?.kind === 'forward' ? walk.value?.inside[now.node] : null;
    if (!rows) return null;
    return (rows.after ?? 0) + (part.value ? Math.floor(part.value.cells / rows.columns) + 1 : rows.rows);
  });
  const token = computed(() => row.value ?? operation.value?.token ?? 0);
  const tokenStops = computed(() => walk.value?.stops ?? []);
  const focus = computed<Selection | null>(() => {
    if (selection.value) return selection.value;
    const now = operation.value;
    if (!now || now.kind === 'clip') return null;
    return { node: now.node, cell: part.value?.cells ?? 0 };
  });

  // ---- frames
  const wants = new Map<symbol, Wanted[]>();
  let current: Wanted[] = [];
  let flushing = false;
  let disposed = false; // what is left of it must not subscribe in the place of who comes after
  async function flush(): Promise<void> {
    flushing = false;
    const known = walk.peek();
    if (!known || disposed) return;
    const list = union(wants.values()).filter(({ node }) => known.schema.nodes[node] !== undefined);
    // First where, then what: the first frame is of this place already.
    await bridge.call('goto', { position: position.peek() });
    if (walk.peek() !== known || disposed) return;
    current = list; // frames of what was wanted before no longer come through
    await bridge.call('subscribe', { wanted: list });
  }
  const subscribe = latest(flush);
  function changed(): void {
    if (flushing || disposed) return;
    flushing = true;
    queueMicrotask(() => subscribe(undefined));
  }
  function want(wanted: Wanted[]): () => void {
    const key = Symbol();
    wants.set(key, wanted);
    changed();
    return () => {
      wants.delete(key);
      changed();
    };
  }
  const offFrame = bridge.on('frame', (raw) => {
    const known = walk.peek();
    const next = known && viewOf(raw, current, known);
    if (next) frame.value = next;
  });

  /** Of what is on screen. */
  function numbersOf({ schema, byPath }: Walk): ReadBefore | null {
    const last = frame.peek();
    if (!last) return null;
    const known = new Map<string, Values>();
    for (const { node, what } of current) {
      const values = last.values(node, what);
      if (values && typeof what === 'string') known.set(`${node} ${what}`, values.slice());
    }
    return {
      text: schema.text,
      step: last.step,
      value: (path, cell, what) => known.get(`${byPath.get(path)?.id} ${what}`)?.[cell] ?? null,
    };
  }
  let readings = 0; // asked for
  let latestShown = 0; // of these
  /** Unroll this text, of a pair with what it is led by, and stand where one stood. Rejects with the core's reason.
   *  again: what was selected and played stays. */
  async function read(text: string, target?: string | null, again = false): Promise<void> {
    const mine = ++readings;
    const schema = await bridge.call('walk', target === undefined ? { text } : { text, target });
    const counted = await stops?.(schema);
    const next = walkOf(schema, counted?.stops, counted?.inside);
    if (mine < latestShown) return; // a later one needed nothing that had to be loaded
    latestShown = mine;
    const before = walk.peek();
    const selected = again ? selection.peek() : null;
    const path = selected && before?.schema.nodes[selected.node]?.path;
    const clock = again ? playing.peek() : null;
    if (before && before.schema.text !== next.schema.text) readBefore.value = numbersOf(before);
    batch(() => {
      pause();
      current = [];
      frame.value = null;
      explanation.value = null;
      hover.value = null;
      selection.value = null;
      asked.value = null;
      part.value = null;
      const to = before ? samePlace(before, position.peek(), next) : 0;
      turnOver(before ? position.peek() <= before.schema.forward : true, to <= next.schema.forward);
      walk.value = next;
      position.value = to;
      const node = path && next.byPath.get(path);
      if (node && selected) selection.value = { node: node.id, cell: selected.cell };
    });
    changed();
    if (clock) play(clock);
  }

  /** The same text with another target, or over another graph. */
  const readAgain = (text: string, target?: string | null) => read(text, target, true);

  // ---- clocks
  const send = latest(async (at: number) => {
    if (walk.peek()) await bridge.call('goto', { position: at });
  });
  /** Crossing the turn changes what there is to see of a node. */
  function turnOver(was: boolean, forward: boolean): void {
    if (was !== forward && view.peek() !== 'table') view.value = forward ? 'value' : 'gradient';
  }
  function stand(at: number, done: Part | null = null): void {
    const to = Math.max(0, Math.min(Math.round(at), length.peek()));
    const turn = walk.peek()?.schema.forward ?? 0;
    batch(() => {
      stopPart();
      turnOver(position.peek() <= turn, to <= turn);
      selection.value = null;
      hover.value = null;
      position.value = to;
      part.value = done;
    });
    send(to);
  }
  function goto(at: number): void {
    pause();
    stand(at);
  }
  function gotoToken(at: number): void {
    const kind = operation.peek()?.kind;
    const backward = kind !== undefined && kind !== 'forward';
    const stops = tokenStops.peek();
    const inside =
      row.peek() !== null || position.peek() === 0
        ? stops.find(
            (one) => one.part !== undefined && one.token === at && one.position === Math.max(1, position.peek()),
          )
        : undefined;
    if (inside) {
      pause();
      stand(inside.position, inside.part);
      return;
    }
    const stop = stops.findLast((one) => one.token === at && one.backward === backward);
    pause();
    stand(at === 0 && !backward ? 0 : (stop?.position ?? position.peek()), stop?.part);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function stopPart(): void {
    if (part.peek() === null) return;
    clearTimeout(timer);
    part.value = null;
  }
  /** One dot product slowly, then the sweep. */
  function openSlowly(node: NodeSchema): void {
    const known = walk.peek();
    const inner = known?.inside[node.id]?.terms ?? known?.schema.nodes[node.inputs[1] ?? -1]?.shape.at(-1) ?? 0;
    const cells = node.shape.reduce((product, size) => product * size, 1);
    const each = Math.max(16, SWEEP / Math.max(1, cells - 1));
    const tick = () => {
      const now = part.peek();
      if (!now) return;
      if (now.cells === 0 && now.terms < inner) {
        part.value = { cells: 0, terms: now.terms + 1 };
        timer = setTimeout(tick, now.terms + 1 < inner ? TERM : 3 * TERM);
      } else if (now.cells + 1 < cells) {
        part.value = { cells: now.cells + 1, terms: inner };
        timer = setTimeout(tick, each);
      } else {
        part.value = null;
      }
    };
    clearTimeout(timer);
    part.value = { cells: 0, terms: 0 };
    timer = setTimeout(tick, TERM);
  }
  function move(clock: 'operation' | 'token', by: 1 | -1): void {
    pause();
    const known = walk.peek();
    if (!known) return;
    if (clock === 'token') {
      const next = nextStop(known, position.peek(), by, part.peek());
      stand(next.position, next.part);
      return;
    }
    const before = position.peek();
    stand(before + by);
    const now = operation.peek();
    const node = now?.kind === 'forward' ? known.schema.nodes[now.node] : undefined;
    const slowly = node && (known.inside[node.id]?.terms ?? (node.op === 'matmul' ? 2 : 0)) > 1;
    if (by > 0 && position.peek() > before && slowly && !calm()) openSlowly(node);
  }
  let beat: ReturnType<typeof setTimeout> | undefined;
  function play(clock: 'operation' | 'token'): void {
    pause();
    playing.value = clock;
    const tick = () => {
      const known = walk.peek();
      if (!known || playing.peek() !== clock) return;
      const next =
        clock === 'token'
          ? nextStop(known, position.peek(), 1, part.peek())
          : { position: position.peek() + 1, part: null };
      stand(next.position, next.part);
      if (position.peek() >= length.peek()) playing.value = null;
      else beat = setTimeout(tick, TEMPO[clock]);
    };
    tick();
  }
  function pause(): void {
    clearTimeout(beat);
    playing.value = null;
  }

  // ---- where a number comes from
  let explained = 0; // when it was last asked for
  let about = ''; // what is being explained; an answer about anything else comes too late
  const explain = latest(
    async (of: Selection & { direction: 'forward' | 'backward' }) => {
      const found = await bridge.call('explain', of);
      if (about === `${of.node} ${of.cell} ${of.direction}`) explanation.value = found;
    },
    () => {
      explanation.value = null;
    },
  );
  const offExplain = effect(() => {
    const of = hover.value ?? focus.value;
    const direction = view.value === 'gradient' ? 'backward' : 'forward';
    const seen = frame.value;
    run.step.value; // new weights, new numbers
    // While it trains the weights are others at every frame: a few times a second one of them is explained.
    const moving = run.training.value.running;
    // The terms of a cell that is asked for would add up to it.
    const hidden = of && isAsked(of.node, of.cell, direction === 'forward' ? 'value' : 'grad');
    const asked = about;
    about = of && seen && !hidden ? `${of.node} ${of.cell} ${direction}` : '';
    if (!of || about === '') explanation.value = null;
    else if (!moving || about !== asked || performance.now() - explained >= MOVING) {
      explained = performance.now();
      untracked(() => explain({ ...of, direction }));
    }
  });
  function askedAt(node: number, cell: number, what: What): 'no' | 'asked' | 'revealed' {
    const now = asked.value;
    if (now === null || (now.cell !== null && now.cell !== cell)) return 'no';
    const state = now.revealed ? 'revealed' : 'asked';
    const { nodes } = walk.value?.schema ?? { nodes: [] };
    const asks = nodes[now.node];
    if (typeof what === 'string') {
      if (now.node === node && now.what === what) return state;
      // what a gradient that is asked for has become tells it
      const on = now.what === 'grad' && what === 'grad' && asks?.inputs.includes(node);
      return on && alike(asks, nodes[node]) && !now.revealed ? 'asked' : 'no';
    }
    if (!('edge' in what) || now.what !== 'grad') return 'no';
    const into = nodes[nodes[node]?.inputs[what.edge] ?? -1];
    if (node === now.node) return alike(asks, into) && !now.revealed ? 'asked' : 'no';
    // What goes over the only edge into a node is that node's gradient.
    return into === asks && nodes.filter(({ inputs }) => inputs.includes(now.node)).length === 1 ? state : 'no';
  }
  /** Cell by cell: the same one of both. */
  const alike = (one: NodeSchema | undefined, other: NodeSchema | undefined) =>
    one?.shape.join() === other?.shape.join();
  function isAsked(node: number, cell: number, what: What): boolean {
    return askedAt(node, cell, what) === 'asked';
  }

  return {
    walk,
    schema,
    frame,
    position,
    length,
    operation,
    operationAt: (at: number) => walk.peek()?.operations[at] ?? null,
    token,
    tokenStops,
    part,
    playing: playing as ReadonlySignal<Clock | null>,
    selection,
    hover,
    focus,
    asked,
    pressed,
    explanation,
    readBefore,
    askedAt,
    isAsked,
    want,
    read,
    readAgain,
    readings: () => readings,
    goto,
    gotoToken,
    move,
    play,
    pause,
    resubscribe: changed,
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      clearTimeout(beat);
      offFrame();
      offExplain();
    },
  };
}
export type Walker = ReturnType<typeof createWalker>;
