import { Tex } from '../components/Tex.tsx';
import { fill } from '../components/tex.ts';
import { niceRange, result } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';
import { squeezeOf } from '../figures/functions.ts';
import { shared } from '../figures/shared.ts';
import { t } from '../i18n/index.ts';
import type { NodeSchema, Values } from '../session/types.ts';
import { hasValue } from '../stage/tape.ts';
import { bare } from '../stage/tokens.ts';
import { ActivationCurve } from './ActivationCurve.tsx';
import { ColumnsBlock, type Item } from './ColumnsBlock.tsx';
import type { Inspected } from './context.ts';
import { DotProduct } from './DotProduct.tsx';
import { EmbeddingBlock } from './EmbeddingBlock.tsx';
import { FilledLine } from './Filled.tsx';
import { HeatBlock } from './HeatBlock.tsx';
import { MatrixBlock } from './MatrixBlock.tsx';
import { cellOf, drawn, mark, sides } from './matrix.ts';
import { filledValue, largestTerm } from './numbers.ts';
import { Statistics } from './Statistics.tsx';
import { isShare, valueScale } from './scales.ts';
import {
  dimensions,
  frameOf,
  functionOf,
  heldAt,
  inputName,
  partIn,
  rowNames,
  slots,
  valueFormula,
} from './subject.ts';
import './spelled.css';

export function ValueView(of: Inspected) {
  const { session, kind, anatomy: a, frame, node, cell, explanation } = of;
  if (!hasValue(node, frame.position))
    return <p class="empty">{t('inspector.not-yet', { count: node.forward - frame.position })}</p>;
  const values = frame.values(node.id, 'value');
  if (!values) return null;
  const asked = session.isAsked(node.id, cell, 'value');
  const formula = valueFormula(kind, a, node);
  const held = heldAt(of);
  const filled =
    explanation && !asked && held === null ? filledValue(node, explanation, functionOf(kind, a, node)) : null;
  // while training runs the explanation is of one update, the frame of another: what is spelled out and its result agree
  const shown = session.training.value.running && explanation ? explanation.value : values[cell];
  const within = kind.within?.(a, node, node.role === 'parameter' ? Math.floor(cell / dimensions(node).columns) : cell);
  const spelled = (kind.inside?.(a, node) != null || kind.pictured?.(a, node)) && node.op !== 'embedding';
  const part = session.part.value;
  const whole =
    !part ||
    session.operation.value?.kind !== 'forward' ||
    !('node' in session.operation.value) ||
    session.operation.value.node !== node.id;
  return (
    <>
      <p class="formula">
        {node.role === 'parameter' ? (
          <M tex={cellOf(kind.symbol(a, node, session.notation.value), drawn(node, of.text), cell)} />
        ) : (
          formula && held === null && <Tex html={fill(formula, slots(of, node, cell))} />
        )}
        <b class="num"> = {asked ? '?' : whole || cell < part.cells ? result(shown ?? Number.NaN) : '…'}</b>
      </p>
      {within && <p class="small dim">{within}</p>}
      {held !== null && <p class="filled">{t('inspector.held', { value: held })}</p>}
      {spelled && kind.Picture ? (
        <kind.Picture
          {...{ session, theme: of.theme, anatomy: a, frame, node, cell, explanation, text: of.text }}
          ranges={(key, needed) => shared(session).scale(key, niceRange(needed)).range}
        />
      ) : (
        <Picture {...of} />
      )}
      {held === null && <ActivationCurve {...of} tangent={false} />}
      {filled && whole && !spelled && (
        <FilledLine filled={filled}>
          {node.op === 'matmul' && explanation ? (
            <> {t('inspector.largest-part', { unit: largestTerm(explanation) + 1 })}</>
          ) : null}
        </FilledLine>
      )}
      {!spelled && !values.some((_, i) => session.isAsked(node.id, i, 'value')) && whole && (
        <Statistics values={values} of={t('inspector.statistics')} />
      )}
    </>
  );
}

/** Between two inputs, where they are not added. */
const SIGNS: Record<string, string> = { mul: '∘', scores: '·', weighted_sum: '·', concat: ';' };

