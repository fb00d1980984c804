// A Transformer of blocks, read from its tape by ops and edges: which operations make the norm, the queries, a head, the way
// past, the feed-forward layer. Names of nodes are not asked.

import type { NodeSchema, WalkSchema } from '../../session/types.ts';
import type { Stop } from '../../stage/stops.ts';
import { cells, type Tape, tapeOf } from '../../stage/tape.ts';
import type { Anatomy } from '../kind.ts';

/** What stands in one box of the figure: operations, each of which makes the box anew, and what they come to. */
export interface Part {
  nodes: NodeSchema[]; // in the order of the walk; of none the box shows what another made
  main: NodeSchema;
  parameters: NodeSchema[];
}
export interface Head extends Part {
  q: NodeSchema;
  k: NodeSchema;
  v: NodeSchema;
  o: NodeSchema;
  masked: NodeSchema | null;
}
export interface Block {
  x: NodeSchema; // what it reads
  norm: (Part | null)[]; // before or after attention, before or after the feed-forward layer
  q: Part;
  k: Part;
  v: Part;
  heads: Head[];
  o: Part; // their answers side by side
  attended: Part;
  mid: NodeSchema; // what goes on from attention
  past: [boolean, boolean]; // what each part was made from is added to it
  inner: Part | null; // null: no feed-forward layer
  m: Part | null;
  out: NodeSchema;
  all: Set<NodeSchema>;
}
export interface Blocks extends Anatomy {
  words: number[]; // tokens
  start: Part[]; // a token's vector, its place's, their sum
  blocks: Block[];
  post: boolean; // norms stand after the parts
  masked: boolean;
  norm: Part | null; // the last
  logits: Part;
  y: NodeSchema | null; // probabilities
  losses: NodeSchema[];
}

const isParameter = (node: NodeSchema | undefined) => node?.role === 'parameter';

export function read(schema: WalkSchema): Blocks | null {
  if (schema.pair) return null; // two halves, of which one looks at the other
  const tape = tapeOf(schema);
  const input = (node: NodeSchema | undefined, k: number) =>
    node?.inputs[k] === undefined ? undefined : tape.node(node.inputs[k] as number);
  const takes = (node: NodeSchema, op?: string) =>
    (tape.consumers[node.id] ?? []).map((one) => one.node).filter((one) => op === undefined || one.op === op);
  const part = (nodes: (NodeSchema | undefined)[]): Part | null => {
    const known = nodes.filter((one) => one !== undefined).sort((a, b) => a.forward - b.forward);
    const main = known.at(-1);
    if (!main) return null;
    const parameters = known.flatMap((node) => node.inputs.map((id) => tape.node(id)).filter(isParameter));
    return { nodes: known, main, parameters };
  };
  /** W x + b, from its sum. */
  const dense = (sum: NodeSchema | undefined): Part | null => {
    const product = input(sum, 0);
    return sum?.op === 'add' && product?.op === 'matmul' && isParameter(input(sum, 1)) ? part([product, sum]) : null;
  };
  /** γ ∘ unit + β, from what it comes to. */
  const norm = (sum: NodeSchema | undefined): (Part & { from: NodeSchema }) | null => {
    const scaled = input(sum, 0);
    const unit = input(scaled, 0);
    const centred = input(unit, 0);
    const from = input(centred, 0);
    if (unit?.op !== 'normalize' || centred?.op !== 'center' || !from) return null;
    const found = part([centred, unit, scaled, sum]);
    return found && { ...found, from };
  };
  const after = (node: NodeSchema): (Part & { from: NodeSchema }) | null => {
    const [centred] = takes(node, 'center');
    const [unit] = centred ? takes(centred, 'normalize') : [];
    const [scaled] = unit ? takes(unit, 'mul') : [];
    const [sum] = scaled ? takes(scaled, 'add') : [];
    return norm(sum);
  };
  /** A dense layer that takes this. */
  const denseOf = (node: NodeSchema): Part | null => {
    for (const product of takes(node, 'matmul')) {
      const found = dense(takes(product, 'add')[0]);
      if (found) return found;
    }
    return null;
  };
  /** Node plus what it was made from. */
  const plus = (node: NodeSchema, from: NodeSchema) =>
    takes(node, 'add').find(({ inputs }) => inputs.includes(from.id)) ?? null;
  const whole = (node: NodeSchema | undefined) => (node?.op === 'slice' ? input(node, 0) : node);

  // ---- heads, in the order of the walk, by what their answers are put together into
  const looks = schema.nodes.filter(
    ({ op, id }) => op === 'softmax' && takes(tape.node(id), 'weighted_sum').length > 0,
  );
  const groups = new Map<NodeSchema, Head[]>();
  for (const a of looks.sort((one, two) => one.forward - two.forward)) {
    const [o] = takes(a, 'weighted_sum');
    const above = input(a, 0);
    const masked = above?.op === 'mask' ? above : null;
    const scaled = masked ? input(masked, 0) : above;
    const products = scaled?.op === 'scale' ? input(scaled, 0) : scaled;
    const [q, k, v] = [input(products, 0), input(products, 1), input(o, 1)];
    const own = part([products, scaled === products ? undefined : scaled, masked ?? undefined, a]);
    if (!o || products?.op !== 'dots' || !q || !k || !v || !own) return null;
    const [together = o] = takes(o, 'concat');
    groups.set(together, [...(groups.get(together) ?? []), { ...own, q, k, v, o, masked }]);
  }
  if (groups.size === 0) return null;

  const blocks: Block[] = [];
  let post = false;
  for (const [together, heads] of groups) {
    const [first] = heads;
    const [q, k, v] = [dense(whole(first?.q)), dense(whole(first?.k)), dense(whole(first?.v))];
    const asks = input(q?.nodes[0], 0);
    const attended = denseOf(together);
    if (!q || !k || !v || !asks || !attended) return null;
    const before = blocks.at(-1);
    const pre: ReturnType<typeof norm> | false = before ? !post && norm(asks) : norm(asks);
    if (!before) post = !pre && schema.nodes.some(({ op }) => op === 'center');
    const x = pre ? pre.from : asks;
    const added = plus(attended.main, x);
    const sum = added ?? attended.main;
    const behind = post ? after(sum) : null;
    const mid = behind?.main ?? sum;
    // ---- the feed-forward layer
    const ahead = post ? null : after(mid);
    const z = denseOf(ahead?.main ?? mid);
    const [bent] = z ? [...takes(z.main, 'relu'), ...takes(z.main, 'gelu')] : [];
    const inner = bent && z ? part([...z.nodes, bent]) : null;
    const m = inner ? denseOf(inner.main) : null;
    const total = m && (plus(m.main, mid) ?? m.main);
    const last = post && total ? after(total) : null;
    const out = last?.main ?? total ?? mid;
    const slices = (of: 'q' | 'k' | 'v') => heads.map((head) => head[of]).filter(({ op }) => op === 'slice');
    const block: Block = {
      x,
      norm: [pre || behind, inner ? (ahead ?? last) : null],
      q: withSlices(q, slices('q')),
      k: withSlices(k, slices('k')),
      v: withSlices(v, slices('v')),
      heads,
      o: {
        nodes: [...heads.map(({ o }) => o), ...(heads.length > 1 ? [together] : [])],
        main: together,
        parameters: [],
      },
      attended,
      mid,
      past: [added !== null, !!m && total !== m.main],
      inner,
      m,
      out,
      all: new Set(),
    };
    const parts = [block.q, block.k, block.v, ...heads, block.o, attended, inner, m, ...block.norm];
    for (const one of parts) for (const node of one?.nodes ?? []) block.all.add(node);
    for (const node of [sum, mid, total, out]) if (node) block.all.add(node);
    blocks.push(block);
  }

  // ---- before the first and after the last
  const [one, end] = [blocks[0], blocks.at(-1)];
  if (!one || !end) return null;
  const start = [...(one.x.op === 'embedding' ? [] : one.x.inputs.map((id) => tape.node(id))), one.x]
    .filter(({ forward }) => forward > 0)
    .map((node) => part([node]))
    .filter((found) => found !== null);
  const closing = post ? null : after(end.out);
  const answered = takes(closing?.main ?? end.out, 'last')[0] ?? null; // of an encoder, its first token alone
  if (answered) return null;
  const logits = denseOf(closing?.main ?? end.out);
  if (!logits) return null;
  const y = takes(logits.main, 'softmax')[0] ?? null;
  const losses = schema.nodes.filter(({ role, forward }) => role === 'loss' && forward > 0);
  return {
    ...tape,
    stops: schema.tokens.map((token): Stop => ({ token, nodes: [], main: null, shown: [], across: true })),
    words: schema.tokens,
    start,
    blocks,
    post,
    masked: one.heads.every(({ masked }) => masked !== null),
    norm: closing,
    logits,
    y,
    losses,
  };
}

