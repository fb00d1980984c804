// The operation that was done last, with its numbers, for both weights.
import { control } from '../../components/control';
import { term } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Descent, type Pair, pointAt } from './descent';
import { BETA, N, operationsOf, pointsOf, type Rule } from './lab';
import { present, unbiased } from './Update';

const one = (value: number) => (value < 0 ? `(${term(value)})` : term(value));
const pair = ([a, b]: Pair) => `(${term(a)}, ${term(b)})`;
const SHOWN = 4; // terms of a mean that are written out

interface Said {
  tex: string;
  words: string;
}
function saidOf(now: NonNullable<ReturnType<typeof present>>): Said | null {
  const { rule, path, update, done, lab } = now;
  const u = update - 1;
  const operation = operationsOf(rule)[done - 1];
  const [rate, mu] = [lab[rule as Rule], lab.mu];
  const previous: Pair = u > 0 ? path.step(u - 1) : [0, 0];
  const before = (of: (u: number) => Pair): Pair => (u > 0 ? of(u - 1) : [0, 0]);
  switch (operation) {
    case 'slope': {
      const each = pointsOf(rule);
      const terms = Array.from({ length: each }, (_, i) => pair(path.term(u * each + i)));
      const points = Array.from({ length: each }, (_, i) => pointAt(u * each + i));
      if (each === 1)
        return {
          tex: `\\g{∇E_{${points[0]}}}`,
          words: `= ${pair(path.slope(u))}: ${t('descent.doing.one', { n: points[0] as number })}`,
        };
      const sum = each <= SHOWN ? terms.join(' + ') : [...terms.slice(0, 2), '…', terms.at(-1)].join(' + ');
      const which = each === N ? t('descent.doing.all', { N }) : t('descent.doing.some', { points: points.join(', ') });
      return { tex: '\\g{∇E}', words: `= (${sum}) / ${each} = ${pair(path.slope(u))}: ${which}` };
    }
    case 'mean':
      return {
        tex: 'm = β_1 m + (1 - β_1) \\g{∇E}',
        words: `= ${BETA[1]} × ${pair(before(path.mean))} + ${term(1 - BETA[1], 0)} × ${pair(path.slope(u))} = ${pair(path.mean(u))}`,
      };
    case 'square':
      return {
        tex: 'v = β_2 v + (1 - β_2) \\g{∇E}^{2}',
        words: `= ${BETA[2]} × ${pair(before(path.square))} + ${term(1 - BETA[2], 2)} × ${pair(path.slope(u))}² = ${pair(path.square(u))}`,
      };
    case 'unbias': {
      const hat = (of: Pair, beta: number): Pair => [unbiased(of[0], beta, update), unbiased(of[1], beta, update)];
      return {
        tex: `\\hat{m} = m / (1 - β_1^{${update}}), \\hat{v} = v / (1 - β_2^{${update}})`,
        words: `: ${pair(hat(path.mean(u), BETA[1]))}, ${pair(hat(path.square(u), BETA[2]))}`,
      };
    }
    case 'step': {
      const step = pair(path.step(u));
      if (rule === 'adam') {
        const hat = (k: 0 | 1) =>
          `${one(unbiased(path.mean(u)[k], BETA[1], update))} / √${term(unbiased(path.square(u)[k], BETA[2], update))}`;
        return {
          tex: 'Δ\\p{w} = -η \\hat{m} / \\sqrt{\\hat{v}}',
          words: `= −${rate} × (${hat(0)}, ${hat(1)}) = ${step}`,
        };
      }
      if (rule === 'momentum')
        return {
          tex: 'Δ\\p{w} = μ Δ\\p{w} - η \\g{∇E}',
          words: `= ${mu} × ${pair(previous)} − ${rate} × ${pair(path.slope(u))} = ${step}`,
        };
      return { tex: 'Δ\\p{w} = -η \\g{∇E}', words: `= −${rate} × ${pair(path.slope(u))} = ${step}` };
    }
    case 'weight':
      return {
        tex: `\\p{w}^{(${update})} = \\p{w}^{(${u})} + Δ\\p{w}`,
        words: `= ${pair(path.at(u))} + ${pair(path.step(u))} = ${pair(path.at(update))}`,
      };
    default:
      return null;
  }
}

export function Doing({ store, descent }: { store: Store; descent: Descent }) {
  const now = present(descent);
  const said = now && saidOf(now);
  return (
    <section
      class="descent-doing"
      aria-label={t('descent.doing')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...control(store.session, 'lab.doing')}
    >
      {said ? (
        <>
          <Tex tex={said.tex} /> <span class="num">{said.words}</span>
        </>
      ) : (
        <span class="dim">{t('descent.doing.start')}</span>
      )}
    </section>
  );
}
