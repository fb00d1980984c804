// The net: each unit with its value above and its δ below, each wire as wide as its weight and in the colour of its sign.
import { useRef } from 'preact/hooks';
import { type Box, useBox, useTheme } from '../../draw/box';
import { signShade, type Theme } from '../../draw/colour';
import { fixed, largest, niceRange, numberIn } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import type { Net, Unit, Wire } from '../../figures/units/anatomy';
import { wiresFrom } from '../../figures/units/anatomy';
import { answerOf, deltaOf, targetOf } from '../../figures/units/letters';
import type { Known, Moment } from '../../figures/units/moments';
import { LABEL, type Line, lineOf, type Places, placesOf, type Spot } from '../../figures/units/places';
import { gradientOf, numberOf } from '../../figures/units/terms';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Covered, Lesson, Seen } from './lesson';
import { answerName } from './names';

const WIDE = 480; // units of rem/16: below it the figure is a phone's

export function Figure({ store, lesson }: { store: Store; lesson: Lesson }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = useTheme(store.session.theme.value);
  const [seen, known] = [lesson.seen.value, lesson.known.value];
  return (
    <div class="bp-figure" ref={area}>
      {box && seen && known && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('backprop.figure')}>
          <Drawing {...{ box, theme, seen, known, moment: lesson.moment.value, covered: lesson.covered.value }} />
        </svg>
      )}
    </div>
  );
}

const spot = (places: Places, { number }: Unit) => places.units[number - 1] as Spot;

interface DrawingProps {
  box: Box;
  theme: Theme;
  seen: Seen;
  known: Known;
  moment: Moment | null;
  covered: Covered;
}

/** Wires whose numbers stand beside them: those that this moment is about. */
function hotWires(net: Net, moment: Moment | null): Wire[] {
  if (!moment) return [];
  const own = net.units.filter(({ number }) => moment.units.includes(number));
  if (moment.kind === 'sum' || moment.kind === 'derivative') return own.flatMap(({ wires }) => wires);
  return moment.kind === 'delta' ? own.flatMap(({ number }) => wiresFrom(net, number)) : [];
}

function Drawing({ box, theme, seen, known, moment, covered }: DrawingProps) {
  const { net } = seen;
  const places = placesOf(net, box);
  const wires = net.units.flatMap((unit) => unit.wires);
  const most = niceRange(largest(wires.map(({ weight }) => numberOf(seen, weight))));
  const hot = new Set(hotWires(net, moment));
  const back = moment?.kind === 'delta';
  const deltas = net.units.map(({ a, number }) => (known.deltas.has(number) ? gradientOf(seen, a) : 0));
  const range = niceRange(largest(deltas));
  const reach = niceRange(Math.max(1, largest(net.units.map(({ z }) => numberOf(seen, z)))));
  return (
    <>
      {wires.map((wire) => {
        const line = lineOf(places, net, wire);
        if (!line) return null;
        const w = numberOf(seen, wire.weight);
        return (
          <path
            key={wire.at}
            class={`bp-wire ${w < 0 ? 'minus' : 'plus'}${moment && !hot.has(wire) ? ' rest' : ''}`}
            d={line.d}
            style={{ strokeWidth: 1 + 7 * Math.min(1, Math.abs(w) / most) }}
          />
        );
      })}
      {back && [...hot].map((wire) => <Home key={wire.at} line={lineOf(places, net, wire)} />)}
      {net.inputs.map((cell, i) => {
        const spot = places.inputs[i] as Spot;
        const value = numberOf(seen, cell);
        return (
          <g key={i}>
            <circle class="bp-unit" cx={spot.x} cy={spot.y} r={spot.r} fill={signShade(theme, value, reach).fill} />
            <text class="mid num" x={spot.x} y={spot.y + 5} style={{ fill: signShade(theme, value, reach).ink }}>
              {fixed(value)}
            </text>
            {box.width >= WIDE && (
              <MathLabel x={spot.x - spot.r - 8} y={spot.y + 5} tex={`x_{${i + 1}}`} anchor="end" />
            )}
            <text class="t12 t2 mid" x={spot.x} y={spot.y + spot.r + 15}>
              {t(i === 0 ? 'backprop.input.1' : 'backprop.input.2')}
            </text>
          </g>
        );
      })}
      {places.ones.map(
        (spot, layer) =>
          spot &&
          net.units.some((unit) => unit.layer === layer) && (
            <g key={layer}>
              <circle class="bp-unit one" cx={spot.x} cy={spot.y} r={spot.r} />
              <text class="mid" x={spot.x} y={spot.y + 5}>
                1
              </text>
            </g>
          ),
      )}
      {net.units.map((unit) => (
        <UnitMark
          key={unit.number}
          {...{ unit, seen, known, theme, reach, range, covered }}
          spot={spot(places, unit)}
          now={moment?.units.includes(unit.number) ?? false}
          wide={box.width >= WIDE}
          sums={places.apart - 2 * spot(places, unit).r >= LABEL}
        />
      ))}
      {[...hot].map((wire) => (
        <WireNumber
          key={wire.at}
          {...{ seen, known, wire, covered, back }}
          line={lineOf(places, net, wire)}
          room={roomOf(net, places, wire, back)}
        />
      ))}
    </>
  );
}

/** The height that two neighbouring numbers have between them. */
function roomOf(net: Net, places: Places, wire: Wire, back: boolean): number {
  const unit = net.units[wire.to - 1];
  const count = back && 'unit' in wire.from ? wiresFrom(net, wire.from.unit).length : (unit?.wires.length ?? 1);
  return (places.apart * Math.max(2, net.inputs.length)) / Math.max(1, count);
}