function Picture(of: Inspected) {
  const { session, theme, kind, anatomy: a, frame, node, cell, explanation, text } = of;
  const n = session.notation.value;
  const name = (one: NodeSchema) => kind.symbol(a, one, n);
  const value = (id: number) => frame.values(id, 'value');
  const values = value(node.id);
  if (!values) return null;
  const select = (row: number) => session.select({ node: node.id, cell: row });
  const hidden = (i: number) => session.isAsked(node.id, i, 'value');
  const matrix = drawn(node, text);
  if (node.role === 'parameter' && matrix.columns > 1)
    return (
      <HeatBlock
        theme={theme}
        {...sides(matrix)}
        values={matrix.values(values)}
        scale={valueScale(of, node, values)}
        tex={name(node)}
        lit={matrix.place(cell)}
        onCell={(at) => select(matrix.cell(Math.floor(at / matrix.columns), at % matrix.columns))}
      />
    );
  const range = (id: number, v: Values) => valueScale(of, a.node(id), v).range;
  if (node.op === 'matmul') {
    const [left, right] = node.inputs as [number, number];
    const [x, w] = [value(left), value(right)];
    const weight = a.node(right);
    if (!x || !w) return null;
    const { rows, columns } = dimensions(weight);
    const part = session.part.value;
    const now = session.operation.value;
    const under = part && now?.kind === 'forward' && now.node === node.id ? part : null;
    const row = under ? Math.min(under.cells, rows - 1) : cell;
    const term = explanation?.terms[0];
    return (
      <>
        <MatrixBlock
          theme={theme}
          weight={{
            values: w,
            rows,
            columns,
            tex: name(weight),
            range: range(right, w),
            name: rowNames(weight, text),
          }}
          vector={{ values: x, tex: name(a.node(left)), range: range(left, x) }}
          result={{
            values,
            tex: name(node),
            range: range(node.id, values),
            done: under ? under.cells + (under.terms >= columns ? 1 : 0) : rows,
            hidden,
          }}
          row={row}
          onRow={select}
        />
        {term && explanation.cell === row && !hidden(row) && (
          <DotProduct
            theme={theme}
            weights={term.partials}
            values={term.values}
            range={{ w: range(right, w), v: range(left, x) }}
            tex={{ weight: name(weight), value: name(a.node(left)) }}
            shown={under ? under.terms : null}
            of={`${node.id} ${row} ${frame.step}`}
          />
        )}
      </>
    );
  }
  if (node.op === 'embedding') {
    const table = a.node(node.inputs[0] as number);
    const w = value(table.id);
    const token = kind.picked(a, node, cell);
    if (!w || token === null) return null;
    const { columns: length } = dimensions(node);
    const first = length > 1 ? cell - (cell % length) : 0; // of several words the row that is looked at
    const columns = drawn(table, text);
    const x = name(a.node(node.inputs[1] as number));
    return (
      <>
        <EmbeddingBlock
          theme={theme}
          table={{ drawn: columns, values: columns.values(w), tex: name(table) }}
          token={{ at: token, tex: x, name: (i) => mark(text(i)) }}
          result={{
            values: length > 1 ? values.subarray(first, first + length) : values,
            tex: length > 1 ? `${name(node)}_{${first / length + 1}}` : name(node),
            hidden: (i) => hidden(first + i),
          }}
          scale={valueScale(of, node, w)}
          row={cell - first}
          onTable={(c) => session.select({ node: table.id, cell: c })}
          onRow={(row) => select(first + row)}
        />
        <p class="filled">
          <M tex={x} /> {t('inspector.lookup', { column: token + 1, letter: bare(text(token)) })}
        </p>
      </>
    );
  }
  const inputs = node.inputs.map((id) => a.node(id)).filter((i) => i.dtype !== 'index');
  const items: Item[] = inputs.flatMap((input, k) => {
    const v = value(input.id);
    return v && v.length > 1
      ? [
          {
            tex: inputName(kind, a, node, input, n),
            values: partIn(kind, a, node, input, v),
            frame: frameOf(input),
            range: range(input.id, v),
            digits: 3,
            share: isShare(of, input),
            ...(k ? { before: SIGNS[node.op] ?? '+' } : {}),
          },
        ]
      : [];
  });
  if (values.length > 1)
    items.push({
      tex: name(node),
      values,
      frame: frameOf(node),
      range: range(node.id, values),
      share: isShare(of, node),
      ...(items.length ? { before: node.op === 'add' || node.op === 'mul' ? '=' : '→' } : {}),
      chip: node.role !== 'parameter',
      hidden,
    });
  if (!items.length) return null;
  const names = rowNames(node.op === 'nll' ? (inputs[0] ?? node) : node, text);
  return (
    <ColumnsBlock
      theme={theme}
      items={items}
      {...(squeezeOf(functionOf(kind, a, node)) ? { each: 18 } : {})} // its curve stands under it
      row={node.op === 'nll' ? (kind.picked(a, node, cell) ?? 0) : cell}
      {...(names ? { names } : {})}
      onRow={select}
    />
  );
}
