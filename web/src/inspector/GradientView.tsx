import { Tex } from '../components/Tex.tsx';
import { fill } from '../components/tex.ts';
import { largest, niceRange, plain } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';
import { gradientState, isActivation } from '../figure/anatomy.ts';
import { symbol, timeless } from '../figure/symbols.ts';
import { slope } from '../figure/terms.ts';
import { t } from '../i18n/index.ts';
import { ActivationCurve } from './ActivationCurve.tsx';
import { ColumnsBlock } from './ColumnsBlock.tsx';
import type { Inspected } from './context.ts';
import { FilledLine } from './Filled.tsx';
import { HeatBlock } from './HeatBlock.tsx';
import { filledTerm } from './numbers.ts';
import { Statistics } from './Statistics.tsx';
import { backFormula, dimensions, rowNames, slots } from './subject.ts';

export function GradientView(of: Inspected) {
  const { session, theme, anatomy: a, schema, frame, node, cell, explanation, text } = of;
  const n = session.notation.value;
  const state = gradientState(a, node, frame.position, schema.forward);
  if (state === 'none') return <p class="empty">{t('inspector.gradient.none')}</p>;
  if (state === 'pending')
    return (
      <div class="empty">
        <p>
          {frame.position < schema.forward
            ? t('inspector.gradient.ahead', { count: schema.forward - frame.position })
            : t('inspector.gradient.later')}
        </p>
        {frame.position <= schema.forward && (
          <button type="button" class="btn" onClick={() => session.goto(schema.forward + 1)}>
            {t('inspector.gradient.turn')}
          </button>
        )}
      </div>
    );
  const gradients = frame.values(node.id, 'grad');
  if (!gradients) return null;
  const asked = session.isAsked(node.id, cell, 'grad');
  const d = dimensions(node);
  const values = frame.values(node.id, 'value');
  const select = (c: number) => session.select({ node: node.id, cell: c });
  const place = d.columns > 1 ? `_{${Math.floor(cell / d.columns) + 1},${(cell % d.columns) + 1}}` : `_{${cell + 1}}`;
  const whole = a.consumers[node.id]?.filter((c) => c.node.gradient).length ?? 0;
  const come = explanation?.terms.length ?? 0;
  return (
    <>
      <p class="formula">
        <M tex={gradients.length > 1 ? `(\\g{∂J}/∂${symbol(a, node, n)})${place}` : `\\g{∂J}/∂${symbol(a, node, n)}`} />
        <b class="num"> = {asked ? '?' : plain(gradients[cell] ?? Number.NaN, 4)}</b>
        {state === 'partial' && <span class="small dim"> {t('inspector.so-far', { come, of: whole })}</span>}
      </p>
      {!asked && !session.isAsked(node.id, cell, 'value') && <GoesOn {...of} />}
      <ActivationCurve {...of} tangent />
      {d.columns > 1 ? (
        <HeatBlock
          theme={theme}
          values={gradients}
          rows={d.rows}
          columns={d.columns}
          rowName={rowNames(node, text)}
          gradient
          tex={`\\g{∂J}/∂${symbol(a, node, n)}`}
          lit={{ row: Math.floor(cell / d.columns), column: cell % d.columns }}
          onCell={select}
        />
      ) : gradients.length > 1 && values && !isActivation(node) ? (
        <ColumnsBlock
          theme={theme}
          each={16}
          row={cell}
          {...(rowNames(node, text) ? { names: rowNames(node, text) as (row: number) => string } : {})}
          onRow={select}
          items={[
            {
              tex: symbol(a, node, n),
              values,
              range: largest(values) <= 1 ? 1 : niceRange(largest(values)),
              hidden: (i) => session.isAsked(node.id, i, 'value'),
            },
            {
              tex: `\\g{∂J}/∂${symbol(a, node, n)}`,
              values: gradients,
              range: niceRange(largest(gradients)),
              gradient: true,
              hidden: (i) => session.isAsked(node.id, i, 'grad'),
            },
          ]}
        />
      ) : null}
      {!asked && explanation && <Terms {...of} />}
      {!asked && <Statistics values={gradients} of={t('inspector.statistics')} />}
    </>
  );
}

/** What this operation, which is being undone, lets through: for one that works cell by cell. */
function GoesOn({ session, anatomy: a, frame, node, cell, schema }: Inspected) {
  const now = session.operation.value;
  const input = node.inputs[0] === undefined ? null : a.node(node.inputs[0]);
  const [y, g] = [frame.values(node.id, 'value')?.[cell], frame.values(node.id, 'grad')?.[cell]];
  if (
    now?.kind !== 'backward' ||
    now.node !== node.id ||
    !isActivation(node) ||
    !input ||
    y === undefined ||
    g === undefined
  )
    return null;
  const k = slope(node.op, y);
  const formula = backFormula(node, 0);
  return (
    <p class="formula">
      <M tex={`\\g{∂J}/∂${timeless(symbol(a, input, session.notation.value))}_{${cell + 1}} = `} />
      {formula && <Tex html={fill(formula, slots(node, cell, schema))} />}
      <span class="filled num">
        {' '}
        = {plain(k, 3)} × {plain(g, 4)} ≈ <b>{plain(k * g, 3)}</b> {t('inspector.goes-on')}
      </span>
    </p>
  );
}

/** One term a consumer: local slope times the gradient that came to it. */
function Terms({ session, anatomy: a, explanation, cell, schema }: Inspected) {
  const n = session.notation.value;
  if (!explanation) return null;
  if (!explanation.terms.length) return <p class="filled">{t('inspector.gradient.one')}</p>;
  return (
    <ul class="terms">
      {explanation.terms.map((term) => {
        const consumer = a.node(term.node);
        const formula = backFormula(consumer, term.input);
        return (
          <li key={`${term.node} ${term.input}`}>
            <span class="small">
              {t('inspector.through')} <M tex={symbol(a, consumer, n)} />
            </span>
            {formula && (
              <Tex
                class="math-term"
                html={fill(formula, {
                  ...slots(consumer, term.cells[0] ?? cell, schema),
                  ...(consumer.op === 'matmul' && term.input === 0 ? { i: cell + 1 } : {}),
                })}
              />
            )}
            {term.cells.length ? <FilledLine filled={filledTerm(term)} /> : <p class="filled num">0</p>}
          </li>
        );
      })}
      {explanation.terms.length > 1 && (
        <li class="num">
          {explanation.terms.map((term, i) => (
            <span class="piece" key={i}>
              {i ? (term.total < 0 ? ' − ' : ' + ') : term.total < 0 ? '−' : ''}
              {plain(Math.abs(term.total), 5)}
            </span>
          ))}{' '}
          ≈ <b>{plain(explanation.value, 4)}</b>
        </li>
      )}
    </ul>
  );
}