/** Ink beside a wire: what travels back. */
function Home({ line }: { line: Line | null }) {
  if (!line) return null;
  const [from, to] = [line.at(0.62), line.at(0.28)];
  const along = Math.atan2(to.y - from.y, to.x - from.x);
  const off = { x: 9 * Math.sin(along), y: -9 * Math.cos(along) };
  const head = (turn: number) =>
    `${to.x + off.x + 9 * Math.cos(along + turn)} ${to.y + off.y + 9 * Math.sin(along + turn)}`;
  return (
    <g class="bp-home">
      <path class="l-ink" d={`M${from.x + off.x} ${from.y + off.y}L${to.x + off.x} ${to.y + off.y}`} />
      <path class="f-ink" d={`M${to.x + off.x} ${to.y + off.y}L${head(2.7)}L${head(-2.7)}Z`} />
    </g>
  );
}

interface WireNumberProps {
  seen: Seen;
  known: Known;
  wire: Wire;
  line: Line | null;
  covered: Covered;
  back: boolean;
  room: number;
}
function WireNumber({ seen, known, wire, line, covered, back, room }: WireNumberProps) {
  if (!line || room < 16) return null;
  const { x, y } = line.at(back ? 0.72 : 0.34);
  const derived = !back && known.derivatives.has(wire.to);
  const hidden = covered?.kind === 'derivative' && covered.of.includes(wire.at);
  return (
    <g class="bp-number">
      <text class="mid num haloed bp-figure-small" x={x} y={derived && room >= 30 ? y - 2 : y + 4}>
        {fixed(numberOf(seen, wire.weight))}
      </text>
      {derived && room >= 30 && (
        <text class="mid num haloed grad bp-figure-small" x={x} y={y + 12}>
          {hidden ? '?' : fixed(gradientOf(seen, wire.weight), 3)}
        </text>
      )}
    </g>
  );
}

interface UnitProps {
  unit: Unit;
  seen: Seen;
  known: Known;
  theme: Theme;
  spot: Spot;
  reach: number;
  range: number;
  covered: Covered;
  now: boolean;
  wide: boolean;
  sums: boolean; // there is room for them
}
function UnitMark({ unit, seen, known, theme, spot, reach, range, covered, now, wide, sums }: UnitProps) {
  const { x, y, r } = spot;
  const { number, answer } = unit;
  const z = known.values.has(number) ? numberOf(seen, unit.z) : null;
  const delta = known.deltas.has(number) ? gradientOf(seen, unit.a) : null;
  const asked = covered?.kind === 'delta' && covered.of.includes(number);
  const upper = `M${x - r} ${y}A${r} ${r} 0 0 1 ${x + r} ${y}Z`;
  const lower = `M${x - r} ${y}A${r} ${r} 0 0 0 ${x + r} ${y}Z`;
  const half = (value: number | null, on: number, d: string, at: number, digits: number) => (
    <>
      <path
        class={value === null ? 'bp-half pending' : 'bp-half'}
        d={d}
        fill={value === null ? undefined : signShade(theme, value, on).fill}
      />
      {value !== null && (
        <text class="mid num bp-figure-small" x={x} y={at} style={{ fill: signShade(theme, value, on).ink }}>
          {numberIn(value, 2 * r - 8, digits, 12)}
        </text>
      )}
    </>
  );
  const target = answer === null ? null : numberOf(seen, seen.net.targets[answer] as { node: number; cell: number });
  return (
    <g>
      {now && <circle class="bp-now-halo" cx={x} cy={y} r={r + 4} />}
      {half(z, reach, upper, y - r * 0.22, 2)}
      {asked ? (
        <>
          <path class="bp-half pending" d={lower} />
          <text class="mid b" x={x} y={y + r * 0.6}>
            ?
          </text>
        </>
      ) : (
        half(delta, range, lower, y + r * 0.6, 3)
      )}
      {delta !== null && !asked && <path class="bp-rim" d={`M${x - r} ${y}A${r} ${r} 0 0 0 ${x + r} ${y}`} />}
      <circle class={now ? 'bp-ring present' : 'bp-ring'} cx={x} cy={y} r={now ? r + 2 : r} />
      {!wide && <MathLabel x={x} y={y - r - 7} tex={String(number)} size={13} />}
      {answer === null && wide && sums && (
        <text class="mid haloed bp-sum bp-figure-small" x={x} y={y + r + 15}>
          {t('backprop.unit.of', { unit: number })}
          {known.sums.has(number) && <tspan class="num">{`: a = ${fixed(numberOf(seen, unit.a))}`}</tspan>}
        </text>
      )}
      {answer !== null && wide && (
        <g>
          <text class="t13 b" x={x + r + 12} y={y - 22}>
            {answerName(seen, answer)}
          </text>
          <MathLabel x={x + r + 12} y={y - 4} tex={answerOf(number)} anchor="start" />
          <MathLabel x={x + r + 12} y={y + 14} tex={targetOf(number)} anchor="start" />
          <MathLabel x={x + r + 12} y={y + 32} tex={deltaOf(number)} anchor="start" />
          {z !== null && (
            <text class="num t13" x={x + r + 38} y={y - 4}>
              {fixed(z, 3)}
            </text>
          )}
          <text class="num t13" x={x + r + 38} y={y + 14}>
            {target === null ? '' : shown(target)}
          </text>
          {delta !== null && !asked && (
            <text class="num t13 b" x={x + r + 38} y={y + 32}>
              {fixed(delta, 3)}
            </text>
          )}
        </g>
      )}
    </g>
  );
}
const shown = (target: number) => (Number.isInteger(target) ? String(target) : fixed(target));
