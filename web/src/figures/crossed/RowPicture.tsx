// What the inspector shows of a matrix: of a head, the row that looks, word by word; of all else the matrix, and of one cell
// the largest of its products.

import { rampShade, type Theme } from '../../draw/colour.ts';
import { figureIn, fixed } from '../../draw/format.ts';
import { M } from '../../draw/Math.tsx';
import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import { hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Spelled } from '../kind.ts';
import { Likeliest } from '../Likeliest.tsx';
import { type Crossed, isOfSource, rowsOf, whereOf } from './anatomy.ts';
import { scale } from './scales.ts';
import { symbol } from './symbols.ts';

export function RowPicture(of: Spelled) {
  const a = of.anatomy as Crossed;
  const where = whereOf(a, of.node);
  const looks = where?.head !== null && where !== null && /^[ST]B[ST]$/.test(of.node.axes);
  if (of.node === a.guess) {
    const columns = rowsOf(of.node)?.columns ?? 1;
    const row = Math.floor(of.cell / columns);
    const done = isThere(of, of.node, (row + 1) * columns - 1) ? columns : 0;
    return <Likeliest of={of} node={of.node} row={row} done={hasValue(of.node, of.frame.position) ? done : 0} />;
  }
  return looks ? <Look {...of} /> : <Whole {...of} />;
}

/** The words of its rows: those that are read, of a decoder's node those that it reads. */
const wordsOf = (a: Crossed, node: NodeSchema, text: (token: number) => string) =>
  (isOfSource(node) ? a.source : a.reads).map((token) => bare(text(token)));

const valuesOf = (of: Spelled, node: NodeSchema) =>
  hasValue(node, of.frame.position) ? of.frame.values(node.id, 'value') : null;

/** Of the operation under way, the cells that are done. */
function isThere({ session }: Spelled, node: NodeSchema, cell: number): boolean {
  const [part, now] = [session.part.value, session.operation.value];
  return !part || now?.kind !== 'forward' || now.node !== node.id || cell <= part.cells;
}

function Cell({ of, node, cell, digits = 2 }: { of: Spelled; node: NodeSchema; cell: number; digits?: number }) {
  const v = valuesOf(of, node)?.[cell];
  if (v === undefined || !isThere(of, node, cell)) return <td class="cell void" />;
  if (of.session.isAsked(node.id, cell, 'value')) return <td class="cell void">?</td>;
  if (!Number.isFinite(v)) return <td class="cell void">{v < 0 ? '−∞' : '∞'}</td>;
  return (
    <td class="cell num" style={shadeOf(of, node, v)}>
      {figureIn(v, 44, digits)}
    </td>
  );
}

function shadeOf({ theme, ranges, anatomy }: Spelled, node: NodeSchema, v: number) {
  const key = scale(anatomy as Crossed, node);
  const share = key === 'weight';
  const { fill, ink } = rampShade(
    theme as Theme,
    share ? theme.share : theme.sign,
    v,
    share ? 1 : ranges(key, Math.abs(v)),
  );
  return { background: fill, color: ink };
}

function Look(of: Spelled) {
  const a = of.anatomy as Crossed;
  const where = whereOf(a, of.node);
  const head = where?.look.heads[where.head ?? 0];
  if (!head) return null;
  const n = of.session.notation.value;
  const { rows, columns } = rowsOf(head.a) ?? { rows: 0, columns: 0 };
  const row = Math.min(rows - 1, Math.floor(of.cell / columns));
  const keys = wordsOf(a, head.k, of.text);
  const steps = [head.e, ...(head.s === head.e ? [] : [head.s]), ...(head.masked ? [head.masked] : []), head.a];
  const last = head.masked ?? head.s;
  const scores = valuesOf(of, last);
  const known = keys.every(
    (_, j) => isThere(of, last, row * columns + j) && !of.session.isAsked(head.a.id, row * columns + j, 'value'),
  );
  const most = scores && Math.max(...keys.map((_, j) => scores[row * columns + j] as number));
  const exps =
    scores && known && most !== null
      ? keys.map((_, j) => Math.exp((scores[row * columns + j] as number) - most))
      : null;
  const whole = exps?.reduce((sum, one) => sum + one, 0);
  return (
    <table class="look-up">
      <caption>
        {t(where?.kind === 'across' ? 'crossed.row.across' : 'crossed.row.looks', {
          word:
            where?.kind === 'across' ? bare(of.text(a.writes[row] ?? -1)) : (wordsOf(a, head.q, of.text)[row] ?? ''),
        })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('crossed.row.source')}</th>
          {steps.slice(0, -1).map((node) => (
            <th scope="col" key={node.id}>
              <M tex={symbol(a, node, n)} />
            </th>
          ))}
          <th scope="col">
            <M tex="\t{exp}" />
          </th>
          <th scope="col">
            <M tex={symbol(a, head.a, n)} />
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((word, j) => (
          <tr key={j} class={row * columns + j === of.cell ? 'best' : ''}>
            <th scope="row">{word}</th>
            {steps.slice(0, -1).map((node) => (
              <Cell key={node.id} of={of} node={node} cell={row * columns + j} />
            ))}
            <td class="num">{exps ? fixed(exps[j] as number, 3) : ''}</td>
            <Cell of={of} node={head.a} cell={row * columns + j} />
          </tr>
        ))}
        <tr class="sum">
          <th scope="row" colSpan={steps.length}>
            {t('crossed.row.sum')}
          </th>
          <td class="num">{whole === undefined ? '' : fixed(whole, 3)}</td>
          <td class="num">{whole !== undefined && hasValue(head.a, of.frame.position) ? '1' : ''}</td>
        </tr>
      </tbody>
    </table>
  );
}

