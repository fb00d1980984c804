import { Tex } from '../components/Tex.tsx';
import { fill } from '../components/tex.ts';
import { niceRange, result } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';
import { squeezeOf } from '../figures/functions.ts';
import { shared } from '../figures/shared.ts';
import { t } from '../i18n/index.ts';
import { cellNamed, inBrackets } from '../stage/letters.ts';
import { stopOf } from '../stage/stops.ts';
import { gradientState } from '../stage/tape.ts';
import { ActivationCurve } from './ActivationCurve.tsx';
import { ColumnsBlock } from './ColumnsBlock.tsx';
import type { Inspected } from './context.ts';
import { FilledLine } from './Filled.tsx';
import { HeatBlock } from './HeatBlock.tsx';
import { cellOf, drawn, sides } from './matrix.ts';
import { filledSum, filledTerm } from './numbers.ts';
import { Statistics } from './Statistics.tsx';
import { gradientScale, isShare, valueScale } from './scales.ts';
import { backFormula, frameOf, functionOf, heldAt, inputName, rowNames, slots } from './subject.ts';

export function GradientView(of: Inspected) {
  const { session, theme, kind, anatomy: a, schema, frame, node, cell, explanation, text } = of;
  const n = session.notation.value;
  const name = `\\g{∂J}/∂${inBrackets(kind.symbol(a, node, n))}`;
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
  const matrix = drawn(node, text);
  const at = matrix.place(cell);
  const values = frame.values(node.id, 'value');
  const select = (c: number) => session.select({ node: node.id, cell: c });
  const whole = a.consumers[node.id]?.filter((c) => c.node.gradient).length ?? 0;
  const come = explanation?.terms.length ?? 0;
  const told = kind.Terms && kind.termed?.(a, node) ? { Terms: kind.Terms } : null;
  return (
    <>
      <p class="formula">
        <M tex={gradients.length > 1 ? cellOf(name, matrix, cell) : name} />
        <b class="num"> = {asked ? '?' : result(gradients[cell] ?? Number.NaN, 3)}</b>
        {state === 'partial' && <span class="small dim"> {t('inspector.so-far', { come, of: whole })}</span>}
      </p>
      {![[node.id, 'value'] as const, ...[node.id, ...node.inputs].map((id) => [id, 'grad'] as const)].some(
        ([id, what]) => session.isAsked(id, cell, what),
      ) && <GoesOn {...of} />}
      {heldAt(of) === null && state !== 'partial' && <ActivationCurve {...of} tangent />}
      {told ? null : matrix.columns > 1 ? (
        <HeatBlock
          theme={theme}
          {...sides(matrix)}
          values={matrix.values(gradients)}
          gradient
          scale={gradientScale(of, node, gradients)}
          tex={name}
          lit={at}
          onCell={(c) => select(matrix.cell(Math.floor(c / matrix.columns), c % matrix.columns))}
        />
      ) : gradients.length > 1 && values && !squeezeOf(functionOf(kind, a, node)) ? (
        <ColumnsBlock
          theme={theme}
          each={16}
          row={cell}
          {...(rowNames(node, text) ? { names: rowNames(node, text) as (row: number) => string } : {})}
          onRow={select}
          items={[
            {
              tex: kind.symbol(a, node, n),
              values,
              frame: frameOf(node),
              range: valueScale(of, node, values).range,
              share: isShare(of, node),
              hidden: (i) => session.isAsked(node.id, i, 'value'),
            },
            {
              tex: name,
              values: gradients,
              range: gradientScale(of, node, gradients).range,
              frame: 'role-g',
              digits: 3,
              hidden: (i) => session.isAsked(node.id, i, 'grad'),
            },
          ]}
        />
      ) : null}
      {!asked &&
        explanation &&
        (told ? (
          <told.Terms
            {...{ session, theme, anatomy: a, frame, node, cell, explanation, text }}
            ranges={(key, needed) => shared(session).scale(key, niceRange(needed)).range}
          />
        ) : (
          <Terms {...of} />
        ))}
      {!gradients.some((_, i) => session.isAsked(node.id, i, 'grad')) && (
        <Statistics values={gradients} of={t('inspector.statistics')} />
      )}
    </>
  );
}

