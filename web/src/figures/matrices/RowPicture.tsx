// One row spelled out: the query against every key, its weights, and what is taken from every value; a hard look-up, which
// copies the best, over the soft one, which mixes all.

import { rampShade, type Theme } from '../../draw/colour.ts';
import { figureIn, fixed } from '../../draw/format.ts';
import { M } from '../../draw/Math.tsx';
import { t } from '../../i18n/index.ts';
import type { NodeSchema, Values } from '../../session/types.ts';
import { hasValue } from '../../stage/tape.ts';
import { bare } from '../../stage/tokens.ts';
import type { Spelled } from '../kind.ts';
import type { Matrices } from './anatomy.ts';
import { inside, partOf } from './anatomy.ts';
import { scale } from './scales.ts';
import { LETTERS } from './symbols.ts';
import { keyWords } from './table.ts';

interface At {
  node: NodeSchema;
  cell: number;
}

export function RowPicture(of: Spelled) {
  const a = of.anatomy as Matrices;
  const part = partOf(a, of.node);
  if (!part || !inside(a, of.node)) return null;
  const looks = ['e', 's', 'a', 'o'].includes(part);
  return (
    <>
      {looks && <Look {...of} />}
      <Products {...of} />
    </>
  );
}

/** A number in its colour; nothing where the walk has not come to it, a question mark where it is asked for. */
function Cell({ of, at, digits = 2 }: { of: Spelled; at: At; digits?: number }) {
  const a = of.anatomy as Matrices;
  const values = valuesOf(of, at.node);
  const there = values !== null && isThere(of, at);
  const hidden = of.session.isAsked(at.node.id, at.cell, 'value');
  if (!there || hidden) return <td class="cell void">{hidden ? '?' : ''}</td>;
  const v = values[at.cell] ?? Number.NaN;
  const { fill, ink } = shadeOf(of, at.node, a, v);
  return (
    <td class="cell num" style={{ background: fill, color: ink }}>
      {Number.isInteger(v) ? String(v).replace('-', '−') : figureIn(v, 40, digits)}
    </td>
  );
}

const valuesOf = (of: Spelled, node: NodeSchema): Values | null =>
  hasValue(node, of.frame.position) ? of.frame.values(node.id, 'value') : null;

/** Of the operation under way, the cells that are done. */
function isThere({ session }: Spelled, { node, cell }: At): boolean {
  const part = session.part.value;
  const now = session.operation.value;
  if (!part || now?.kind !== 'forward' || now.node !== node.id) return true;
  return cell <= part.cells;
}

function shadeOf({ theme, ranges }: Spelled, node: NodeSchema, a: Matrices, v: number) {
  const share = node === a.parts.a;
  return rampShade(
    theme as Theme,
    share ? theme.share : theme.sign,
    v,
    share ? 1 : ranges(scale(a, node), Math.abs(v)),
  );
}

