// The net from the top down: every unit is the picture of what it says over the plane, with its number at the point.
import { useMemo, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { type Box, useBox, useTheme } from '../../draw/box';
import { signIndex, type Theme } from '../../draw/colour';
import { fixed, largest, niceRange, rangeText } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import type { Field } from '../../figures/plane/contours';
import { Heat } from '../../figures/plane/Field';
import { planeOf } from '../../figures/plane/plane';
import { type Net, type Unit, wiresFrom } from '../../figures/units/anatomy';
import { lineOf, type Places, placesOf, type Spot } from '../../figures/units/places';
import { gradientOf, numberOf } from '../../figures/units/terms';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { REACH } from './lab';
import type { Lesson, Seen } from './lesson';

// from the top down, so that a layer has the whole width
const SIZES = { least: 9, largest: 28, label: 14, right: 34, share: 0.42 };
const BOTH = 30; // the height of a number above a picture and of one below
const LARGE = 17; // half a picture that both find room in
const turned = ({ x, y, r }: Spot): Spot => ({ x: y, y: x, r });

function downwards(net: Net, { width, height }: Box): Places {
  const across = placesOf(net, { width: height, height: width }, SIZES);
  return {
    ...across,
    inputs: across.inputs.map(turned),
    units: across.units.map(turned),
    ones: [],
  };
}

export function NetFigure({ store, lesson }: { store: Store; lesson: Lesson }) {
  const area = useRef<HTMLFieldSetElement>(null);
  const box = useBox(area);
  const seen = lesson.seen.value;
  return (
    <fieldset class="depth-net" ref={area} aria-label={t('depth.net')} {...control(store.session, 'lab.net')}>
      {box && seen && <Drawing store={store} lesson={lesson} box={box} seen={seen} />}
    </fieldset>
  );
}

function Drawing({ store, lesson, box, seen }: { store: Store; lesson: Lesson; box: Box; seen: Seen }) {
  const theme = useTheme(store.session.theme.value);
  const { net } = seen;
  const places = downwards(net, box);
  const moment = lesson.moment.value;
  const unit = lesson.unit.value;
  const wires = net.units.flatMap((one) => one.wires.filter(({ from }) => !('bias' in from)));
  const most = niceRange(largest(wires.map(({ weight }) => numberOf(seen, weight))));
  const back = moment?.kind === 'delta';
  const step = (places.columns[2] ?? 0) - (places.columns[1] ?? 0);
  const r = places.units[0]?.r ?? 0;
  const numbers = step > 2 * r + BOTH ? 'beside' : r >= LARGE ? 'within' : 'none';
  const hot = new Set(back ? wiresFrom(net, unit) : (net.units[unit - 1]?.wires ?? []));
  return (
    <>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
        {wires.map((wire) => {
          const line = lineOf(places, net, wire);
          const w = numberOf(seen, wire.weight);
          return (
            line && (
              <path
                key={wire.at}
                class={`depth-wire ${w < 0 ? 'minus' : 'plus'}${hot.has(wire) ? '' : ' rest'}`}
                d={line.d}
                style={{ strokeWidth: 0.75 + 5 * Math.min(1, Math.abs(w) / most) }}
              />
            )
          );
        })}
        {net.inputs.map((cell, i) => {
          const { x, y } = places.inputs[i] as Spot;
          return (
            <g key={i}>
              <rect class="depth-input" x={x - 28} y={y - 12} width={56} height={24} rx={3} />
              <text class="mid num" x={x} y={y + 4}>
                {fixed(numberOf(seen, cell))}
              </text>
              <MathLabel x={x - 34} y={y + 5} tex={`x_{${i + 1}}`} anchor="end" size={14} />
            </g>
          );
        })}
        {seen.over.ranges.map((range, l) => (
          <g key={l}>
            <text class="t12 b" x={0} y={(places.columns[l + 1] ?? 0) - 2}>
              {t('depth.layer', { layer: l + 1 })}
            </text>
            {step > BOTH && (
              <text class="t12 t2 num" x={0} y={(places.columns[l + 1] ?? 0) + 13}>
                {t('depth.layer.range', { range: rangeText(range) })}
              </text>
            )}
          </g>
        ))}
      </svg>
      {net.units.map((one) => (
        <Picture
          key={one.number}
          {...{ store, lesson, seen, theme, unit: one }}
          spot={places.units[one.number - 1] as Spot}
          picked={unit === one.number}
          numbers={numbers}
        />
      ))}
    </>
  );
}

const SPAN = { from: -REACH, to: REACH };
export function Small({
  theme,
  field,
  range,
  side,
}: {
  theme: Theme;
  field: Field;
  range: number | null;
  side: number;
}) {
  const plane = planeOf({ width: side, height: side }, SPAN, SPAN, { left: 0, right: 0, top: 0, bottom: 0 });
  const index = useMemo(
    () => (range === null ? (y: number) => signIndex(2 * y - 1, 1) : (z: number) => signIndex(z, range)),
    [range],
  );
  return <Heat plane={plane} field={field} ramp={theme.sign} index={index} />;
}

interface PictureProps {
  store: Store;
  lesson: Lesson;
  seen: Seen;
  theme: Theme;
  unit: Unit;
  spot: Spot;
  picked: boolean;
  numbers: 'beside' | 'within' | 'none'; // none: of the one that is picked
}
function Picture({ store, lesson, seen, theme, unit, spot, picked, numbers }: PictureProps) {
  const known = lesson.known.value;
  const moment = lesson.moment.value;
  const { number, answer, layer } = unit;
  const field = answer === null ? seen.over.units[number - 1] : seen.over.answer;
  const range = answer === null ? (seen.over.ranges[layer - 1] ?? 1) : null;
  const z = known?.values.has(number) ? numberOf(seen, unit.z) : null;
  const delta = known?.deltas.has(number) ? gradientOf(seen, unit.a) : null;
  const place = { unit: number, layer };
  const name = answer === null ? t('depth.unit.of', place) : t('depth.output');
  const now =
    moment?.units.includes(number) || (answer !== null && ['answer', 'error', 'deltas'].includes(moment?.kind ?? ''));
  const side = 2 * spot.r;
  const are = picked || numbers !== 'none';
  return (
    <button
      type="button"
      class={`depth-unit${now ? ' now' : ''}${picked ? ' picked' : ''}`}
      style={{
        left: `${(spot.x - spot.r) / 16}rem`,
        top: `${(spot.y - spot.r) / 16}rem`,
        width: `${side / 16}rem`,
        height: `${side / 16}rem`,
      }}
      aria-label={z === null ? name : t('depth.unit.says', { name, z: fixed(z) })}
      aria-pressed={picked}
      {...control(store.session, `unit.${number}`)}
      onClick={() => lesson.set({ unit: String(number) })}
    >
      {field && <Small theme={theme} field={field} range={range} side={side} />}
      {delta !== null && are && <span class={`depth-delta ${numbers} num`}>{fixed(delta)}</span>}
      {z !== null && are && <span class={`depth-value ${numbers} num`}>{fixed(z)}</span>}
    </button>
  );
}
