// The table of places as a picture: a row a place, a column a number of it; the wave of the column at its side, the row
// as bars beneath.
import { useMemo, useRef } from 'preact/hooks';
import { type Box, useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { PLACES, WIDTH } from './lab';
import type { Places, Table } from './places';

const LEFT = 26; // in rem/16: names of the rows
const TOP = 18; // and of the columns
const GAP = 14;
const BARS = 40;
const FOOT = 16;

export function Table32({ store, places }: { store: Store; places: Places }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const table = places.table.value;
  return (
    <div class="pos-area" ref={area}>
      {box && table && <Drawing box={box} table={table} places={places} theme={store.session.theme.value} />}
    </div>
  );
}

/** Every eighth, the first, and the one looked at, but none that would stand on another. */
export function ticks(count: number, at: number, room: number): number[] {
  const all = [1, ...Array.from({ length: count / 8 }, (_, i) => 8 * (i + 1))];
  return [...all.filter((one) => one === at || Math.abs(one - at) * room >= 20), ...(all.includes(at) ? [] : [at])];
}

function Drawing({ box, table, places, theme: seen }: { box: Box; table: Table; places: Places; theme: string }) {
  const theme = useTheme(seen);
  const { row, column } = places.lab.value;
  const [i, c] = [Number(row) - 1, Number(column) - 1];
  const { width, height } = box;
  const wave = width > 420 ? 92 : 64;
  const w = (width - LEFT - GAP - wave - 6) / WIDTH;
  const h = (height - TOP - BARS - FOOT - 10) / PLACES;
  const [right, bottom] = [LEFT + WIDTH * w, TOP + PLACES * h];
  const cells = useMemo(
    () =>
      Array.from(table.p, (value, k) => (
        <rect
          key={k}
          x={LEFT + (k % WIDTH) * w}
          y={TOP + Math.floor(k / WIDTH) * h}
          width={w - 0.5}
          height={h - 0.5}
          fill={table.none ? 'none' : signShade(theme, value, table.range.p).fill}
        />
      )),
    [table, theme, w, h],
  );
  const look = (event: PointerEvent) => {
    if (event.buttons === 0 && event.type === 'pointermove') return;
    const svg = event.currentTarget as SVGSVGElement;
    const bounds = svg.getBoundingClientRect();
    const x = ((event.clientX - bounds.left) / bounds.width) * width;
    const y = ((event.clientY - bounds.top) / bounds.height) * height;
    const [at, of] = [Math.floor((y - TOP) / h), Math.floor((x - LEFT) / w)];
    if (at < 0 || at >= PLACES || x < LEFT) return;
    places.set({ row: String(at + 1), ...(of < WIDTH ? { column: String(of + 1) } : {}) });
  };
  const name = (k: number) => String(table.place[k] ?? '');
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('positions.map.label', { place: name(i), column })}
      onPointerDown={look}
      onPointerMove={look}
    >
      {ticks(WIDTH, c + 1, w).map((one) => (
        <text key={one} class={one === c + 1 ? 't12 b mid' : 't12 t2 mid'} x={LEFT + (one - 0.5) * w} y={TOP - 5}>
          {one}
        </text>
      ))}
      {ticks(PLACES, i + 1, h).map((one) => (
        <text key={one} class={one === i + 1 ? 't12 b end' : 't12 t2 end'} x={LEFT - 5} y={TOP + (one - 0.5) * h + 4}>
          {name(one - 1)}
        </text>
      ))}
      {cells}
      <rect
        class={table.none ? 'pos-frame none' : 'pos-frame'}
        x={LEFT}
        y={TOP}
        width={WIDTH * w}
        height={PLACES * h}
      />
      {table.none && (
        <text class="t13 t2 mid" x={LEFT + (WIDTH * w) / 2} y={TOP + (PLACES * h) / 2}>
          {t('positions.taken-out')}
        </text>
      )}
      <rect class="pos-now" x={LEFT - 1} y={TOP + i * h - 1} width={WIDTH * w + 2} height={h + 1.5} />
      <rect class="pos-now" x={LEFT + c * w - 1} y={TOP - 1} width={w + 1.5} height={PLACES * h + 2} />
      <Wave table={table} row={i} column={c} left={right + GAP} width={wave} top={TOP} height={PLACES * h} />
      {!table.none && <path class="l-rule" d={`M${LEFT} ${bottom + 8 + BARS / 2}H${right}`} />}
      {!table.none &&
        Array.from({ length: WIDTH }, (_, k) => {
          const value = (table.p[i * WIDTH + k] ?? 0) / table.range.p;
          const tall = Math.abs(value) * (BARS / 2);
          return (
            <rect
              key={k}
              class={k === c ? 'f-ink' : 'f-edge'}
              x={LEFT + k * w + 1}
              y={bottom + 8 + BARS / 2 - (value > 0 ? tall : 0)}
              width={Math.max(1, w - 2.5)}
              height={Math.max(0.5, tall)}
            />
          );
        })}
      {!table.none && (
        <text class="t12 t2" x={LEFT} y={height - 2}>
          {t('positions.bars', { place: name(i) })}
        </text>
      )}
    </svg>
  );
}

