// What a longer text costs, three times: steps, products, time. Each has its own axis: they are different things.
import { useRef } from 'preact/hooks';
import { type Box, useBox } from '../../draw/box';
import { exponent, plain, whole } from '../../draw/format';
import { t } from '../../i18n';
import { apart, decades } from '../bptt/scale';
import { LENGTHS, NETS, type Net } from './lab';
import type { Point, Readers } from './readers';
import { nameOfNet } from './Tapes';

/** Where a size stands between two powers of ten, 0 to 1. */
const place = (value: number, [low, high]: readonly [number, number]) => (Math.log10(value) - low) / (high - low);
const SPAN: [number, number] = [Math.log10(LENGTHS[0] as number), Math.log10(LENGTHS.at(-1) as number)];
const LEFT = 42; // in rem/16
const RIGHT = 74; // names at the lines' ends
const TOP = 22;
const BOTTOM = 18;

type Kind = 'steps' | 'products' | 'milliseconds';
export const KINDS: Kind[] = ['steps', 'products', 'milliseconds'];
const LINE: Record<Net, string> = { recurrent: 'l-ink dash', attention: 'l-ink' };

/** "36", "9.2·10⁵", "0.031" */
export function sizeText(kind: Kind, value: number): string {
  if (Number.isNaN(value)) return '…';
  if (kind === 'milliseconds') return value >= 100 ? whole(value) : plain(value, value >= 10 ? 1 : value >= 1 ? 2 : 3);
  return value < 1e5 ? whole(value) : exponent(value, 1);
}

export function Plots({ readers }: { readers: Readers }) {
  return (
    <>
      {KINDS.map((kind) => (
        <Plot key={kind} kind={kind} readers={readers} />
      ))}
    </>
  );
}

function Plot({ kind, readers }: { kind: Kind; readers: Readers }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="cost" ref={area}>
      {box && <Drawing kind={kind} readers={readers} box={box} />}
    </div>
  );
}

function Drawing({ kind, readers, box }: { kind: Kind; readers: Readers; box: Box }) {
  const points = readers.points.value;
  const at = Number(readers.lab.value.length);
  const of = (net: Net) =>
    points[net].map((point: Point) => [point.length, point[kind]] as const).filter(([, size]) => Number.isFinite(size));
  const range = decades(
    NETS.flatMap((net) => of(net).map(([, size]) => size)),
    2,
  );
  const { width, height } = box;
  const bottom = height - BOTTOM;
  const x = (length: number) => LEFT + place(length, SPAN) * (width - LEFT - RIGHT);
  const y = (size: number) => bottom - place(size, range) * (bottom - TOP);
  const ends = NETS.flatMap((net) => {
    const last = of(net).at(-1);
    return last ? [{ net, x: x(last[0]), y: y(last[1]) + 4 }] : [];
  });
  const heights = apart(
    ends.map((end) => end.y),
    13,
    TOP + 6,
    bottom,
  );
  const every = range[1] - range[0] > 4 ? 2 : 1;
  const ticks = Array.from({ length: Math.floor((range[1] - range[0]) / every) + 1 }, (_, i) => range[0] + i * every);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t(`steps.plot.${kind}.label`)}>
      <text class="t13 b" x={0} y={13}>
        {t(`steps.plot.${kind}`)}
      </text>
      <text class="t12 t2 end" x={width} y={13}>
        {t(`steps.plot.${kind}.how`)}
      </text>
      {ticks.map((power) => (
        <g key={power}>
          <path class="l-rule" d={`M${LEFT} ${y(10 ** power)}H${width - RIGHT}`} />
          <text class="t12 t2 end" x={LEFT - 5} y={y(10 ** power) + 4}>
            {power >= -2 && power <= 3 ? String(10 ** power) : exponent(10 ** power, 0).replace('1·', '')}
          </text>
        </g>
      ))}
      {LENGTHS.map((length, i) => (
        <text key={length} class="t12 t2 mid" x={x(length)} y={height - 4}>
          {i % 2 === 0 ? length : ''}
        </text>
      ))}
      <path class="l-ink reading" d={`M${x(at)} ${TOP - 4}V${bottom}`} />
      {NETS.map((net) => (
        <g key={net}>
          <path
            class={LINE[net]}
            d={of(net)
              .map(([l, size], i) => `${i ? 'L' : 'M'}${x(l).toFixed(1)} ${y(size).toFixed(1)}`)
              .join('')}
          />
          {of(net).map(([length, size]) => (
            <circle
              key={length}
              class={net === 'attention' ? 'f-ink' : 'f-paper'}
              style={{ stroke: 'var(--ink)', strokeWidth: 1.5 }}
              cx={x(length)}
              cy={y(size)}
              r={2.8}
            />
          ))}
        </g>
      ))}
      {ends.map((end, i) => (
        <text key={end.net} class={end.net === 'attention' ? 't12 b' : 't12'} x={end.x + 7} y={heights[i]}>
          {t(`steps.net.${end.net}.short`)}
        </text>
      ))}
    </svg>
  );
}

/** The same in numbers. */
export function Costs({ readers }: { readers: Readers }) {
  const points = readers.points.value;
  const value = (net: Net, kind: Kind, i: number) => {
    const point = points[net][i];
    return point ? sizeText(kind, point[kind]) : '…';
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div class="numbers" tabIndex={0}>
      <table>
        <caption>{t('steps.table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('steps.table.length')}
            </th>
            {KINDS.map((kind) => (
              <th scope="colgroup" colSpan={2} key={kind}>
                {t(`steps.table.${kind}`)}
              </th>
            ))}
          </tr>
          <tr>
            {KINDS.flatMap((kind) =>
              NETS.map((net) => (
                <th scope="col" key={`${kind} ${net}`} aria-label={nameOfNet(net)}>
                  {t(`steps.net.${net}.brief`)}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {LENGTHS.map((length, i) => (
            <tr key={length} aria-current={String(length) === readers.lab.value.length || undefined}>
              <th scope="row">{length}</th>
              {KINDS.flatMap((kind) => NETS.map((net) => <td key={`${kind} ${net}`}>{value(net, kind, i)}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One length read off all three. */
export function AtLength({ readers }: { readers: Readers }) {
  const lab = readers.lab.value;
  const at = LENGTHS.indexOf(Number(lab.length));
  const points = readers.points.value;
  const row = (net: Net) => points[net][at];
  const rows: [string, (point: Point) => string][] = [
    ...KINDS.map((kind): [string, (point: Point) => string] => [
      t(`steps.at.${kind}`),
      (point) => sizeText(kind, point[kind]),
    ]),
    [t('steps.at.weights'), (point) => whole(point.weights)],
  ];
  return (
    <table class="at-length">
      <caption>{t('steps.at', { length: lab.length })}</caption>
      <thead>
        <tr>
          <td />
          {NETS.map((net) => (
            <th scope="col" key={net}>
              {t(`steps.net.${net}.short`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, say]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {NETS.map((net) => {
              const point = row(net);
              return <td key={net}>{point ? say(point) : '…'}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
