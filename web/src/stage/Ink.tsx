// The ink of a scene: labels, chips, arrows, frames and figures. Colours are on the canvas beneath.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { type Ramp, rampShade, type Theme } from '../draw/colour.ts';
import { digitsFor, figureIn, figureWidth, numberIn, spelled } from '../draw/format.ts';
import { Chip, MathLabel, MathSpans } from '../draw/Math.tsx';
import { mathWidth, plainMath } from '../draw/math.ts';
import type { FrameView } from '../session/types.ts';
import { fitted, LETTER, widthOf } from './lines.ts';
import { type Hidden, halves, lowerValues, rangeOf, type Scales, shownValues } from './paint.ts';
import {
  type ArrowMark,
  type ChoiceMark,
  type LabelMark,
  type LineMark,
  markBox,
  type RibbonMark,
  type Scene,
  type VectorMark,
} from './scene.ts';
import { bare } from './tokens.ts';

function Arrow({ mark }: { mark: ArrowMark }) {
  const [x1, y1] = mark.from;
  const [x2, y2] = mark.to;
  const along = Math.atan2(y2 - y1, x2 - x1);
  const length = Math.hypot(x2 - x1, y2 - y1);
  const head = Math.min(7.5, length * 0.6);
  const point = (turn: number) =>
    `${(x2 + head * Math.cos(along + turn)).toFixed(1)} ${(y2 + head * Math.sin(along + turn)).toFixed(1)}`;
  const hot = mark.state === 'hot';
  return (
    <g>
      <path
        class={`wire${hot ? ' hot' : mark.state === 'ahead' ? ' off' : ''}`}
        d={`M${x1.toFixed(1)} ${y1.toFixed(1)}L${(x2 - head * 0.6 * Math.cos(along)).toFixed(1)} ${(y2 - head * 0.6 * Math.sin(along)).toFixed(1)}`}
      />
      <path class={hot ? 'f-ink' : 'f-edge'} d={`M${x2.toFixed(1)} ${y2.toFixed(1)}L${point(2.7)}L${point(-2.7)}Z`} />
    </g>
  );
}

function Label({ mark }: { mark: LabelMark }) {
  if (mark.over) {
    const half = Math.max(mathWidth(plainMath(mark.tex), mark.size), mathWidth(plainMath(mark.over), mark.size)) / 2;
    return (
      <g>
        <MathLabel x={mark.x} y={mark.y - mark.size - 3} tex={mark.over} size={mark.size} />
        <path class="l-edge" d={`M${mark.x - half} ${mark.y - mark.size + 1}h${2 * half}`} />
        <MathLabel x={mark.x} y={mark.y} tex={mark.tex} size={mark.size} />
      </g>
    );
  }
  if (mark.chip) return <Chip x={mark.x} y={mark.y} tex={mark.tex} size={mark.size} anchor={mark.anchor} />;
  if (!mark.face || mark.face === 'math')
    return (
      <MathLabel x={mark.x} y={mark.y} tex={mark.tex} size={mark.size} anchor={mark.anchor} dim={mark.dim ?? false} />
    );
  const look = `${mark.face === 'mono' ? 'mono' : ''}${mark.bold ? ' b' : ''}${mark.dim ? ' t3' : mark.quiet ? ' t2' : ''}${mark.halo ? ' haloed' : ''}`;
  return (
    <text x={mark.x} y={mark.y} class={look} style={{ fontSize: `${mark.size}px` }} text-anchor={mark.anchor}>
      {mark.tex}
    </text>
  );
}

const Frame = ({ mark }: { mark: VectorMark }) => {
  const box = markBox(mark);
  const [y, height] = [box.y - 2, box.h + 4];
  return (
    <>
      {mark.frame && (
        <rect
          class={mark.frame}
          x={box.x - 2}
          y={y}
          width={(mark.framed ?? box.w) + 4}
          height={height}
          rx={2}
          opacity={mark.faint ? 0.45 : 1}
        />
      )}
      {!mark.across && (mark.gradient === 'whole' || mark.gradient === 'partial') && (
        <rect class="role-g half" x={mark.x + mark.w / 2} y={y} width={mark.w / 2 + 2} height={height} rx={2} />
      )}
    </>
  );
};

const LOOKS = {
  wire: 'wire',
  ahead: 'wire off',
  hot: 'wire hot',
  solid: 'token-frame',
  dashed: 'token-frame own',
  open: 'open-frame',
  'role-a': 'role-a',
  'role-p': 'role-p',
  'role-q': 'role-q',
  'role-k': 'role-k',
  'role-v': 'role-v',
  hatch: 'hatch',
};