const withSlices = (of: Part, slices: NodeSchema[]): Part => ({ ...of, nodes: [...of.nodes, ...slices] });

/** The page of the figure that an operation stands on: 0 before the first block, then a page a block, the last what is
 *  guessed. */
export function pageOf(a: Blocks, node: NodeSchema | null): number {
  if (!node) return 0;
  if (node.role === 'parameter') {
    const taker = a.consumers[node.id]?.[0]?.node;
    return taker && taker.role !== 'parameter' ? pageOf(a, taker) : 0;
  }
  const at = a.blocks.findIndex(({ all }) => all.has(node));
  if (at >= 0) return at + 1;
  return a.start.some(({ nodes }) => nodes.includes(node)) || node.forward === 0 ? 0 : a.blocks.length + 1;
}

/** What the middle clock counts inside an operation: its rows. terms: of the sum that a cell is; 1 where it is none. */
export function inside(a: Tape & { words: number[] }, node: NodeSchema) {
  if (node.forward === 0 || node.shape[0] !== a.words.length || node.dtype !== 'f32') return null;
  const columns = cells(node) / (node.shape[0] ?? 1);
  const sums = ['matmul', 'dots', 'weighted_sum'].includes(node.op);
  const other = node.inputs[node.op === 'weighted_sum' ? 0 : 1];
  const terms = sums && other !== undefined ? (a.node(other).shape.at(-1) ?? 1) : 1;
  return { rows: node.shape[0] ?? 1, columns, terms };
}

/** Of a slice, what it is a part of, and where in it. */
export function sliceOf(a: Blocks, node: NodeSchema): { whole: NodeSchema; from: number; width: number } | null {
  if (node.op !== 'slice') return null;
  const whole = a.node(node.inputs[0] as number);
  for (const { heads } of a.blocks)
    for (const [i, head] of heads.entries())
      if ([head.q, head.k, head.v].includes(node)) {
        const width = node.shape.at(-1) ?? 1;
        return { whole, from: i * width, width };
      }
  return null;
}
