import { exponent, fixed, largest, niceRange, plain } from '../draw/format.ts';

import { M } from '../draw/Math.tsx';
import { shared } from '../figures/shared.ts';
import { named, t } from '../i18n/index.ts';
import type { Inspected } from './context.ts';
import { HeatBlock } from './HeatBlock.tsx';
import { drawn, sides } from './matrix.ts';
import { valueScale } from './scales.ts';

/** What its lines are computed with, as it is set. */
function constants(settings: Record<string, string>, update: number): string {
  const { optimizer, schedule, learning_rate, momentum, beta1, beta2, weight_decay } = settings;
  const epsilon = exponent(Number(settings.epsilon), 0);
  const falls = schedule === 'constant' ? '' : ` (${named('choice', schedule ?? '')})`;
  const own: [string, string | undefined][] =
    optimizer === 'adam' || optimizer === 'adamw'
      ? [
          ['β₁', beta1],
          ['β₂', beta2],
          ['ε', epsilon],
          ['τ', String(update)],
          ...(optimizer === 'adamw' ? [['λ', weight_decay] satisfies [string, string | undefined]] : []),
        ]
      : optimizer === 'momentum'
        ? [['μ', momentum]]
        : [];
  return [`η = ${learning_rate}${falls}`, ...own.map(([letter, value]) => `${letter} = ${value}`)].join(', ');
}

/** The optimiser's own lines for one cell of a parameter, and the parameter before and after. */
export function UpdateView({ session, theme, kind, anatomy: a, schema, frame, node, cell, text }: Inspected) {
  const update = schema.updates.find((u) => u.node === node.id);
  const before = frame.values(node.id, 'value');
  const n = session.notation.value;
  if (!update || !before) return null;
  const lines = update.lines.map((line, k) => ({ ...line, values: frame.values(node.id, { line: k }) }));
  const after = lines.at(-1)?.values ?? null;
  const matrix = drawn(node, text);
  const lit = matrix.place(cell);
  const change = after ? Float32Array.from(after, (v, i) => v - (before[i] as number)) : null;
  const select = (c: number) =>
    session.select({ node: node.id, cell: matrix.cell(Math.floor(c / matrix.columns), c % matrix.columns) });
  const common = { theme, ...sides(matrix), lit, onCell: select, most: 84 };
  return (
    <>
      <table class="lines num">
        <caption class="small">{t('inspector.update.cell', { row: lit.row + 1, column: lit.column + 1 })}</caption>
        <tbody>
          <tr>
            <th scope="row">
              <M tex="\theta" />
            </th>
            <td>{plain(before[cell] ?? Number.NaN, 5)}</td>
          </tr>
          {lines.map((line, k) => (
            <tr key={line.name}>
              <th scope="row">
                <M tex={k === lines.length - 1 ? `\\theta ← ${line.formula}` : line.formula} />
              </th>
              <td>{line.values ? plain(line.values[cell] ?? Number.NaN, 5) : '·'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small dim">
        {t('inspector.update.scale', {
          scale: fixed(frame.clipScale, 3),
          values: constants(session.run.value?.settings ?? {}, frame.step + 1),
        })}
      </p>
      <div class="pair">
        <HeatBlock
          {...common}
          values={matrix.values(before)}
          scale={valueScale({ session, kind, anatomy: a }, node, before)}
          tex={kind.symbol(a, node, n)}
        />
        {change && (
          <HeatBlock
            {...common}
            values={matrix.values(change)}
            scale={shared(session).scale(`change of ${node.path}`, niceRange(largest(change)))}
            tex={`${kind.symbol(a, node, n)}^{\\t{after}} − ${kind.symbol(a, node, n)}`}
          />
        )}
      </div>
    </>
  );
}
