// The gradient of Q, K or V, which every word uses: a term a word, as a matrix and for the cell that is looked at, and
// their sum.
import { Fragment } from 'preact';
import { rampShade, type Theme } from '../../draw/colour.ts';
import { fixed, largest } from '../../draw/format.ts';
import { M } from '../../draw/Math.tsx';
import { t } from '../../i18n/index.ts';
import type { NodeSchema } from '../../session/types.ts';
import { bare } from '../../stage/tokens.ts';
import type { Spelled } from '../kind.ts';
import { type Matrices, partOf } from './anatomy.ts';
import { LETTERS } from './symbols.ts';
import { keyWords } from './table.ts';

/** Weights that all words share. */
export const isShared = (a: Matrices, node: NodeSchema): boolean => Object.values(a.weights).slice(1).includes(node);

export function WordTerms(of: Spelled) {
  const a = of.anatomy as Matrices;
  const { node, cell, frame } = of;
  const made = a.consumers[node.id]?.find((one) => one.node.gradient)?.node; // q, k or v
  const from = made && a.node(made.inputs[0] as number);
  const came = made && frame.values(made.id, 'grad');
  const read = from && frame.values(from.id, 'value');
  const sum = frame.values(node.id, 'grad');
  if (!made || !from || !came || !read || !sum) return null;
  const words = node === a.weights.Q ? a.words.map((token) => bare(of.text(token))) : keyWords(a, of.text);
  const [rows, columns] = [made.shape.at(-1) ?? 1, from.shape.at(-1) ?? 1];
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  const term = (word: number, r: number, c: number) =>
    (came[word * rows + r] ?? Number.NaN) * (read[word * columns + c] ?? Number.NaN);
  const all = words.flatMap((_, i) => Array.from(sum, (_, k) => term(i, Math.floor(k / columns), k % columns)));
  const range = of.ranges('gradient', Math.max(largest(all), largest(sum)));
  const each = (value: (r: number, c: number) => number) => (
    <Small theme={of.theme} range={range} {...{ rows, columns, row, column, value }} />
  );
  const letter = LETTERS[partOf(a, node) ?? 'V'] as string;
  const [made_, x] = [LETTERS[partOf(a, made) ?? 'v'] as string, LETTERS[partOf(a, from) ?? 'x'] as string];
  const j = node === a.weights.Q ? 'i' : 'j';
  return (
    <>
      <p class="formula">
        <M
          tex={`\\g{∂J}/∂${letter}_{${row + 1}${column + 1}} = Σ_{${j}} (\\g{∂J}/∂${made_}_{${j}${row + 1}}) ${x}_{${j}${column + 1}}`}
        />
      </p>
      <div class="word-terms" aria-hidden="true">
        {words.map((word, i) => (
          <Fragment key={i}>
            {i > 0 && <b>+</b>}
            <figure>
              {each((r, c) => term(i, r, c))}
              <figcaption>{word}</figcaption>
            </figure>
          </Fragment>
        ))}
        <b>=</b>
        <figure>
          {each((r, c) => sum[r * columns + c] ?? Number.NaN)}
          <figcaption>
            <b>{t('matrices.look.sum')}</b>
          </figcaption>
        </figure>
      </div>
      <table class="look-up">
        <caption>{t('matrices.terms', { row: row + 1, column: column + 1 })}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">
              <M tex={`\\g{∂J}/∂${made_}_{${j}${row + 1}}`} />
            </th>
            <th scope="col">
              <M tex={`${x}_{${j}${column + 1}}`} />
            </th>
            <th scope="col">{t('matrices.terms.term')}</th>
          </tr>
        </thead>
        <tbody>
          {words.map((word, i) => (
            <tr key={i}>
              <th scope="row">{word}</th>
              <td class="num">{figure(came[i * rows + row] ?? Number.NaN)}</td>
              <td class="num">{figure(read[i * columns + column] ?? Number.NaN)}</td>
              <td class="num">{figure(term(i, row, column))}</td>
            </tr>
          ))}
          <tr class="sum">
            <th scope="row" colSpan={3}>
              {t('matrices.look.sum')}
            </th>
            <td class="num">
              <b>{figure(sum[cell] ?? Number.NaN)}</b>
            </td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

const figure = (v: number) => (Number.isInteger(v) ? String(v).replace('-', '−') : fixed(v, 3));

const SIDE = 11; // of a cell
interface SmallProps {
  theme: Theme;
  range: number;
  rows: number;
  columns: number;
  row: number;
  column: number;
  value: (row: number, column: number) => number;
}
/** A matrix without figures; the cell that is looked at is framed. */
function Small({ theme, range, rows, columns, row, column, value }: SmallProps) {
  return (
    <svg viewBox={`-1 -1 ${columns * SIDE + 2} ${rows * SIDE + 2}`} aria-hidden="true">
      {Array.from({ length: rows * columns }, (_, k) => {
        const [r, c] = [Math.floor(k / columns), k % columns];
        return (
          <rect
            key={k}
            x={c * SIDE}
            y={r * SIDE}
            width={SIDE - 0.5}
            height={SIDE - 0.5}
            fill={rampShade(theme, theme.sign, value(r, c), range).fill}
          />
        );
      })}
      <rect class="role-g" x={-0.5} y={-0.5} width={columns * SIDE + 0.5} height={rows * SIDE + 0.5} />
      <rect class="now" x={column * SIDE} y={row * SIDE} width={SIDE - 0.5} height={SIDE - 0.5} />
    </svg>
  );
}
