// One row spelled out beside the figure: where a head looks, the numbers that a row is made of, one cell as named products.

import { rampShade } from '../../draw/colour.ts';
import { figureIn, fixed } from '../../draw/format.ts';
import { M } from '../../draw/Math.tsx';
import { t } from '../../i18n/index.ts';
import type { NodeSchema, Values } from '../../session/types.ts';
import { cells, hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import { Head, HeadNumber } from '../heads/Heads.tsx';
import type { Looks } from '../heads/looks.ts';
import type { Spelled } from '../kind.ts';
import { Likeliest } from '../Likeliest.tsx';
import { type Blocks, inside, sliceOf } from './anatomy.ts';
import { scale } from './scales.ts';
import { symbol } from './symbols.ts';

const ABREAST = 8; // numbers side by side

export function RowPicture(of: Spelled) {
  const a = of.anatomy as Blocks;
  const at = headOf(a, of.node);
  if (of.node === a.y) {
    const width = cells(of.node) / a.words.length;
    const row = rowOf(a, of.node, of.cell);
    return hasValue(of.node, of.frame.position) ? (
      <Likeliest of={of} node={of.node} row={row} done={doneOf(of, row, width)} />
    ) : null;
  }
  const own = at && a.blocks[at.block]?.heads[at.head];
  const scores = own?.nodes.includes(of.node) && of.node !== own.main;
  return (
    <>
      {at && !scores && <Look {...of} {...at} />}
      {at && scores && <Scores {...of} {...at} />}
      {!at && <Row {...of} />}
      <Products {...of} />
    </>
  );
}

function headOf(a: Blocks, node: NodeSchema): { block: number; head: number } | null {
  for (const [block, { heads }] of a.blocks.entries()) {
    const head = heads.findIndex((one) => one.nodes.includes(node) || one.o === node);
    if (head >= 0) return { block, head };
  }
  return null;
}

const rowOf = (a: Blocks, node: NodeSchema, cell: number) =>
  Math.floor(cell / Math.max(1, cells(node) / a.words.length));

/** Where the head of this operation looks, as soon as it does. */
function Look(of: Spelled & { block: number; head: number }) {
  const a = of.anatomy as Blocks;
  const { session, frame, node, block, head } = of;
  const own = a.blocks[block]?.heads[head];
  if (!own || !hasValue(own.main, frame.position) || session.isAsked(own.main.id, 0, 'value')) return null;
  const words = a.words.map((token) => bare(of.text(token)));
  const looks: Looks = {
    ...{ blocks: a.blocks.length, heads: a.blocks[block]?.heads.length ?? 1, words, keys: words },
    masked: own.masked !== null,
    at: () => frame.values(own.main.id, 'value'),
  };
  const row = rowOf(a, node, of.cell);
  const select = (to: number) => session.select({ node: own.main.id, cell: to * words.length });
  return (
    <Head looks={looks} chosen={{ block, head }} row={row} theme={session.theme.value} onRow={(to) => select(to)} />
  );
}

/** The scores of a head, all rows. */
function Scores(of: Spelled & { block: number; head: number }) {
  const a = of.anatomy as Blocks;
  const { frame, node, session, block, head } = of;
  const words = a.words.map((token) => bare(of.text(token)));
  const values = hasValue(node, frame.position) ? frame.values(node.id, 'value') : null;
  if (!values || words.length > ABREAST) return null;
  const row = rowOf(a, node, of.cell);
  return (
    <table class="look-up">
      <caption>
        <HeadNumber head={head} /> {t('blocks.scores', { head: head + 1, block: block + 1 })}
      </caption>
      <thead>
        <tr>
          <td />
          {words.map((word, j) => (
            <th scope="col" key={j}>
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {words.map((word, i) => (
          <tr key={i} class={i === row ? 'best' : ''}>
            <th scope="row">{word}</th>
            {words.map((_, j) => {
              const cell = i * words.length + j;
              const v = values[cell] as number;
              const hidden = session.isAsked(node.id, cell, 'value');
              const ahead = j >= doneOf(of, i, words.length);
              if (!hidden && !ahead && Number.isFinite(v)) return <Cell key={j} of={of} node={node} v={v} />;
              return (
                <td key={j} class="cell void">
                  {hidden ? '?' : ahead ? '' : figureIn(v, 40, 2)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Told {
  tex: string;
  node: NodeSchema;
  values: Values;
  from: number; // of its cells, the first of the row
  done: number; // of the row
}

/** Rows of numbers: those that it is made of, and what it comes to. */
function Row(of: Spelled) {
  const a = of.anatomy as Blocks;
  const { node, frame, session } = of;
  const width = cells(node) / a.words.length;
  const row = rowOf(a, node, of.cell);
  const sums = (inside(a, node)?.terms ?? 1) > 1;
  const told = (one: NodeSchema): Told | null => {
    const values = one.dtype === 'f32' && hasValue(one, frame.position) ? frame.values(one.id, 'value') : null;
    const own = cells(one) / a.words.length;
    const slice = one === node ? null : sliceOf(a, node);
    if (!values || (slice === null && own !== width && one.role !== 'parameter')) return null;
    const from = (one.role === 'parameter' ? 0 : row * own) + (slice?.from ?? 0);
    return { tex: symbol(a, one), node: one, values, from, done: one === node ? doneOf(of, row, width) : width };
  };
  const inputs = sums || node.op === 'concat' ? [] : node.inputs.map((id) => a.node(id));
  const rows = [...inputs, node].map(told).filter((one) => one !== null);
  const parts = Array.from({ length: Math.ceil(width / ABREAST) }, (_, part) => part * ABREAST);
  if (width > 2 * ABREAST) return null;
  const word = bare(of.text(a.words[row] ?? -1));
  return (
    <table class="look-up">
      <caption>{t('blocks.spelled', { word })}</caption>
      {parts.map((start) => (
        <tbody key={start}>
          {rows.map((one) => (
            <tr key={one.node.id}>
              <th scope="row">
                <M tex={one.tex} />
              </th>
              {Array.from({ length: Math.min(ABREAST, width - start) }, (_, c) => {
                const cell = one.from + start + c;
                const hidden = session.isAsked(one.node.id, cell, 'value');
                if (hidden || start + c >= one.done)
                  return (
                    <td key={c} class="cell void">
                      {hidden ? '?' : ''}
                    </td>
                  );
                return <Cell key={c} of={of} node={one.node} v={one.values[cell] ?? Number.NaN} />;
              })}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Of the operation under way, the cells of a row that are done. */
function doneOf({ session, node }: Spelled, row: number, width: number): number {
  const part = session.part.value;
  const now = session.operation.value;
  if (!part || now?.kind !== 'forward' || now.node !== node.id) return width;
  return Math.max(0, Math.min(width, part.cells + 1 - row * width));
}

function Cell({ of, node, v }: { of: Spelled; node: NodeSchema; v: number }) {
  const { theme, ranges } = of;
  const key = scale(of.anatomy as Blocks, node);
  const share = key === 'weight';
  const range = share ? 1 : ranges(key, Math.abs(v));
  const { fill, ink } = rampShade(theme, share ? theme.share : theme.sign, v, range);
  return (
    <td class="cell num" style={{ background: fill, color: ink }}>
      {figureIn(v, 40, 2)}
    </td>
  );
}

/** One cell, slowly: its products by name, and the sum so far. */
function Products(of: Spelled) {
  const a = of.anatomy as Blocks;
  const { explanation, session, node, cell } = of;
  const own = inside(a, node);
  if (!own || own.terms < 2 || !explanation || session.isAsked(node.id, cell, 'value')) return null;
  const [term, other] = explanation.terms;
  if (!term) return null;
  const now = session.operation.value;
  const part = session.part.value;
  const under = part && now?.kind === 'forward' && now.node === node.id && part.cells === cell ? part : null;
  const count = under ? Math.min(under.terms, term.cells.length) : term.cells.length;
  const products = term.values.map((v, k) => v * (term.partials[k] ?? Number.NaN));
  const total = products.slice(0, count).reduce((sum, one) => sum + one, 0);
  const [first, second] = [a.node(term.node), other ? a.node(other.node) : null];
  const seen = node.op === 'weighted_sum' ? a.words.map((token) => bare(of.text(token))) : null;
  const parts = Array.from({ length: Math.ceil(products.length / ABREAST) }, (_, i) => i * ABREAST);
  return (
    <table class="look-up products">
      <caption>
        {t('blocks.slowly')}{' '}
        <span class="num">{t('blocks.so-far', { count, of: products.length, sum: fixed(total, 3) })}</span>
      </caption>
      {parts.map((start) => (
        <tbody key={start}>
          <tr>
            <td />
            {products.slice(start, start + ABREAST).map((_, k) => (
              <th scope="col" key={k}>
                {seen?.[start + k] ?? start + k + 1}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="row">
              <M tex={symbol(a, first)} />
            </th>
            {term.values.slice(start, start + ABREAST).map((v, k) => (
              <Cell key={k} of={of} node={first} v={v} />
            ))}
          </tr>
          <tr>
            <th scope="row">
              <M tex={second ? symbol(a, second) : '×'} />
            </th>
            {term.partials.slice(start, start + ABREAST).map((v, k) => (
              <Cell key={k} of={of} node={second ?? first} v={v} />
            ))}
          </tr>
          <tr>
            <th scope="row">=</th>
            {products.slice(start, start + ABREAST).map((v, k) => (
              <td key={k} class={`cell num${start + k < count ? '' : ' void'}`}>
                {start + k < count ? figureIn(v, 40, 2) : ''}
              </td>
            ))}
          </tr>
        </tbody>
      ))}
    </table>
  );
}
