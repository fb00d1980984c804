// How alike two places are: p_i · p_j by how far they are apart, from three places.
import { useRef } from 'preact/hooks';
import { type Box, useBox } from '../../draw/box';
import { fixed, niceRange } from '../../draw/format';
import { t } from '../../i18n';
import { PLACES } from './lab';
import type { Places, Table } from './places';

const LEFT = 30; // in rem/16
const TOP = 22;
const FOOT = 32;

export function Dots({ places, covered }: { places: Places; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const table = places.table.value;
  return (
    <div class="pos-dots">
      <div class="pos-area" ref={area}>
        {box && table && !covered && !table.none && <Drawing box={box} table={table} />}
      </div>
      {covered ? (
        <p class="small dim">{t('positions.covered')}</p>
      ) : table?.none ? (
        <p class="small dim">{t('positions.dots.none')}</p>
      ) : (
        <p class="small dim">{t(table?.waves ? 'positions.dots.same' : 'positions.dots.random')}</p>
      )}
    </div>
  );
}

function Drawing({ box, table }: { box: Box; table: Table }) {
  const { width, height } = box;
  const all = Array.from(table.dot).filter(Number.isFinite);
  const most = niceRange(Math.max(...all));
  const least = Math.min(0, ...all) < 0 ? -niceRange(-Math.min(...all)) : 0;
  const bottom = height - FOOT;
  const x = (apart: number) => LEFT + (apart / (PLACES - 1)) * (width - LEFT - 8);
  const y = (value: number) => bottom - ((value - least) / (most - least)) * (bottom - TOP);
  const line = (from: number) =>
    Array.from({ length: PLACES }, (_, d) => [d, table.dot[from * PLACES + d] ?? Number.NaN] as const).filter(
      ([, value]) => Number.isFinite(value),
    );
  const names = [0, 3, 6].map((k) => String(table.place[k] ?? ''));
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('positions.dots.label')}>
      <text class="t12 b" x={0} y={12}>
        {t('positions.dots')}
      </text>
      {[least, 0, most]
        .filter((one, k, list) => list.indexOf(one) === k)
        .map((one) => (
          <g key={one}>
            <path class="l-rule" d={`M${LEFT} ${y(one)}H${width - 8}`} />
            <text class="t12 t2 end" x={LEFT - 5} y={y(one) + 4}>
              {fixed(one, 0)}
            </text>
          </g>
        ))}
      {[0, 8, 16, 24].map((d) => (
        <text key={d} class="t12 t2 mid" x={x(d)} y={bottom + 14}>
          {d}
        </text>
      ))}
      <text class="t12 t2 end" x={width - 4} y={height - 3}>
        {t('positions.dots.apart')}
      </text>
      {[0, 1, 2].map((from) => (
        <g key={from}>
          {from === 0 && (
            <path
              class="l-ink"
              d={line(0)
                .map(([d, v], k) => `${k ? 'L' : 'M'}${x(d).toFixed(1)} ${y(v).toFixed(1)}`)
                .join('')}
            />
          )}
          {line(from).map(([d, v]) => (
            <circle
              key={d}
              class={from === 0 ? 'f-ink' : from === 1 ? 'f-paper pos-ring' : 'pos-ring open'}
              cx={x(d)}
              cy={y(v)}
              r={from === 0 ? 2.2 : from === 1 ? 3.2 : 4.6}
            />
          ))}
        </g>
      ))}
      <title>
        {t('positions.dots.from', { first: names[0] ?? '', second: names[1] ?? '', third: names[2] ?? '' })}
      </title>
    </svg>
  );
}
