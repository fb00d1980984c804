// A moment of the walk term by term: each letter over its number, in a cell of its colour.
import type { Theme } from '../../draw/colour';
import { signShade } from '../../draw/colour';
import { fixed, niceRange } from '../../draw/format';
import { M } from '../../draw/Math';
import type { Moment } from './moments';
import type { Piece, Term } from './terms';
import './units.css';

export function TermRows({ theme, moment, rows }: { theme: Theme; moment: Moment; rows: Piece[][] }) {
  const range = (role: Term['role']) =>
    niceRange(
      Math.max(
        0,
        ...rows.flat().map((one) => (typeof one !== 'string' && one.role === role ? Math.abs(one.value) : 0)),
      ),
    );
  const ranges = { a: range('a'), p: range('p'), g: range('g') };
  const isGradient = ['deltas', 'delta', 'derivative'].includes(moment.kind);
  return (
    <>
      {rows.map((row, i) => (
        <span key={i} class="terms-row">
          {row.map((one, k) =>
            typeof one === 'string' ? (
              <i key={k} class="terms-sign">
                {one}
              </i>
            ) : (
              <span key={k} class={`terms-term role-${one.role}`}>
                <M tex={one.tex} />
                <b
                  class="num"
                  style={{
                    background: signShade(theme, one.value, ranges[one.role]).fill,
                    color: signShade(theme, one.value, ranges[one.role]).ink,
                  }}
                >
                  {fixed(one.value, (k === 0 ? 2 : 3) + (isGradient ? 1 : 0))}
                </b>
              </span>
            ),
          )}
        </span>
      ))}
    </>
  );
}
