// Where the number of a cell comes from, drawn: lines from the cells that made it, and what is now, pointed at, asked.

import type { Explanation, Part } from '../session/types.ts';
import { cellBox, placeOf, type Scene, type VectorMark } from './scene.ts';

interface Spot {
  x: number;
  y: number;
  w: number;
  h: number;
}
const spot: (mark: VectorMark, cell: number) => Spot = cellBox;

const THIN = 18; // from here on a wide frame stays clear of the digits of the rows beside it
const ROW = 18; // in a lower one the mark of a question fills all of it
const THINNER = 13; // and below this one needs all the room between them

/** Cells of a row that stand side by side, in one frame. */
const inRuns = (cells: readonly Spot[]): Spot[] =>
  cells.reduce<Spot[]>((runs, { x, y, w, h }) => {
    const last = runs.at(-1);
    const joins = last && last.y === y && last.h === h && Math.abs(last.x + last.w - x) < 0.5;
    return joins ? [...runs.slice(0, -1), { ...last, w: x + w - last.x }] : [...runs, { x, y, w, h }];
  }, []);

/** Ink on a paper halo, so that it is seen on any fill; thinner where the row is thin. */
export function NowBox({ x, y, w, h }: Spot) {
  const thin = h < THIN;
  const thinner = h < THINNER;
  const d = thinner ? 0.25 : thin ? 0.5 : 1.5;
  const box = { x: x - d, y: y - d, width: w + 2 * d, height: h + 2 * d, rx: thin ? 2 : 3 };
  return (
    <g>
      <rect class="halo" {...box} style={thin ? { strokeWidth: thinner ? 1.5 : 3 } : undefined} />
      <rect class="nowbox" {...box} style={thin ? { strokeWidth: thinner ? 1.5 : 2 } : undefined} />
    </g>
  );
}

/** Within the cell; where the row is thin, around it, since within it would go through the digits. */
function Outline({ x, y, w, h }: Spot) {
  const thin = h < THIN;
  const d = thin ? 0.5 : -1;
  return (
    <rect
      class="l-ink"
      x={x - d}
      y={y - d}
      width={Math.max(0, w + 2 * d)}
      height={Math.max(1, h + 2 * d)}
      style={thin ? { strokeWidth: 1.5 } : undefined}
    />
  );
}

function curve(from: Spot, to: Spot): string {
  const right = from.x + from.w <= to.x;
  const left = from.x >= to.x + to.w;
  const fy = from.y + from.h / 2;
  const ty = to.y + to.h / 2;
  if (!right && !left) {
    // one above the other: round the left side, so that no figure is crossed
    const [x1, x2] = [from.x - 2, to.x - 4];
    const out = Math.min(x1, x2) - 12;
    return `M${x1} ${fy}C${out} ${fy} ${out} ${ty} ${x2} ${ty}`;
  }
  const x1 = right ? from.x + from.w + 2 : from.x - 2;
  const x2 = right ? to.x - 4 : to.x + to.w + 4;
  return `M${x1} ${fy}C${x1 + (x2 - x1) * 0.55} ${fy} ${x1 + (x2 - x1) * 0.45} ${ty} ${x2} ${ty}`;
}

/** Of a weight that is looked at: its gradient, and the cell in it and in each of its terms. */
export function weightOf(scene: Scene, at: { node: number; cell: number }): { whole: Spot; cells: Spot[] } | null {
  const sum = scene.matrices.find((m) => m.node === at.node && m.what === 'grad');
  if (!sum) return null;
  const cells = scene.matrices.flatMap((m): Spot[] => {
    if (!m.shown) return [];
    const [w, h] = [m.size / m.columns, m.size / m.rows];
    const [row, column] = [Math.floor(at.cell / m.columns), at.cell % m.columns];
    return [{ x: m.x + column * w, y: m.y + row * h, w, h }];
  });
  return { whole: { x: sum.x, y: sum.y, w: sum.size, h: sum.size }, cells };
}

export interface SourcesProps {
  scene: Scene;
  explanation: Explanation | null;
  part: Part | null;
  pointed: { node: number; cell: number } | null;
  askedAt: (mark: VectorMark, cell: number) => 'no' | 'asked' | 'revealed';
}

