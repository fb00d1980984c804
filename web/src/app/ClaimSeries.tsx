// Of a claim's rows that are series, each part: of this seed as a line, of all seeds measured beforehand as the ground
// that they lie in. Those of one kind, along the same, are in one plot.
import { useRef } from 'preact/hooks';
import type { ClaimRow } from '../../../wasm/bridge/protocol';
import { useBox } from '../draw/box';
import { fixed, plain } from '../draw/format';
import type { Spread } from '../exhibits/types';
import { named, t } from '../i18n';
import { dashAt } from './ClaimCurves';

interface Line {
  name: string;
  points: [at: number, measured: number][];
  low: number[]; // over the seeds
  high: number[];
}
interface Group {
  along: string;
  of: string;
  lines: Line[];
}

/** The rows so far that are series, in groups. */
export function groupsOf(rows: ClaimRow[], spread: Spread): Group[] {
  const groups = new Map<string, Group>();
  for (const { name, along, of, series } of rows) {
    if (!along || !of || !series?.length) continue;
    const row = spread.rows.indexOf(name);
    const at = spread.series?.[row]?.at ?? [];
    const parts = spread.runs.flatMap(({ parts }) => parts?.[row] ?? []);
    const over = (pick: (...all: number[]) => number) =>
      series.map(([place]) => {
        const k = at.indexOf(place);
        return pick(...parts.filter((_, i) => i % at.length === k));
      });
    const key = [along, of, ...series.map(([place]) => place)].join(' ');
    const group = groups.get(key) ?? { along, of, lines: [] };
    group.lines.push({ name, points: series, low: over(Math.min), high: over(Math.max) });
    groups.set(key, group);
  }
  return [...groups.values()];
}

export function ClaimSeries({ rows, spread }: { rows: ClaimRow[]; spread: Spread }) {
  return (
    <>
      {groupsOf(rows, spread).map((group) => (
        <Series key={`${group.of} ${group.lines[0]?.name}`} group={group} seeds={spread.of} />
      ))}
    </>
  );
}

const short = (value: number) => (Math.abs(value) >= 10 || Number.isInteger(value) ? plain(value, 0) : fixed(value, 2));

function Series({ group: { along, of, lines }, seeds }: { group: Group; seeds: number }) {
  const title = t('claim.by', { of: named('row', of), along: named('row', along) });
  const places = lines[0]?.points.map(([at]) => at) ?? [];
  return (
    <div class="claim-curves">
      <p class="micro dim">{title}</p>
      <div class="plots">
        <Plot label={title} lines={lines} />
      </div>
      <ul>
        {lines.map(({ name }, i) => (
          <li key={name}>
            <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
              <path class="l-ink" d="M0 4H28" stroke-dasharray={dashAt(i)} />
            </svg>
            <span title={named('row', name)}>{named('row', name)}</span>
          </li>
        ))}
        <li>
          <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
            <path class="claim-ground" d="M0 0H28V8H0Z" />
          </svg>
          <span>{t('claim.spread', { of: seeds })}</span>
        </li>
      </ul>
      <table class="sr">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{named('row', along)}</th>
            {lines.map(({ name }) => (
              <th scope="col" key={name}>
                {named('row', name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((at, k) => (
            <tr key={at}>
              <th scope="row">{at}</th>
              {lines.map(({ name, points, low, high }) => (
                <td key={name}>
                  {t('claim.part', {
                    here: short(points[k]?.[1] ?? Number.NaN),
                    min: short(low[k] ?? Number.NaN),
                    max: short(high[k] ?? Number.NaN),
                  })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LEFT = 30; // of the numbers of the axis
const EDGE = 7;
const FOOT = 13; // of the places

function Plot({ label, lines }: { label: string; lines: Line[] }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  const places = lines[0]?.points.map(([at]) => at) ?? [];
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 1];
  const top = Math.max(1, ...lines.flatMap(({ points, high }) => [...points.map(([, y]) => y), ...high]));
  const x = (at: number) => LEFT + ((at - first) / Math.max(1, last - first)) * (width - LEFT - 8);
  const y = (value: number) => EDGE + (1 - value / top) * (height - EDGE - FOOT - 4);
  const way = (values: number[]) => values.map((value, k) => `${x(places[k] ?? 0).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <div class="plot-of series" ref={area} role="img" aria-label={label}>
      {box && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {lines.map(({ name, low, high }) => (
            <path
              key={name}
              class="claim-ground"
              d={`M${[...way(high), ...way(low).map((_, i, all) => all[all.length - 1 - i])].join('L')}Z`}
            />
          ))}
          {[top, 0].map((value) => (
            <g key={value}>
              <path class="l-rule" d={`M${LEFT} ${y(value)}H${width}`} />
              <text class="t12 t3 end" x={LEFT - 4} y={y(value) + 4}>
                {short(value)}
              </text>
            </g>
          ))}
          {[first, last].map((at, i) => (
            <text key={at} class={`t12 t3 ${i ? 'end' : 'mid'}`} x={x(at) + (i ? 6 : 0)} y={height - 2}>
              {at}
            </text>
          ))}
          {lines.map(({ name, points }, i) => (
            <path
              key={name}
              class="l-ink"
              stroke-dasharray={dashAt(i)}
              d={`M${way(points.map(([, value]) => value)).join('L')}`}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
