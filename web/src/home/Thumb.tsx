import { computed, type ReadonlySignal } from '@preact/signals';
import { useTheme } from '../draw/box';
import { rampShade, signShade } from '../draw/colour';
import {
  across,
  block,
  fit,
  flight,
  folds,
  forgets,
  guess,
  heads,
  looks,
  map,
  neck,
  reaches,
  rows,
  shares,
  states,
  WORD,
  waits,
} from './states';

/** The picture of a tile. What an exhibit has measured is drawn from its real values; one that is still to come has a
 *  plain sign of its shape, in ink, without any value in it. */
export function Thumb({ slug, theme }: { slug: string; theme: string }) {
  return (
    <svg viewBox="0 0 72 48" aria-hidden="true">
      {slug === 'bptt' ? (
        <Sizes known={reaches.value} />
      ) : slug === 'curve' ? (
        <Fitted known={fit.value} />
      ) : slug === 'meaning' ? (
        <Dots known={map.value} />
      ) : slug === 'attention' ? (
        <Looks theme={theme} known={looks.value} />
      ) : slug === 'qkv' ? (
        <Looks theme={theme} known={shares.value} />
      ) : slug === 'seq2seq' ? (
        <Neck theme={theme} known={neck.value} />
      ) : slug === 'depth' ? (
        <Folds known={folds.value} />
      ) : slug === 'steps' ? (
        <Waits known={waits.value} />
      ) : slug === 'next-word' ? (
        <Shares known={guess.value} />
      ) : slug === 'block' ? (
        <Added theme={theme} known={block.value} />
      ) : slug === 'gpt' ? (
        <Every theme={theme} known={heads.value} />
      ) : slug === 'translator' ? (
        <Across theme={theme} known={across.value} />
      ) : slug === 'ball' ? (
        <Thrown known={flight.value} />
      ) : VALUES[slug] ? (
        <Values theme={theme} known={VALUES[slug].value} />
      ) : (
        <path class="sign" d={SIGNS[slug] ?? ''} />
      )}
    </svg>
  );
}

/** States of the recurrent net; how much the LSTM keeps; the numbers of places, a place a row. */
const VALUES: Record<string, ReadonlySignal<number[][] | null>> = {
  rnn: states,
  lstm: forgets,
  positions: computed(() => turned(rows.value)),
};
const turned = (rows: number[][] | null) => rows && (rows[0] ?? []).map((_, c) => rows.map((row) => row[c] ?? 0));

function Values({ theme: seen, known }: { theme: string; known: number[][] | null }) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const width = 68 / known.length;
  return (
    <>
      {known.flatMap((state, t) =>
        state.map((value, j) => (
          <rect
            key={`${t} ${j}`}
            class="c"
            x={2 + t * width}
            y={3 + (j * 42) / state.length}
            width={width - (known.length > 8 ? 0.5 : 3)}
            height={42 / state.length}
            fill={signShade(theme, value, 1).fill}
          />
        )),
      )}
    </>
  );
}

/** From the picture's left to its right, from its foot to its top. */
function within(points: readonly number[][]): ([x, y]: number[]) => { x: number; y: number } {
  const side = (of: number) => {
    const all = points.map((point) => point[of] ?? 0);
    const least = Math.min(...all);
    return { least, size: Math.max(...all) - least || 1 };
  };
  const [across, up] = [side(0), side(1)];
  return ([x = 0, y = 0]) => ({
    x: 5 + (62 * (x - across.least)) / across.size,
    y: 44 - (40 * (y - up.least)) / up.size,
  });
}