/** All that does not depend on values. */
export const Ink = ({ scene }: { scene: Scene }) => useMemo(() => <Marks scene={scene} />, [scene]);
function Marks({ scene }: { scene: Scene }) {
  return (
    <g>
      {scene.paths.map(({ d, look }, i) => look !== 'ground' && <path key={i} class={LOOKS[look]} d={d} />)}
      {scene.arrows.map((mark, i) => (
        <Arrow key={i} mark={mark} />
      ))}
      {scene.belt?.gaps.map(({ from, to, state }, i) => {
        const { y, h } = scene.belt as { y: number; h: number };
        return (
          <path
            key={i}
            class={`wire${state === 'ahead' ? ' off' : state === 'hot' ? ' hot' : ''}`}
            d={`M${from} ${y}H${to}M${from} ${y + h}H${to}`}
          />
        );
      })}
      {scene.vectors.map((mark, i) => (
        <Frame key={i} mark={mark} />
      ))}
      {scene.loop && (
        <g>
          <path class="wire" d={scene.loop.d} />
          <path class="f-edge" d={scene.loop.head} />
        </g>
      )}
      {scene.labels.map((mark, i) => (
        <Label key={i} mark={mark} />
      ))}
    </g>
  );
}

/** Width of most figures: where a cell holds them larger than at 12 units, they are larger. */
const USUAL = figureWidth('−3.04');
/** Between figures side by side, and how narrow they may be drawn to stand so far apart. */
const APART = 4;
const NARROW = 0.82;
/** Between those of cells that touch. */
const CLEAR = 2.8;
/** Room for a sign and two digits: in less, side by side, figures would not be told apart. */
const HALF = figureWidth('−.32') * NARROW + APART;

function CellFigures({
  mark,
  frame,
  theme,
  scales,
  hidden,
  ramp,
}: {
  mark: VectorMark;
  frame: FrameView;
  theme: Theme;
  scales: Scales;
  hidden: Hidden;
  ramp: Ramp;
}) {
  const values = shownValues(mark, frame);
  const gradients = lowerValues(mark, frame);
  const alone = mark.shown === 'gradient';
  const out: JSX.Element[] = [];
  const digits = Math.max(3, digitsFor(rangeOf(scales, 'gradient')));
  for (let i = 0; i < mark.rows.y.length; i++) {
    if (!mark.rows.readable(i)) continue;
    const { value, gradient } = halves(mark, i);
    const narrow = gradient ? HALF : 0;
    const put = (v: number, range: number, box: typeof value, d: number, key: string, on = theme.sign) => {
      if (box.w < narrow) return;
      const size = box.h < 18 ? 12 : Math.max(12, Math.min(15, box.h * 0.6, (12 * box.w) / USUAL));
      const room = box.w - (narrow > 0 ? APART : CLEAR);
      const most = (room / NARROW) * (12 / size);
      const text = figureIn(v, most, mark.integers && Number.isInteger(v) ? 0 : d);
      const tight = (figureWidth(text) * size) / 12 > room;
      if (text)
        out.push(
          <text
            key={key}
            class="cv"
            x={box.x + box.w / 2}
            y={box.y + box.h / 2 + size * 0.36}
            textLength={tight ? room : undefined}
            lengthAdjust={tight ? 'spacingAndGlyphs' : undefined}
            style={{
              fill: !Number.isFinite(v) ? theme.ink : rampShade(theme, on, v, range).ink,
              fontSize: `${size}px`,
            }}
          >
            {text}
          </text>,
        );
    };
    if (values && i < mark.done && value.h >= 10.6 && !hidden(mark.node, mark.from + i, alone ? mark.what : 'value'))
      put(values[mark.from + i] as number, rangeOf(scales, mark.scale), value, alone ? digits : 2, `v${i}`, ramp);
    if (gradient && gradients && gradient.h >= 10.6 && !hidden(mark.node, mark.from + i, mark.what))
      put(gradients[mark.from + i] as number, rangeOf(scales, 'gradient'), gradient, digits, `g${i}`);
  }
  return <g>{out}</g>;
}

/** As many digits as there is room for, two at least. */
function numbersOf({ kind, parts, room }: LineMark, values: number[]): string[] {
  if (kind === 'words' || values.length === 0) return [];
  const texts = spelled(kind, values);
  return widthOf(parts, texts) <= room ? texts : spelled(kind, values, 2);
}

/** A line of the walk back: its words, and its numbers so that they hold. */
function SaidLine({ mark, frame, hidden }: { mark: LineMark; frame: FrameView; hidden: Hidden }) {
  const numbers = mark.parts.flatMap((p) => ('number' in p ? [p.number] : []));
  const values = numbers.map((n) => shownValues(n, frame)?.[n.cell] ?? Number.NaN);
  const texts = numbersOf(mark, values);
  let next = 0;
  return (
    <text class="told-line" x={mark.x} y={mark.y} style={{ fontSize: `${mark.size}px` }} xml:space="preserve">
      {mark.parts.map((part, i) => {
        const space = i ? ' ' : '';
        if ('words' in part) return <tspan key={i}>{space + part.words}</tspan>;
        if ('tex' in part)
          return (
            <tspan key={i}>
              {space}
              <tspan class="mt">
                <MathSpans tex={part.tex} />
              </tspan>
            </tspan>
          );
        const { node, cell, shown, what } = part.number;
        const asked = hidden(node, cell, shown === 'gradient' || shown === 'centred' ? what : 'value');
        const text = texts[next++];
        return (
          <tspan key={i} class="b">
            {space + (asked ? '?' : text)}
          </tspan>
        );
      })}
    </text>
  );
}

