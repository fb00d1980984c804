// What the net says over the plane, with its points; they are picked, moved, added and taken away.
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { useTheme } from '../../draw/box';
import { signIndex } from '../../draw/colour';
import { Within } from '../../figures/plane/Axes';
import { outlinesOf } from '../../figures/plane/contours';
import { Heat } from '../../figures/plane/Field';
import { Handles } from '../../figures/plane/Handles';
import type { Plane } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { placed, placeOf, type Spot } from './lab';
import type { Lesson, Seen } from './lesson';
import { Mark, pointName, Square, surfaceSaid } from './Square';

/** A probability: 1/2 is in the middle of the ramp. */
const chance = (y: number) => signIndex(2 * y - 1, 1);

export function Surface({ store, lesson }: { store: Store; lesson: Lesson }) {
  const theme = useTheme(store.session.theme.value);
  const held = useSignal<{ n: number; at: Spot } | null>(null);
  const seen = lesson.seen.value;
  if (!seen) return <div class="plane depth-square" />;
  const answer = seen.over.answer;
  const spots = Array.from({ length: seen.each.points }, (_, n) => ({
    x: seen.each.x[n]?.[0] ?? 0,
    y: seen.each.x[n]?.[1] ?? 0,
  }));
  const now = spots.map((spot, n) => (held.value?.n === n ? held.value.at : spot));
  const within = (to: Spot) => placeOf(placed(to)) ?? to;
  return (
    <div class="depth-surface" {...control(store.session, 'lab.surface')}>
      <Square
        label={surfaceSaid(seen)}
        under={(plane) => <Heat plane={plane} field={answer} ramp={theme.sign} index={chance} />}
        over={(plane, unit) => (
          <Handles
            plane={plane}
            unit={unit}
            places={now}
            picked={seen.point}
            label={t('depth.points')}
            name={(n) => pointName(seen, n)}
            pick={(n) => lesson.set({ point: String(n + 1) })}
            move={(n, to, done) => {
              held.value = done ? null : { n, at: within(to) };
              if (done) void lesson.movePoint(n, within(to));
            }}
            add={(at) => lesson.addPoint(within(at))}
            remove={(n) => lesson.removePoint(n)}
            locked={lesson.covered.value !== null}
          />
        )}
      >
        {(plane) => (
          <>
            <Cut plane={plane} seen={seen} />
            {now.map(({ x, y }, n) => (
              <Mark
                key={n}
                x={plane.x(x)}
                y={plane.y(y)}
                one={(seen.each.t[n]?.[0] ?? 0) > 0.5}
                now={n === seen.point}
              />
            ))}
          </>
        )}
      </Square>
    </div>
  );
}

/** Where both answers are as likely. */
function Cut({ plane, seen }: { plane: Plane; seen: Seen }) {
  const { answer } = seen.over;
  const [d = ''] = useMemo(() => outlinesOf(plane, answer, [0.5]), [answer, plane.left, plane.right, plane.bottom]);
  return (
    <Within plane={plane}>
      <path class="depth-cut" d={d} />
    </Within>
  );
}

/** What its colours mean. */
export function SurfaceLegend() {
  return (
    <p class="depth-legend small">
      <i class="depth-key none" aria-hidden="true" />
      <span>{t('depth.class.none')}</span>
      <span class="num">0</span>
      <i class="ramp" aria-hidden="true" />
      <span class="num">1</span>
      <i class="depth-key one" aria-hidden="true" />
      <span>{t('depth.class.one')}</span>
    </p>
  );
}