interface WaveOf {
  table: Table;
  row: number;
  column: number;
  left: number;
  width: number;
  top: number;
  height: number;
}

/** On the rows of the table: the wave of the column, and its partner's. */
function Wave({ table, row, column, left, width, top, height }: WaveOf) {
  const middle = left + width / 2;
  const x = (value: number) => middle + (value / table.range.p) * (width / 2 - 5);
  if (!table.waves)
    return table.none ? null : (
      <g>
        <path class="l-rule" d={`M${middle} ${top}V${top + height}`} />
        {Array.from({ length: PLACES }, (_, i) => (
          <circle
            key={i}
            class={i === row ? 'f-ink' : 'f-edge'}
            cx={x(table.p[i * WIDTH + column] ?? 0)}
            cy={top + ((i + 0.5) * height) / PLACES}
            r={i === row ? 4 : 2}
          />
        ))}
      </g>
    );
  const count = table.fine.length;
  const pair = Math.floor(column / 2);
  const first = table.place[0] ?? 0;
  const y = (at: number) => top + ((at - first + 0.5) * height) / PLACES;
  const line = (values: Float64Array) =>
    Array.from({ length: count }, (_, k) => {
      const value = values[pair * count + k] ?? 0;
      return `${k ? 'L' : 'M'}${x(value).toFixed(1)} ${y(table.fine[k] ?? 0).toFixed(1)}`;
    }).join('');
  const sine = column % 2 === 0;
  const value = (c: number) => table.p[row * WIDTH + c] ?? 0;
  const at = y(table.place[row] ?? 0);
  return (
    <g>
      <path
        class="l-rule"
        d={`M${x(-1)} ${top}V${top + height}M${middle} ${top}V${top + height}M${x(1)} ${top}V${top + height}`}
      />
      <path class="l-ink pos-wave" d={line(sine ? table.sine : table.cosine)} />
      <path class="l-ink dash pos-partner" d={line(sine ? table.cosine : table.sine)} />
      <circle class="f-paper pos-ring" cx={x(value(2 * pair + (sine ? 1 : 0)))} cy={at} r={3.5} />
      <circle class="f-ink" cx={x(value(column))} cy={at} r={4.5} />
      {[-1, 0, 1].map((one) => (
        <text key={one} class="t12 t2 mid" x={x(one)} y={top + height + 16}>
          {one < 0 ? '−1' : one > 0 ? '+1' : '0'}
        </text>
      ))}
      <text class="t12 t2 mid" x={middle} y={top - 5}>
        {t(sine ? 'positions.wave.sine' : 'positions.wave.cosine')}
      </text>
    </g>
  );
}