/** Points, and the curve that was fitted to them. */
function Fitted({ known }: { known: { points: number[][]; curve: number[][] } | null }) {
  if (!known) return <Void />;
  const place = within([...known.points, ...known.curve]);
  const line = known.curve.map((one) => {
    const { x, y } = place(one);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <>
      <path class="sign" d={`M${line.join('L')}`} />
      <Circles at={known.points.map(place)} />
    </>
  );
}

/** Words where their vectors put them. */
function Dots({ known }: { known: number[][] | null }) {
  return known ? <Circles at={known.map(within(known))} /> : <Void />;
}

const Circles = ({ at }: { at: { x: number; y: number }[] }) => (
  <>
    {at.map(({ x, y }, i) => (
      <circle key={i} class="f-ink" cx={x} cy={y} r={1.8} />
    ))}
  </>
);

/** Sizes as bars, the largest as high as the picture. */
function Sizes({ known }: { known: number[] | null }) {
  if (!known) return <Void />;
  const most = Math.max(...known);
  const width = 68 / known.length;
  return (
    <>
      {known.map((size, i) => {
        const height = Math.max(1, (42 * size) / most);
        return <rect key={i} class="f-ink" x={2 + i * width} y={45 - height} width={width - 3} height={height} />;
      })}
    </>
  );
}

/** A line that a net has folded. */
function Folds({ known }: { known: number[][] | null }) {
  if (!known) return <Void />;
  return <path class="sign" d={`M${known.map(([x = 0, y = 0]) => `${4 + 64 * x} ${43 - 38 * y}`).join('L')}`} />;
}

/** A ball as it was shown, and as a net goes on with it, between floor and walls. */
function Thrown({ known }: { known: { seen: number[][]; own: number[][] } | null }) {
  if (!known) return <Void />;
  const place = ([x = 0, y = 0]: number[]) => ({ x: 4 + 64 * x, y: 44 - 52 * y });
  const line = known.own.map((one) => {
    const { x, y } = place(one);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <>
      <path class="sign" d={`M4 4V44H68V4M${line.join('L')}`} />
      <Circles at={known.seen.filter((_, i) => i % 3 === 0).map(place)} />
    </>
  );
}

const Void = () => <rect class="void" x={2} y={3} width={68} height={42} />;

/** Weights: a row for each word that looks, a column for each that is looked at. */
function Looks({ theme: seen, known }: { theme: string; known: number[][] | null }) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const shade = (weight: number) => rampShade(theme, theme.share, weight, 1).fill;
  return <Square rows={known} shade={shade} x={2} y={3} width={68} height={42} />;
}

interface Drawn {
  rows: number[][];
  shade: (value: number) => string;
  x: number;
  y: number;
  width: number;
  height: number;
}
/** A cell a number; where there is room, each with a rule round it. */
function Square({ rows, shade, x, y, width, height }: Drawn) {
  const [w, h] = [width / Math.max(...rows.map((row) => row.length)), height / rows.length];
  const gap = Math.min(w, h) > 4 ? 1.5 : 0;
  return (
    <>
      {rows.flatMap((row, i) =>
        row.map((value, j) => (
          <rect
            key={`${i} ${j}`}
            class={gap ? 'c' : 'fine'}
            x={x + j * w}
            y={y + i * h}
            width={w - gap}
            height={h - gap}
            fill={shade(value)}
          />
        )),
      )}
    </>
  );
}

/** States that read, the last of them in a frame, for it is all that is handed over; states that write. */
function Neck({ theme: seen, known }: { theme: string; known: { read: number[][]; written: number[][] } | null }) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const { read, written } = known;
  const gap = 6;
  const each = (68 - 2 * gap) / (read.length + written.length);
  const lower = 5; // how much lower those stand that are not handed over
  const left = (i: number) => 2 + i * each + (i >= read.length - 1 ? gap : 0) + (i >= read.length ? gap : 0);
  const last = read.length - 1;
  return (
    <>
      {[...read, ...written].flatMap((state, i) => {
        const top = i === last ? 3 : 3 + lower;
        const height = (45 - top - (i === last ? 0 : lower)) / state.length;
        return state.map((value, k) => (
          <rect
            key={`${i} ${k}`}
            class="c"
            x={left(i)}
            y={top + k * height}
            width={each - 1.5}
            height={height}
            fill={signShade(theme, value, 1).fill}
          />
        ));
      })}
      <path class="sign" d={box(left(last) - 2, 1.5, each + 2.5, 45)} />
    </>
  );
}

/** How many operations two nets do in each step, the first above. */
function Waits({ known }: { known: number[][] | null }) {
  if (!known) return <Void />;
  const most = Math.max(...known.flat());
  return (
    <>
      {known.flatMap((counts, lane) =>
        counts.map((count, step) => {
          const height = count > 0 ? Math.max(1.5, (19 * count) / most) : 0;
          const width = 68 / counts.length;
          return (
            <rect
              key={`${lane} ${step}`}
              class="f-ink"
              x={2 + step * width}
              y={22 + lane * 23 - height}
              width={width - 0.8}
              height={height}
            />
          );
        }),
      )}
    </>
  );
}

/** How likely each letter is to come next, the one that came dark and named. */
function Shares({ known }: { known: { p: number[]; came: number } | null }) {
  if (!known) return <Void />;
  const { p, came } = known;
  const most = Math.max(...p);
  const width = 68 / p.length;
  const x = 2 + came * width;
  return (
    <>
      {p.map((share, i) => {
        const height = Math.max(0.5, (32 * share) / most);
        const look = i === came ? 'f-ink' : 'f-edge';
        return <rect key={i} class={look} x={2 + i * width} y={45 - height} width={width - 0.8} height={height} />;
      })}
      <text class="t12 b mid" x={x + width / 2} y={41 - (32 * (p[came] ?? 0)) / most}>
        {WORD.at(-1)}
      </text>
    </>
  );
}