/** As wide and as dark as its number. */
function Ribbon({ mark, frame, hidden }: { mark: RibbonMark; frame: FrameView; hidden: Hidden }) {
  const share = frame.values(mark.node, 'value')?.[mark.cell];
  if (share === undefined || hidden(mark.node, mark.cell, 'value')) return null;
  const [[x1, y1], [x2, y2]] = [mark.from, mark.to];
  const half = (y1 + y2) / 2;
  return (
    <path
      class="ribbon"
      d={`M${x1} ${y1}C${x1} ${half} ${x2} ${half} ${x2} ${y2}`}
      style={{ strokeWidth: 1 + 7 * share, opacity: 0.15 + 0.85 * share }}
    />
  );
}

/** The likeliest token; where it is not the right one, dots under it. */
function Choice({
  mark,
  frame,
  hidden,
  text,
}: {
  mark: ChoiceMark;
  frame: FrameView;
  hidden: Hidden;
  text: (token: number) => string;
}) {
  const values = frame.values(mark.node, 'value');
  if (!values) return null;
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  const asked = hidden(mark.node, best, 'value');
  const name = asked ? '?' : bare(text(best));
  const { shown, size } = fitted(name, mark.room, mark.size);
  const width = shown.length * LETTER * size;
  const x = mark.anchor === 'start' ? mark.x : mark.anchor === 'end' ? mark.x - width : mark.x - width / 2;
  return (
    <g>
      <text
        x={mark.x}
        y={mark.y}
        class={`mono${mark.bold ? ' b' : ''}`}
        style={{ fontSize: `${size}px` }}
        text-anchor={mark.anchor}
      >
        {shown}
      </text>
      {!asked && best !== mark.right && <path class="wrong" d={`M${x} ${mark.y + 3}h${width}`} />}
    </g>
  );
}

/** All that does. */
export function Figures({
  scene,
  frame,
  theme,
  scales,
  hidden,
  text,
}: {
  scene: Scene;
  frame: FrameView;
  theme: Theme;
  scales: Scales;
  hidden: Hidden;
  text: (token: number) => string;
}) {
  const shares = new Set(scene.scales.filter(({ hue }) => hue === 'share').map(({ key }) => key));
  return (
    <g>
      {scene.ribbons.map((mark, i) => (
        <Ribbon key={`r${i}`} mark={mark} frame={frame} hidden={hidden} />
      ))}
      {scene.vectors.map(
        (mark, i) =>
          mark.figures && (
            <CellFigures
              key={i}
              mark={mark}
              frame={frame}
              theme={theme}
              scales={scales}
              hidden={hidden}
              ramp={shares.has(mark.scale) ? theme.share : theme.sign}
            />
          ),
      )}
      {scene.choices.map((mark, i) => (
        <Choice key={`c${i}`} mark={mark} frame={frame} hidden={hidden} text={text} />
      ))}
      {scene.lines.map((mark, i) => (
        <SaidLine key={i} mark={mark} frame={frame} hidden={hidden} />
      ))}
      {scene.numbers.map((mark, i) => {
        const value = frame.values(mark.node, 'value')?.[0];
        if (value === undefined) return null;
        return (
          <text
            key={i}
            x={mark.x}
            y={mark.y}
            class={`${mark.bold ? 'b' : ''}${mark.dim ? ' t3' : ''}`}
            style={{ fontSize: `${mark.size}px` }}
            text-anchor={mark.anchor}
          >
            {hidden(mark.node, 0, 'value') ? '?' : numberIn(value, mark.room, mark.digits, mark.size)}
          </text>
        );
      })}
      {scene.bars.map((mark, i) => {
        const values =
          mark.shown && mark.what === 'value' && mark.target >= 0 ? frame.values(mark.node, 'value') : null;
        if (!values) return null;
        const p = values[mark.target] as number;
        const name = text(mark.target);
        const h = Math.min(1, p / rangeOf(scales, 'bars')) * (mark.h - 2);
        const x = mark.x + ((mark.target + 0.5) * mark.w) / values.length;
        const y = Math.max(mark.y + 3, mark.y + mark.h - h - 4);
        const wordy = /^<.+>$/.test(name);
        const half = wordy ? 10 : 4;
        if (mark.w < 2 * half) return null; // it stands under its column too
        return (
          <text
            key={`b${i}`}
            class={wordy ? 't12 mid' : 'mono b mid'}
            x={Math.min(mark.x + mark.w - half, Math.max(mark.x + half, x))}
            y={y}
            style={{ fontSize: wordy || mark.h < 36 ? '12px' : '14px' }}
          >
            {wordy ? name.slice(1, -1) : name}
          </text>
        );
      })}
    </g>
  );
}
