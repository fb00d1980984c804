// The operation that was done last, with its numbers.
import { control } from '../../components/control';
import { exponent, plain, term } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, number, numbers, rowOf, shapeOf } from './curve';
import { lambdaOf } from './lab';
import type { Operation } from './walk';

/** What is left of the sign, and what is right of it. */
interface Said {
  tex: string;
  words: string;
}
const [MOST, PRODUCTS] = [10, 5]; // terms that are written out: numbers, and products of two
const at = (value: number | undefined) => plain(value ?? Number.NaN, 4);
/** In brackets where it is negative and something stands before it. */
const factor = (value: number | undefined) => (value !== undefined && value < 0 ? `(${at(value)})` : at(value));
const list = (values: readonly number[]) => `(${values.map((one) => at(one)).join(', ')})`;
function sum(terms: readonly string[], most = MOST): string {
  if (terms.length <= most) return terms.join(' + ');
  return [...terms.slice(0, 3), '…', terms.at(-1)].join(' + ');
}

function saidOf(curve: Curve, { phase, index }: Operation): Said | null {
  const study = curve.solved.value?.study;
  if (!study) return null;
  const of = (name: string) => Array.from(numbers(study, name));
  const [rows = 0, W = 0] = shapeOf(study, 'Phi');
  const R = (k: number, row: number) => rowOf(numbers(study, 'R'), k * rows + row, W) as number[];
  const n = index + 1;
  switch (phase) {
    case 'row': {
      const row = rowOf(numbers(study, 'Phi'), index, W) as number[];
      return index < curve.count.value
        ? { tex: `φ(x_{${n}}) = (1, x, …, x^{M})`, words: `= ${list(row)}` }
        : { tex: `\\sqrt{λ}`, words: `= ${list(row)}` };
    }
    case 'reflect': {
      const column = Array.from({ length: rows - index }, (_, i) => R(index, index + i)[index] ?? 0);
      const words = t('curve.doing.reflect', { squares: sum(column.map((one) => `${factor(one)}²`)) });
      return { tex: `R_{${n}${n}}`, words: `= ${at(R(index + 1, index)[index])}, ${words}` };
    }
    case 'Qt':
      return { tex: 'Q^{T}t', words: `= ${list(of('Qt'))}` };
    case 'back': {
      const [w, Qt, row] = [of('w'), of('Qt'), R(W, index)];
      const known = Array.from({ length: W - 1 - index }, (_, i) => index + 1 + i);
      const terms = known.map((j) => `${factor(row[j])} × ${factor(w[j])}`);
      const rest = terms.length > 1 ? `(${sum(terms, PRODUCTS)})` : terms[0];
      const top = rest ? `(${at(Qt[index])} − ${rest})` : at(Qt[index]);
      return { tex: `\\p{w}_{${index}}`, words: `= ${top} / ${factor(row[index])} = ${at(w[index])}` };
    }
    case 'y': {
      const [w, x] = [of('w'), of('x')[index] ?? 0];
      const terms = w.map((one, j) => (j === 0 ? at(one) : `${factor(one)} × ${at(x ** j)}`));
      return { tex: `y(x_{${n}}, \\p{w})`, words: `= ${sum(terms, PRODUCTS)} = ${at(of('y')[index])}` };
    }
    case 'off':
      return {
        tex: `y - t_{${n}}`,
        words: `= ${at(of('y')[index])} − ${factor(of('t')[index])} = ${at(of('off')[index])}`,
      };
    case 'square':
      return { tex: `(y - t_{${n}})^{2}`, words: `= ${factor(of('off')[index])}² = ${at(of('square')[index])}` };
    case 'sum':
      return {
        tex: 'E(\\p{w})',
        words: `= ½ (${sum(of('square').map(at))}) = ${at(number(study, 'squares') / 2)}`,
      };
    case 'gradient': {
      const [off, x, w, lambda] = [of('off'), of('x'), of('w'), lambdaOf(curve.now)];
      const terms = off.map((one, i) => (index === 0 ? factor(one) : `${factor(one)} × ${at((x[i] ?? 0) ** index)}`));
      const penalised = lambda > 0 && !(index === 0 && curve.now.spare === '1');
      const more = penalised ? ` + ${exponent(lambda)} × ${factor(w[index])}` : '';
      return {
        tex: `\\g{∂E/∂w_{${index}}}`,
        words: `= ${sum(terms, PRODUCTS)}${more} = ${term(of('gradient')[index] ?? Number.NaN)}`,
      };
    }
  }
}

export function Doing({ store, curve, covered }: { store: Store; curve: Curve; covered: boolean }) {
  const operation = curve.operation.value;
  const said = operation && !covered ? saidOf(curve, operation) : null;
  return (
    <section
      class="curve-doing"
      aria-label={t('curve.doing')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...control(store.session, 'lab.doing')}
    >
      {said ? (
        <>
          <Tex tex={said.tex} /> <span class="num">{said.words}</span>
        </>
      ) : (
        <span class="dim">{t(covered ? 'curve.covered' : 'curve.doing.start')}</span>
      )}
    </section>
  );
}