const MOST = 512; // cells that are drawn
function Whole(of: Spelled) {
  const a = of.anatomy as Crossed;
  const form = rowsOf(of.node);
  const values = valuesOf(of, of.node);
  if (!form || !values) return null;
  const { rows, columns } = form;
  const names = wordsOf(a, of.node, of.text);
  const row = Math.floor(of.cell / columns);
  const shown = rows * columns <= MOST ? Array.from({ length: rows }, (_, i) => i) : [row];
  return (
    <>
      <table class="row-whole" style={{ '--columns': columns }}>
        <caption>{t('crossed.row.matrix')}</caption>
        <tbody>
          {shown.map((i) => (
            <tr key={i} class={i === row ? 'now' : ''}>
              <th scope="row">{names[i]}</th>
              {Array.from({ length: columns }, (_, j) => {
                const cell = i * columns + j;
                const v = values[cell] as number;
                const secret = of.session.isAsked(of.node.id, cell, 'value') || !isThere(of, of.node, cell);
                return (
                  <td
                    key={j}
                    class={`${cell === of.cell ? 'at' : ''} ${secret || !Number.isFinite(v) ? 'void' : ''}`}
                    style={secret || !Number.isFinite(v) ? {} : { background: shadeOf(of, of.node, v).background }}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Terms {...of} />
    </>
  );
}

const TERMS = 6;
/** The largest products of a cell that is a sum of them. */
function Terms(of: Spelled) {
  const { explanation, node, cell, session } = of;
  const [term] = explanation?.terms ?? [];
  const sums = ['matmul', 'dots', 'weighted_sum'].includes(node.op);
  if (!sums || !term || explanation?.cell !== cell || session.isAsked(node.id, cell, 'value')) return null;
  const products = term.values.map((v, k) => v * (term.partials[k] ?? Number.NaN));
  const order = products
    .map((_, k) => k)
    .sort((x, y) => Math.abs(products[y] as number) - Math.abs(products[x] as number));
  const chosen = order.slice(0, TERMS).sort((x, y) => x - y);
  const rest = order.slice(TERMS).reduce((sum, k) => sum + (products[k] as number), 0);
  const number = (v: number | undefined) => fixed(v ?? Number.NaN, 3);
  return (
    <table class="look-up">
      <caption>{t('crossed.row.terms', { count: products.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('crossed.row.place')}</th>
          <th scope="col">{t('crossed.row.takes')}</th>
          <th scope="col">{t('crossed.row.times')}</th>
          <th scope="col">{t('crossed.row.product')}</th>
        </tr>
      </thead>
      <tbody>
        {chosen.map((k) => (
          <tr key={k}>
            <th scope="row">{k + 1}</th>
            <td class="num">{number(term.values[k])}</td>
            <td class="num">{number(term.partials[k])}</td>
            <td class="num">{number(products[k])}</td>
          </tr>
        ))}
        {order.length > TERMS && (
          <tr>
            <th scope="row" colSpan={3}>
              {t('crossed.row.rest', { count: order.length - TERMS })}
            </th>
            <td class="num">{number(rest)}</td>
          </tr>
        )}
        <tr class="sum">
          <th scope="row" colSpan={3}>
            {t('crossed.row.sum')}
          </th>
          <td class="num">{number(products.reduce((sum, one) => sum + one, 0))}</td>
        </tr>
      </tbody>
    </table>
  );
}