/** What this operation, which is being undone, lets through: for one that works cell by cell. */
function GoesOn(of: Inspected) {
  const { session, kind, anatomy: a, frame, node, cell } = of;
  const now = session.operation.value;
  const n = session.notation.value;
  const [y, g] = [frame.values(node.id, 'value')?.[cell], frame.values(node.id, 'grad')?.[cell]];
  if (now?.kind !== 'backward' || now.node !== node.id || y === undefined || g === undefined) return null;
  const held = heldAt(of);
  if (held !== null) return <p class="filled">{t('inspector.held', { value: held })}</p>;
  const f = functionOf(kind, a, node);
  const factor = (k: number): number | undefined => {
    const squeeze = squeezeOf(f);
    if (squeeze) return squeeze.slope(y);
    if (f === 'one_minus') return -1;
    const other = f === 'mul' ? node.inputs[1 - k] : undefined;
    return other === undefined ? undefined : frame.values(other, 'value')?.[cell];
  };
  const lines = node.inputs.flatMap((id, k) => {
    const input = a.node(id);
    const by = input.gradient ? factor(k) : undefined;
    if (by === undefined) return [];
    const place = `\\g{∂J}/∂${cellNamed(inputName(kind, a, node, input, n), cell, n)}`;
    const formula = backFormula(kind, a, node, k);
    const product = filledTerm({
      node: node.id,
      input: k,
      cells: [cell],
      values: [],
      partials: [by],
      upstream: [g],
      total: by * g,
    });
    return [{ id, place, formula, product }];
  });
  return (
    <>
      {lines.map(({ id, place, formula, product }) => (
        <p class="formula" key={id}>
          <span class="small">{t('inspector.goes-on')}</span> <M tex={`${place} = `} />
          {formula && <Tex html={fill(formula, slots(of, node, cell))} />}
          <span class="filled num">
            {' '}
            = {product.pieces.join(' ')} ≈ <b>{product.result}</b>
          </span>
        </p>
      ))}
    </>
  );
}

/** One term a consumer: local slope times the gradient that came to it. */
function Terms(of: Inspected) {
  const { session, kind, anatomy: a, explanation, node, cell } = of;
  const n = session.notation.value;
  if (!explanation) return null;
  if (!explanation.terms.length) return <p class="filled">{t('inspector.gradient.one')}</p>;
  // a gate takes its own cells only: through the others nothing comes
  const real = explanation.terms.filter((term) => term.cells.length > 0);
  const ways = real.length ? real : explanation.terms;
  const own = stopOf(a.stops, node);
  return (
    <ul class="terms">
      {ways.map((term) => {
        const consumer = a.node(term.node);
        const formula = backFormula(kind, a, consumer, term.input);
        return (
          <li key={`${term.node} ${term.input}`}>
            <span class="small">
              {ways.length > 1 && own >= 0 && stopOf(a.stops, consumer) !== own
                ? t('inspector.through.later')
                : t('inspector.through')}{' '}
              <M tex={kind.symbol(a, consumer, n)} />
            </span>
            {formula && (
              <Tex
                class="math-term"
                html={fill(formula, {
                  ...slots(of, consumer, term.cells[0] ?? cell),
                  ...(consumer.op === 'matmul' && term.input === 0 ? { i: cell + 1 } : {}),
                })}
              />
            )}
            {term.cells.length ? <FilledLine filled={filledTerm(term)} /> : <p class="filled num">0</p>}
          </li>
        );
      })}
      {ways.length > 1 && (
        <li class="num">
          <span class="small">{t('inspector.arrives')}</span>
          <FilledLine filled={filledSum(explanation)} />
        </li>
      )}
    </ul>
  );
}