export function Sources({ scene, explanation, part, pointed, askedAt }: SourcesProps) {
  const drawn = (node: number) => scene.vectors.filter((v) => v.node === node);
  const all: { d: string; strength: number }[] = [];
  const outlines: Spot[] = [];
  const covers = (mark: VectorMark, cell: number) => cell >= mark.from && cell - mark.from < mark.rows.y.length;
  const target = explanation
    ? scene.now && scene.now.mark.node === explanation.node && covers(scene.now.mark, explanation.cell)
      ? scene.now.mark
      : placeOf(scene, explanation.node, explanation.cell)?.mark
    : undefined;
  const equation = scene.now && scene.now.mark.shown === 'gradient';
  if (explanation && target && !equation) {
    const to = spot(target, explanation.cell - target.from);
    const sizes = explanation.terms.flatMap((t) =>
      t.cells.map((_, k) => Math.abs((t.values[k] ?? 1) * (t.partials[k] ?? 1))),
    );
    const most = Math.max(1e-12, ...sizes);
    for (const term of explanation.terms) {
      // they are its lines, both ways
      if (scene.ribbons.some(({ node }) => node === term.node || node === explanation.node)) continue;
      const shown =
        part && explanation.direction === 'forward' && scene.now?.mark === target ? part.terms : term.cells.length;
      term.cells.slice(0, Math.max(0, shown)).forEach((c, k) => {
        const from = drawn(term.node).find((mark) => covers(mark, c));
        if (!from) return;
        const source = spot(from, c - from.from);
        if (scene.tabular) {
          outlines.push(source);
          return;
        }
        if (term.cells.length > 1)
          all.push({
            d: curve(source, to),
            strength: Math.abs((term.values[k] ?? 1) * (term.partials[k] ?? 1)) / most,
          });
        if (term.cells.length === 1 && source.h >= 8) outlines.push(source);
      });
    }
  }
  // of very many, the strongest say it
  const lines = all.length > 40 ? all.toSorted((x, y) => y.strength - x.strength).slice(0, 32) : all;
  const point =
    pointed &&
    drawn(pointed.node).map((mark) => (covers(mark, pointed.cell) ? spot(mark, pointed.cell - mark.from) : null));
  const weight = pointed && weightOf(scene, pointed);
  const asked = scene.vectors.flatMap((mark) =>
    mark.rows.y.flatMap((_, row) => {
      const state = askedAt(mark, mark.from + row);
      return state === 'no' ? [] : [{ ...spot(mark, row), state }];
    }),
  );
  return (
    <g class="sources">
      {lines.map(({ d, strength }, i) => (
        <path
          key={i}
          d={d}
          fill="none"
          style={{
            stroke: 'var(--ink)',
            strokeWidth: (lines.length > 24 ? 0.5 : 0.9) + strength * 1.8,
            opacity: 0.22 + 0.7 * strength,
          }}
        />
      ))}
      {inRuns(outlines).map((s, i) => (
        <Outline key={i} {...s} />
      ))}
      {weight ? (
        <>
          <NowBox {...weight.whole} />
          {weight.cells.map((s, i) => (
            <Outline key={`w${i}`} {...s} />
          ))}
        </>
      ) : (
        <>
          {scene.now?.from.map((mark, i) => (
            <Outline key={`f${i}`} {...spot(mark, scene.now?.cell ?? 0)} />
          ))}
          {scene.now && <NowBox {...spot(scene.now.mark, scene.now.cell)} />}
        </>
      )}
      {point?.map((s, i) => s && <Outline key={`p${i}`} {...s} />)}
      {asked.map((s, i) => (
        <g key={`a${i}`}>
          <rect
            class={s.state === 'asked' ? 'asked f-paper' : 'asked'}
            x={s.x + 1}
            y={s.y + (s.h < ROW ? 0.5 : 1.5)}
            width={s.w - 2}
            height={Math.max(2, s.h - (s.h < ROW ? 1 : 3))}
            rx={2}
          />
          {s.state === 'asked' && s.h >= 10 && (
            <text
              class="b mid"
              x={s.x + s.w / 2}
              y={s.y + s.h / 2 + (s.h < ROW ? 4 : 5)}
              style={{ fontSize: s.h < ROW ? '12px' : '14px' }}
            >
              ?
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