/** What attention brings is added to what goes past it. */
function Added({
  theme: seen,
  known,
}: {
  theme: string;
  known: { read: number[][]; heads: number[][][]; sum: number[][] } | null;
}) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const { read, heads, sum } = known;
  const most = Math.max(...[...read, ...sum].flat().map(Math.abs));
  const sign = (value: number) => signShade(theme, value, most).fill;
  const share = (weight: number) => rampShade(theme, theme.share, weight, 1).fill;
  const each = 37 / heads.length;
  return (
    <>
      <Square rows={read} shade={sign} x={2} y={6} width={16} height={29} />
      {heads.map((weights, i) => (
        <Square key={i} rows={past(weights)} shade={share} x={25} y={2 + i * each} width={17} height={each - 3} />
      ))}
      <Square rows={sum} shade={sign} x={54} y={6} width={16} height={29} />
      <path class="sign" d={`M10 35V44H48V24M20 20h3M44 20h1M51 20h1${ring(48, 20, 3.5)}M46 20h4M48 18v4`} />
    </>
  );
}
/** Without what the mask takes: a row looks at itself and those before it. */
const past = (weights: number[][]) => weights.map((row, i) => row.slice(0, i + 1));

/** Every head, a block a row. */
function Every({ theme: seen, known }: { theme: string; known: number[][][] | null }) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const share = (weight: number) => rampShade(theme, theme.share, weight, 1).fill;
  const across = known.length / 2;
  return (
    <>
      {known.map((weights, i) => (
        <Square
          key={i}
          rows={past(weights)}
          shade={share}
          x={3 + (i % across) * (68 / across)}
          y={3 + Math.floor(i / across) * 22}
          width={68 / across - 3}
          height={19.5}
        />
      ))}
    </>
  );
}

/** Words that were read, words that are written, and how much these look at those. */
function Across({ theme: seen, known }: { theme: string; known: number[][] | null }) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const place = (i: number, all: number) => 4 + ((i + 0.5) * 40) / all;
  const source = known[0]?.length ?? 1;
  const lines = known
    .flatMap((weights, i) => weights.map((weight, j) => ({ weight, i, j })))
    .sort((a, b) => a.weight - b.weight);
  return (
    <>
      {lines.map(({ weight, i, j }) => (
        <path
          key={`${i} ${j}`}
          class="link"
          d={`M20 ${place(j, source)}L52 ${place(i, known.length)}`}
          stroke={rampShade(theme, theme.share, weight, 1).fill}
          stroke-width={0.5 + 3 * weight}
        />
      ))}
      {Array.from({ length: source }, (_, j) => (
        <rect key={j} class="f-edge" x={4} y={place(j, source) - 2.5} width={16} height={5} />
      ))}
      {known.map((_, i) => (
        <rect key={i} class="f-ink" x={52} y={place(i, known.length) - 2.5} width={16} height={5} />
      ))}
    </>
  );
}

const row = (count: number, draw: (i: number) => string) => Array.from({ length: count }, (_, i) => draw(i)).join('');
const box = (x: number, y: number, w: number, h: number) => `M${x} ${y}h${w}v${h}h${-w}z`;
const ring = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/** Shapes only: no bar, colour or curve here stands for a number. */
const SIGNS: Record<string, string> = {
  descent: `${ring(36, 24, 4)}M36 13c16 0 24 5 24 11s-8 11-24 11-24-5-24-11 8-11 24-11M36 5c24 0 33 10 33 19s-9 19-33 19S3 33 3 24 12 5 36 5`,
  backprop: `${ring(12, 24, 5)}${ring(36, 12, 5)}${ring(36, 36, 5)}${ring(60, 24, 5)}M17 22L31 14M17 26L31 34M41 14L55 22M41 34L55 26`,
  tasks:
    row(4, (i) => box(6 + i * 17, 19, 10, 10)) +
    'M11 42V31M11 17V6M28 17V6M45 42V31M62 42V31M62 17V6M16 24h7M33 24h7M50 24h7',
  music:
    row(5, (i) => `M4 ${12 + i * 6}h64`) +
    `${ring(18, 33, 3)}M21 33V16${ring(38, 27, 3)}M41 27V10${ring(56, 30, 3)}M59 30V13`,
  caption: `${row(3, (i) => row(3, (j) => box(8 + j * 12, 6 + i * 12, 12, 12)))}M52 14h16M52 24h12M52 34h14`,
  elsewhere: 'M6 40V20M14 40V28M22 40V12M30 40V24M40 12h26v28H40zM40 21h26M40 31h26M49 12v28M58 12v28',
};
