import { plain } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';
import { t } from '../i18n/index.ts';
import { stopOf } from '../stage/stops.ts';
import { gradientState, hasValue } from '../stage/tape.ts';
import { bare } from '../stage/tokens.ts';
import type { Inspected } from './context.ts';
import { drawn } from './matrix.ts';

interface Field {
  tex: string;
  node: number;
  what: 'value' | 'grad';
  values: ArrayLike<number> | null;
}

/** The twin of what is drawn: of a vector all that stands beside it in its step, of a matrix the lit row. */
export function TableView({ session, kind, anatomy: a, schema, frame, node, cell, text }: Inspected) {
  const n = session.notation.value;
  const matrix = drawn(node, text);
  const beside = (a.stops[stopOf(a.stops, node)]?.shown ?? []).filter(
    (m) => m.shape.join() === node.shape.join() && m.role !== 'parameter',
  );
  const nodes = beside.some((m) => m.id === node.id) ? beside : [node];
  const wide = matrix.columns > 1;
  const { row } = matrix.place(cell);
  const count = wide ? matrix.columns : matrix.rows;
  const cellAt = (i: number) => (wide ? matrix.cell(row, i) : i);
  const tex = (id: number) => kind.symbol(a, a.node(id), n);
  const fields: Field[] = nodes.map((m) => ({
    tex: tex(m.id),
    node: m.id,
    what: 'value',
    values: hasValue(m, frame.position) ? frame.values(m.id, 'value') : null,
  }));
  if (gradientState(a, node, frame.position, schema.forward) !== 'none' && frame.position > schema.forward)
    fields.push({
      tex: `\\g{∂J}/∂${tex(node.id)}`,
      node: node.id,
      what: 'grad',
      values: frame.values(node.id, 'grad'),
    });
  const nameOf = (i: number) => {
    if (wide) return matrix.columnName ? bare(text(i)) : i + 1;
    return node.axes.endsWith('V') ? bare(text(i)) : i + 1;
  };
  return (
    <>
      {wide && (
        <div class="stepper">
          <button
            type="button"
            class="btn small"
            disabled={row === 0}
            onClick={() => session.select({ node: node.id, cell: matrix.cell(row - 1, 0) })}
          >
            ‹
          </button>
          <span class="num">{t('inspector.row', { row: row + 1, of: matrix.rows })}</span>
          <button
            type="button"
            class="btn small"
            disabled={row + 1 >= matrix.rows}
            onClick={() => session.select({ node: node.id, cell: matrix.cell(row + 1, 0) })}
          >
            ›
          </button>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={node.path}>
        <table class="twin num">
          <caption>{t('inspector.table.caption', { path: node.path })}</caption>
          <thead>
            <tr>
              <th scope="col">{t(wide ? 'inspector.column' : 'inspector.unit')}</th>
              {fields.map((f) => (
                <th scope="col" key={`${f.node} ${f.what}`}>
                  <M tex={f.tex} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: count }, (_, i) => [i, cellAt(i)] as const).map(([i, c]) => (
              <tr key={c} class={c === cell ? 'lit' : ''} aria-current={c === cell ? 'true' : undefined}>
                <th scope="row">{nameOf(i)}</th>
                {fields.map((f) => (
                  <td key={`${f.node} ${f.what}`}>
                    {!f.values ? '·' : session.isAsked(f.node, c, f.what) ? '?' : plain(f.values[c] ?? Number.NaN, 4)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
