// The error as a map: flat bands, pale where it is low, and where it stands still. Ink on it is black, in the dark too.
import { useMemo } from 'preact/hooks';
import { useTheme } from '../../draw/box';
import { signShade, type Theme } from '../../draw/colour';
import { Within } from '../../figures/plane/Axes';
import { levelsOf } from '../../figures/plane/contours';
import { Bands } from '../../figures/plane/Field';
import type { Plane } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Ground, Pair, Path, Still } from './descent';

const BANDS = 12;
const DEEPEST = 0.62; // of the blue half, on which black still reads
export const shadeOf = (theme: Theme, k: number, bands = BANDS) => signShade(theme, (DEEPEST * k) / bands, 1).fill;

export function Heights({
  store,
  plane,
  of,
  bands = BANDS,
}: {
  store: Store;
  plane: Plane;
  of: Ground;
  bands?: number;
}) {
  const theme = useTheme(store.session.theme.value);
  const levels = useMemo(() => levelsOf(of.field.values, bands), [of, bands]);
  return <Bands plane={plane} field={of.field} levels={levels} fill={(k) => shadeOf(theme, k, bands)} />;
}

/** Minima as hollow dots, saddles as crosses, with their names beside them. */
export function StillPlaces({ plane, of, named = true }: { plane: Plane; of: readonly Still[]; named?: boolean }) {
  return (
    <g>
      {of.map(({ kind, at }, i) => {
        const [x, y] = [plane.x(at[0]), plane.y(at[1])];
        return (
          <g key={i}>
            {kind === 'saddle' ? (
              <path class="descent-saddle" d={`M${x - 5} ${y - 5}l10 10m0 -10l-10 10`} />
            ) : (
              <circle class="descent-minimum" cx={x} cy={y} r={4.5} />
            )}
            {named && (
              <text class="descent-name" x={x + 10} y={y + 16}>
                {t(`descent.still.${kind}`)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

const ARROW = 9; // a step so long has a head

/** The way as far as it is done, with an arrow a step where there is room; what is still ahead is pale. */
export function Way({ plane, path, done, ahead = false }: WayProps) {
  const places = Array.from({ length: path.updates + 1 }, (_, u) => path.at(u)).filter(([x]) => Number.isFinite(x));
  const at = ([x, y]: Pair): Pair => [plane.x(x), plane.y(y)];
  const line = (all: readonly Pair[]) =>
    all
      .map(at)
      .map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`)
      .join('');
  const heads: string[] = [];
  for (let u = 1; u <= Math.min(done, places.length - 1); u++) {
    const [[x0, y0], [x1, y1]] = [at(places[u - 1] as Pair), at(places[u] as Pair)];
    const long = Math.hypot(x1 - x0, y1 - y0);
    if (long < ARROW) continue;
    const [dx, dy] = [(x1 - x0) / long, (y1 - y0) / long];
    const side = (by: number) => `${(x1 - 6 * dx + by * dy).toFixed(1)} ${(y1 - 6 * dy - by * dx).toFixed(1)}`;
    heads.push(`M${x1.toFixed(1)} ${y1.toFixed(1)}L${side(3)}L${side(-3)}Z`);
  }
  return (
    <Within plane={plane}>
      {ahead && <path class="descent-ahead" d={line(places)} />}
      <path class="descent-way" d={line(places.slice(0, done + 1))} />
      <path class="descent-heads" d={heads.join('')} />
    </Within>
  );
}
interface WayProps {
  plane: Plane;
  path: Pick<Path, 'updates' | 'at'>;
  done: number;
  ahead?: boolean;
}