function Look(of: Spelled) {
  const a = of.anatomy as Matrices;
  const { e, s, a: alpha, v, o } = a.parts;
  const keys = keyWords(a, of.text);
  const S = keys.length;
  const D = v.shape.at(-1) ?? 1;
  const row = Math.floor(of.cell / (of.node.shape.at(-1) ?? 1));
  const scores = valuesOf(of, s ?? e);
  const weights = valuesOf(of, alpha);
  const whole = keys.every((_, j) => isThere(of, { node: s ?? e, cell: row * S + j }));
  const secret = keys.some((_, j) => [e, s ?? e, alpha].some(({ id }) => of.session.isAsked(id, row * S + j, 'value')));
  const sum =
    scores && whole && !secret ? keys.reduce((all, _, j) => all + Math.exp(scores[row * S + j] as number), 0) : null;
  const best =
    scores && whole && !secret
      ? keys.reduce(
          (most, _, j) => ((scores[row * S + j] as number) > (scores[row * S + most] as number) ? j : most),
          0,
        )
      : null;
  const word = bare(of.text(a.words[row] ?? -1));
  return (
    <table class="look-up">
      <caption>{t('matrices.look.caption', { word })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <M tex={LETTERS.e as string} />
          </th>
          {s && (
            <th scope="col">
              <M tex={LETTERS.s as string} />
            </th>
          )}
          <th scope="col">
            <M tex="\t{exp}" />
          </th>
          <th scope="col">
            <M tex={LETTERS.a as string} />
          </th>
          <th scope="colgroup" colSpan={D}>
            <M tex={LETTERS.v as string} />
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key, j) => {
          const cell = row * S + j;
          const score = scores && isThere(of, { node: s ?? e, cell }) && !secret ? (scores[cell] as number) : null;
          return (
            <tr key={j} class={j === best ? 'best' : ''}>
              <th scope="row">{key}</th>
              <Cell of={of} at={{ node: e, cell }} />
              {s && <Cell of={of} at={{ node: s, cell }} />}
              <td class="num">{score === null ? '' : exp(score)}</td>
              <Cell of={of} at={{ node: alpha, cell }} />
              {Array.from({ length: D }, (_, c) => (
                <Cell key={c} of={of} at={{ node: v, cell: j * D + c }} />
              ))}
            </tr>
          );
        })}
        <tr class="sum">
          <th scope="row" colSpan={s ? 3 : 2}>
            {t('matrices.look.sum')}
          </th>
          <td class="num">{sum === null ? '' : figureOf(sum)}</td>
          <td class="num">{weights && sum !== null ? '1' : ''}</td>
          <td colSpan={D} />
        </tr>
        <tr>
          <th scope="row" colSpan={s ? 5 : 4}>
            {t('matrices.look.hard')}{' '}
            <span class="dim">{best === null ? '' : t('matrices.look.copies', { word: keys[best] ?? '' })}</span>
          </th>
          {Array.from({ length: D }, (_, c) =>
            best === null ? (
              <td key={c} class="cell void" />
            ) : (
              <Cell key={c} of={of} at={{ node: v, cell: best * D + c }} />
            ),
          )}
        </tr>
        <tr>
          <th scope="row" colSpan={s ? 5 : 4}>
            {t('matrices.look.soft')} <span class="dim">{t('matrices.look.mixes', { count: S })}</span>
          </th>
          {Array.from({ length: D }, (_, c) => (
            <Cell key={c} of={of} at={{ node: o, cell: row * D + c }} />
          ))}
        </tr>
      </tbody>
    </table>
  );
}

const figureOf = (value: number) => (value >= 1e5 ? value.toExponential(1).replace('e+', 'e') : fixed(value, 2));
const exp = (score: number) => figureOf(Math.exp(score));

/** One cell, slowly: its products by name, and the sum so far. */
function Products(of: Spelled) {
  const a = of.anatomy as Matrices;
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
  const names = node === a.parts.o ? keyWords(a, of.text) : term.cells.map((_, k) => String(k + 1));
  const [first, second] = [a.node(term.node), other ? a.node(other.node) : null];
  const letter = (one: NodeSchema | null) => LETTERS[one ? (partOf(a, one) ?? 'x') : 'x'] ?? '';
  return (
    <table class="look-up products">
      <caption>
        {t('matrices.slowly')}{' '}
        <span class="num">{t('matrices.so-far', { count, of: products.length, sum: figure(total, 3) })}</span>
      </caption>
      <thead>
        <tr>
          <td />
          {names.map((one, k) => (
            <th scope="col" key={k}>
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            <M tex={letter(first)} />
          </th>
          {term.values.map((v, k) => (
            <Plain key={k} of={of} node={first} v={v} />
          ))}
        </tr>
        <tr>
          <th scope="row">
            <M tex={letter(second)} />
          </th>
          {term.partials.map((v, k) => (
            <Plain key={k} of={of} node={second ?? first} v={v} />
          ))}
        </tr>
        <tr>
          <th scope="row">=</th>
          {products.map((v, k) => (
            <td key={k} class={`cell num${k < count ? '' : ' void'}`}>
              {k < count ? `${k > 0 && v >= 0 ? '+' : ''}${figure(v, 3)}` : ''}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

const figure = (v: number, digits: number) => (Number.isInteger(v) ? String(v).replace('-', '−') : fixed(v, digits));

function Plain({ of, node, v }: { of: Spelled; node: NodeSchema; v: number }) {
  const { fill, ink } = shadeOf(of, node, of.anatomy as Matrices, v);
  return (
    <td class="cell num" style={{ background: fill, color: ink }}>
      {figure(v, 3)}
    </td>
  );
}
