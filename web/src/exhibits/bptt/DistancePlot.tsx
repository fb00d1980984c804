import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { type Box, useBox } from '../../draw/box';
import { exponent, plain } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { t } from '../../i18n';
import type { Notation } from '../../session/types';
import type { Sizes } from './reach';
import { apart, decades, lettersAt, powers, SPAN } from './scale';

const LEFT = 46; // in rem/16
const RIGHT = 78; // names at the lines' ends
const TOP = 26;
const BOTTOM = 36; // and a line for each row of letters
const LINE = 14;

/** The three lines, told apart by dash and name. */
export const LINES = [
  { of: 'rnn', class: 'l-ink' },
  { of: 'lstm', class: 'l-ink dash' },
  { of: 'cell', class: 'l-ink bptt-dots' },
] as const;

interface Props {
  now: Sizes;
  first: Sizes | null;
  letters: string[]; // read at each distance
  notation: Notation;
}

/** Size of the gradient against distance, on a log axis. */
export function DistancePlot(props: Props) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="bptt-distance-plot" ref={area}>
      {box && <Drawing {...props} box={box} />}
    </div>
  );
}

function Drawing({ now, first, letters, notation, box }: Props & { box: Box }) {
  const { width, height } = box;
  const ghost = first && first.step !== now.step ? first : null;
  const all = LINES.flatMap(({ of }) => [...now[of], ...(ghost?.[of] ?? [])]);
  const range = decades(all);
  const steps = now.rnn.length - 1;
  const x = (distance: number) => LEFT + (distance / Math.max(1, steps)) * (width - LEFT - RIGHT);
  const pitch = x(1) - x(0);
  const { every: spelled, rows } = lettersAt(pitch);
  const bottom = height - BOTTOM - rows * LINE;
  const y = (size: number) => bottom - ((Math.log10(size) - range[0]) / (range[1] - range[0])) * (bottom - TOP);
  const pointed = useSignal<number | null>(null);
  const at = pointed.value !== null && pointed.value <= steps ? pointed.value : null;
  const ends = LINES.flatMap(({ of }) => {
    const last = now[of].findLastIndex(drawable);
    if (now[of].length === 0) return [];
    // Nothing that a log axis could show: its name stands where it would end.
    if (last < 0) return [{ of, x: x(steps), y: bottom, none: true }];
    return [{ of, x: x(last), y: y(now[of][last] as number), none: false }];
  });
  const heights = apart(
    ends.map((end) => end.y + 4),
    LINE,
    TOP + 4,
    bottom,
  );
  const every = pitch * 5 >= 24 ? 5 : 10;
  const size =
    notation === 'a'
      ? '|\\g{∂J}^{(T)}/∂\\a{h}^{(i)}|,  |\\g{∂J}^{(T)}/∂\\a{c}^{(i)}|'
      : '|\\g{∂J}_{T}/∂\\a{h}_{i}|,  |\\g{∂J}_{T}/∂\\a{c}_{i}|';
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('bptt.plot.label')}
      onPointerMove={(event) => {
        const edge = event.currentTarget.getBoundingClientRect();
        const distance = Math.round(((event.clientX - edge.left) / box.unit - LEFT) / pitch);
        pointed.value = distance >= 0 && distance <= steps ? distance : null;
      }}
      onPointerLeave={() => {
        pointed.value = null;
      }}
    >
      <MathLabel x={0} y={13} tex={size} size={15} anchor="start" />
      {powers(range, Math.floor((bottom - TOP) / 22)).map((power) => {
        const at = bottom - ((power - range[0]) / (range[1] - range[0])) * (bottom - TOP);
        return (
          <g key={power}>
            <path class="l-rule" d={`M${LEFT} ${at}H${width - RIGHT}`} />
            <text class="t12 t2 end" x={LEFT - 6} y={at + 4}>
              {power === 0 ? '1' : exponent(10 ** power, 0).replace('1·', '')}
            </text>
          </g>
        );
      })}
      {Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every).map((distance) => (
        <g key={distance}>
          <path class="l-edge" d={`M${x(distance)} ${bottom}v4`} />
          <text class="t12 t2 mid" x={x(distance)} y={bottom + 17}>
            {distance}
          </text>
        </g>
      ))}
      {letters.map(
        (letter, distance) =>
          distance % spelled === 0 && (
            <text
              key={`${distance} ${letter}`}
              class="t12 t3 mid mono letter"
              x={x(distance)}
              y={bottom + 31 + ((distance / spelled) % rows) * LINE}
            >
              {letter}
            </text>
          ),
      )}
      <text class="t12 t2" x={LEFT} y={height - 3}>
        {t('bptt.plot.distance')}
      </text>
      {ghost && (
        <text class="t12 t3 end" x={width - RIGHT} y={13}>
          {t('bptt.plot.first')}
        </text>
      )}
      {steps >= SPAN && <path class="l-edge dash bptt-span" d={`M${x(SPAN)} ${TOP}V${bottom}`} />}
      {ghost &&
        LINES.map(({ of, class: line }) => <path key={of} class={`${line} bptt-ghost`} d={path(ghost[of], x, y)} />)}
      {LINES.map(({ of, class: line }) => (
        <path key={of} class={line} d={path(now[of], x, y)} />
      ))}
      {at !== null && (
        <g>
          <path class="l-ink bptt-span" d={`M${x(at)} ${TOP}V${bottom}`} />
          {LINES.map(({ of }, i) => (
            <text
              key={of}
              class={`t12 b halo-paper${at > steps / 2 ? ' end' : ''}`}
              x={x(at) + (at > steps / 2 ? -6 : 6)}
              y={bottom - 6 - (LINES.length - i - 1) * LINE}
            >
              {t('bptt.plot.value', { line: t(`bptt.line.${of}`), value: plain(now[of][at] ?? Number.NaN, 3) })}
            </text>
          ))}
        </g>
      )}
      {ends.map((end, i) => (
        <text key={end.of} class="t13 b" x={end.x + 7} y={heights[i]}>
          {end.none ? t('bptt.line.none', { line: t(`bptt.line.${end.of}`) }) : t(`bptt.line.${end.of}`)}
        </text>
      ))}
    </svg>
  );
}

const drawable = (size: number) => size > 0 && Number.isFinite(size);

/** Broken where a size is 0 or no number: neither has a place on a log axis. */
function path(sizes: readonly number[], x: (distance: number) => number, y: (size: number) => number): string {
  let pen = 'M';
  let d = '';
  sizes.forEach((size, distance) => {
    if (!drawable(size)) pen = 'M';
    else {
      d += `${pen}${x(distance).toFixed(1)} ${y(size).toFixed(1)}`;
      pen = 'L';
    }
  });
  return d;
}
