import { computed, type ReadonlySignal } from '@preact/signals';
import { useTheme } from '../draw/box';
import { rampShade, signShade } from '../draw/colour';
import { fit, folds, forgets, looks, map, neck, reaches, rows, shares, states, waits } from './states';

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

const Void = () => <rect class="void" x={2} y={3} width={68} height={42} />;

/** Weights: a row for each word that looks, a column for each that is looked at. */
function Looks({ theme: seen, known }: { theme: string; known: number[][] | null }) {
  const theme = useTheme(seen);
  if (!known) return <Void />;
  const height = 42 / known.length;
  return (
    <>
      {known.flatMap((weights, i) =>
        weights.map((weight, j) => (
          <rect
            key={`${i} ${j}`}
            class="c"
            x={2 + (j * 68) / weights.length}
            y={3 + i * height}
            width={68 / weights.length - 1.5}
            height={height - 1.5}
            fill={rampShade(theme, theme.share, weight, 1).fill}
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

const row = (count: number, draw: (i: number) => string) => Array.from({ length: count }, (_, i) => draw(i)).join('');
const box = (x: number, y: number, w: number, h: number) => `M${x} ${y}h${w}v${h}h${-w}z`;
const ring = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/** Shapes only: no bar, colour or curve here stands for a number. */
const SIGNS: Record<string, string> = {
  descent: `${ring(36, 24, 4)}M36 13c16 0 24 5 24 11s-8 11-24 11-24-5-24-11 8-11 24-11M36 5c24 0 33 10 33 19s-9 19-33 19S3 33 3 24 12 5 36 5`,
  backprop: `${ring(12, 24, 5)}${ring(36, 12, 5)}${ring(36, 36, 5)}${ring(60, 24, 5)}M17 22L31 14M17 26L31 34M41 14L55 22M41 34L55 26`,
  'next-word': `${row(3, (i) => box(4 + i * 15, 30, 11, 11))}M50 35h8m-3-4l4 4-4 4M64 28v16`,
  tasks:
    row(4, (i) => box(6 + i * 17, 19, 10, 10)) +
    'M11 42V31M11 17V6M28 17V6M45 42V31M62 42V31M62 17V6M16 24h7M33 24h7M50 24h7',
  ball: `M4 44h64M8 10q12 0 16 34q10-30 20-30t18 26${ring(62, 38, 4)}`,
  music:
    row(5, (i) => `M4 ${12 + i * 6}h64`) +
    `${ring(18, 33, 3)}M21 33V16${ring(38, 27, 3)}M41 27V10${ring(56, 30, 3)}M59 30V13`,
  block: `M8 44V4M8 38h22M30 30h26v14H30zM30 6h26v14H30zM8 14h22M56 37h8V26H8`,
  gpt: row(6, (i) => row(i + 1, (j) => box(14 + j * 8, 2 + i * 7.4, 6, 5.4))),
  translator:
    row(4, (i) => box(4, 4 + i * 11, 16, 8) + box(52, 4 + i * 11, 16, 8)) +
    'M20 8L52 19M20 19L52 8M20 30L52 30M20 41L52 41',
  caption: `${row(3, (i) => row(3, (j) => box(8 + j * 12, 6 + i * 12, 12, 12)))}M52 14h16M52 24h12M52 34h14`,
  elsewhere: 'M6 40V20M14 40V28M22 40V12M30 40V24M40 12h26v28H40zM40 21h26M40 31h26M49 12v28M58 12v28',
};
