// The points, the curve, and every squared distance as a real square.
import { useRef } from 'preact/hooks';
import { useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { fixed, plain } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { Axes, ticks, Within } from '../../figures/plane/Axes';
import { Handles } from '../../figures/plane/Handles';
import { type Plane, pathOf, planeOf, squareOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, number, numbers, rowOf } from './curve';
import { type At, FEWEST_POINTS, MOST_POINTS, MOST_T } from './lab';
import { doneOf } from './walk';

export const ACROSS = { from: 0, to: 1 };
export const MARGINS = { left: 34, right: 26, top: 22, bottom: 24 };
export const X = ticks([0, 0.25, 0.5, 0.75, 1], 2);
export const Y = ticks([-1, 0, 1]);

const WAVE = Array.from({ length: 121 }, (_, i) => i / 120);
const WAVE_Y = WAVE.map((x) => Math.sin(2 * Math.PI * x));
/** What the points were made from. */
export const Wave = ({ plane }: { plane: Plane }) => <path class="l-edge wave" d={pathOf(plane, WAVE, WAVE_Y)} />;

/** All points, with some room. */
export const upright = (points: readonly At[]) => {
  const most = Math.max(1.45, ...points.map(({ t }) => Math.abs(t) + 0.15));
  return { from: -most, to: most };
};

export function Plot({ store, curve, covered }: { store: Store; curve: Curve; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = useTheme(store.session.theme.value);
  const known = curve.solved.value?.study;
  const walk = curve.walk.value;
  const points = curve.points.value;
  const picked = curve.point.value;
  const step = curve.step.value;
  if (!box || points.length === 0) return <div class="plane plot-area" ref={area} />;
  const plane = planeOf(box, ACROSS, upright(points), MARGINS);
  const study = curve.problem.value ? null : known;
  const there = study && walk && doneOf(walk, 'back', step) === Number(curve.now.m) + 1;
  const squares = there ? doneOf(walk, 'square', step) : 0;
  const places = points.map(({ x, t }) => ({ x, y: t }));
  const off = study ? numbers(study, 'off') : [];
  const y = study ? numbers(study, 'y') : [];
  const most = Math.max(1e-9, ...Array.from(off, Math.abs));
  const range = Math.max(0.5, most);
  const placed = (all: At[]) => curve.placed(all);
  const held = (at: { x: number; y: number }): At => ({
    x: Math.max(0, Math.min(1, at.x)),
    t: Math.max(-MOST_T, Math.min(MOST_T, at.y)),
  });
  const add = (at: { x: number; y: number }) => {
    if (points.length >= MOST_POINTS) return;
    curve.edit(t('curve.add'), { ...placed([...points, held(at)]), point: String(points.length + 1) });
  };
  return (
    <div class="plane plot-area" ref={area} data-points={points.length}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={said(curve, covered)}>
        <Axes plane={plane} x={X} y={Y} names={{ x: 'x', y: 't' }} />
        <Within plane={plane}>
          <Wave plane={plane} />
          {points.slice(0, squares).map((point, i) => {
            const { x, y: top, side } = squareOf(plane, point.x, y[i] ?? 0, point.t);
            const shade = signShade(theme, off[i] ?? 0, range);
            return (
              <rect
                key={i}
                class={i === picked ? 'square now' : 'square'}
                x={x}
                y={top}
                width={side}
                height={side}
                style={{ fill: shade.fill }}
              />
            );
          })}
          {there &&
            points
              .slice(0, doneOf(walk, 'off', step))
              .map((point, i) => (
                <path
                  key={i}
                  class={i === picked ? 'l-ink' : 'l-edge'}
                  d={`M${plane.x(point.x)} ${plane.y(point.t)}V${plane.y(y[i] ?? 0)}`}
                />
              ))}
          {there && <path class="fit" d={pathOf(plane, numbers(study, 'place'), numbers(study, 'line'))} />}
          <Slow curve={curve} plane={plane} />
        </Within>
        {there && (
          <text class="t13 b" x={plane.right} y={plane.top - 6} text-anchor="end">
            {t('curve.fit.label', { M: curve.now.m })}
          </text>
        )}
        <text class="t12 t2" x={plane.left + 24} y={plane.top - 6}>
          {t('curve.wave')}
        </text>
        {points[picked] && (
          <MathLabel
            x={Math.min(plane.right - 14, Math.max(plane.left + 14, plane.x(points[picked].x)))}
            y={plane.bottom - 6}
            tex={`\\t{n = ${picked + 1}}`}
            size={13}
          />
        )}
      </svg>
      <Handles
        plane={plane}
        unit={box.unit}
        places={places}
        picked={picked}
        label={t('curve.points')}
        locked={covered}
        name={(i) => t('curve.point', { n: i + 1, x: fixed(places[i]?.x ?? 0, 3), t: plain(places[i]?.y ?? 0, 3) })}
        pick={(i) => curve.look(i)}
        move={(i, to, done) => {
          const all = points.map((one, k) => (k === i ? held(to) : one));
          if (done) curve.edit(t('curve.move'), placed(all));
          else curve.follow(placed(all));
        }}
        add={add}
        remove={(i) => {
          if (points.length > FEWEST_POINTS)
            curve.edit(t('curve.remove'), {
              ...placed(points.filter((_, k) => k !== i)),
              point: String(Math.max(1, Math.min(points.length - 1, i + 1))),
            });
        }}
      />
    </div>
  );
}

/** Where gradient descent has come to. */
function Slow({ curve, plane }: { curve: Curve; plane: Plane }) {
  const update = Number(curve.now.update);
  const known = curve.slow.found.value;
  if (update === 0 || !known || !curve.slow.fresh.value) return null;
  const at = Array.from(numbers(known.study, 'update')).findLastIndex((one) => one <= update);
  const places = numbers(known.study, 'place');
  const line = rowOf(numbers(known.study, 'line'), at, places.length);
  return <path class="slow" d={pathOf(plane, places, line)} />;
}
function said(curve: Curve, covered: boolean): string {
  const study = curve.solved.value?.study;
  const M = curve.now.m;
  if (!study || covered) return t('curve.figure');
  return t('curve.figure.label', { N: curve.count.value, M, rms: plain(number(study, 'rms'), 3) });
}
