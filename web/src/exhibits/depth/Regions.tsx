// The linear pieces of a net of relus: counted and coloured, and the map over the one that is pressed.
import { useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { useTheme } from '../../draw/box';
import { rampShade } from '../../draw/colour';
import { fixed, whole } from '../../draw/format';
import { M } from '../../draw/Math';
import { Handles } from '../../figures/plane/Handles';
import type { Plane } from '../../figures/plane/plane';
import { numberOf } from '../../figures/units/terms';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import { Facts } from './Facts';
import { COLOURS, placed, placeOf, type Spot } from './lab';
import type { Lesson, Pieces, Seen } from './lesson';
import { areaOf, cutOf, holds, type Piece, said } from './pieces';
import { Points, Square } from './Square';

export function Regions({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  const seen = lesson.seen.value;
  const pieces = seen?.pieces ?? null;
  const covered = lesson.covered.value !== null;
  const at: Spot = placeOf(lab.place) ?? {
    x: seen ? numberOf(seen, seen.net.inputs[0] ?? { node: -1, cell: 0 }) : 0,
    y: seen ? numberOf(seen, seen.net.inputs[1] ?? { node: -1, cell: 0 }) : 0,
  };
  const one = pieces?.all.find((piece) => holds(piece, at)) ?? null;
  return (
    <>
      <section class="depth-main" aria-label={t('depth.regions')}>
        <div class="depth-head">
          <h2>
            {pieces && !covered ? t('depth.regions.count', { count: whole(pieces.all.length) }) : t('depth.regions')}
          </h2>
          <fieldset class="seg" aria-label={t('depth.colour')} {...control(store.session, 'lab.colour')}>
            {COLOURS.map((colour) => (
              <button
                type="button"
                key={colour}
                aria-pressed={lab.colour === colour}
                onClick={() => lesson.set({ colour })}
              >
                {t(`depth.colour.${colour as 'parity' | 'above'}`)}
              </button>
            ))}
          </fieldset>
        </div>
        {seen && !pieces ? (
          <p class="depth-note">{t('depth.regions.none')}</p>
        ) : (
          seen &&
          pieces && (
            <div class="depth-pieces" {...control(store.session, 'lab.regions')}>
              <Square
                label={t('depth.regions.said', { count: covered ? '?' : pieces.all.length })}
                over={(plane, unit) => (
                  <Handles
                    plane={plane}
                    unit={unit}
                    places={[at]}
                    picked={0}
                    label={t('depth.place')}
                    name={() => t('depth.place.at', { x: fixed(at.x), y: fixed(at.y) })}
                    pick={() => {}}
                    move={(_, to) => lesson.set({ place: placeOf(placed(to)) ? placed(to) : lab.place })}
                    add={(to) => lesson.set({ place: placed(to) })}
                    remove={() => lesson.set({ place: '' })}
                  />
                )}
              >
                {(plane) => (
                  <Drawn store={store} plane={plane} seen={seen} pieces={pieces} one={one} colour={lab.colour} />
                )}
              </Square>
            </div>
          )
        )}
      </section>
      <section class="depth-side" aria-label={t('depth.piece')}>
        {one && seen && <Mapped store={store} piece={one} at={at} seen={seen} />}
        {pieces && seen && <Layers store={store} pieces={pieces} seen={seen} covered={covered} />}
      </section>
      <Clocks store={store} lesson={lesson} />
      <Facts store={store} lesson={lesson} />
    </>
  );
}

const outline = (plane: Plane, { corners }: Piece) =>
  `M${corners.map(({ x, y }) => `${plane.x(x).toFixed(2)} ${plane.y(y).toFixed(2)}`).join('L')}Z`;

interface DrawnProps {
  store: Store;
  plane: Plane;
  seen: Seen;
  pieces: Pieces;
  one: Piece | null;
  colour: string;
}
function Drawn({ store, plane, seen, pieces, one, colour }: DrawnProps) {
  const theme = useTheme(store.session.theme.value);
  const { groups, cut } = useMemo(() => {
    const groups = new Map<number, string>();
    let cut = '';
    for (const piece of pieces.all) {
      const key = colour === 'parity' ? piece.above % 2 : piece.above;
      groups.set(key, (groups.get(key) ?? '') + outline(plane, piece));
      const ends = cutOf(piece);
      if (ends) cut += `M${ends.map(({ x, y }) => `${plane.x(x).toFixed(2)} ${plane.y(y).toFixed(2)}`).join('L')}`;
    }
    return { groups: [...groups].sort(([a], [b]) => a - b), cut };
  }, [pieces, colour, plane.left, plane.right, plane.bottom]);
  const hidden = seen.net.units.length - seen.net.targets.length;
  return (
    <>
      {groups.map(([key, d]) => (
        <path
          key={key}
          class={colour === 'parity' ? `depth-piece ${key === 1 ? 'odd' : 'even'}` : 'depth-piece'}
          d={d}
          style={colour === 'parity' ? undefined : { fill: rampShade(theme, theme.share, key, hidden).fill }}
        />
      ))}
      <path class="depth-cut" d={cut} />
      <Points plane={plane} seen={seen} hidden />
      {one && <path class="depth-now" d={outline(plane, one)} />}
    </>
  );
}

/** The one map that the whole net is on this piece, and what it gives at the place. */
function Mapped({ store, piece, at, seen }: { store: Store; piece: Piece; at: Spot; seen: Seen }) {
  const [p, q, r] = piece.map;
  const a = said(piece, at);
  const hidden = seen.net.units.length - seen.net.targets.length;
  const sign = (value: number) => (value < 0 ? '−' : '+');
  const size = (value: number) => fixed(Math.abs(value));
  return (
    <section class="depth-map" aria-label={t('depth.map')} {...control(store.session, 'lab.map')}>
      <h2>{t('depth.map')}</h2>
      <p class="depth-equation">
        <M tex={`\\a{a} = ${p < 0 ? '−' : ''}${size(p)} x_{1} ${sign(q)} ${size(q)} x_{2} ${sign(r)} ${size(r)}`} />
      </p>
      <dl>
        <div>
          <dt>{t('depth.map.at', { x: fixed(at.x), y: fixed(at.y) })}</dt>
          <dd class="num">{`a = ${fixed(a, 3)}, y = ${fixed(1 / (1 + Math.exp(-a)), 3)}`}</dd>
        </div>
        <div>
          <dt>{t('depth.map.on')}</dt>
          <dd class="num">{t('clock.of', { at: piece.above, end: hidden })}</dd>
        </div>
        <div>
          <dt>{t('depth.map.corners')}</dt>
          <dd class="num">{piece.corners.length}</dd>
        </div>
        <div>
          <dt>{t('depth.map.area')}</dt>
          <dd class="num">{t('depth.map.percent', { share: fixed((100 * areaOf(piece)) / 4) })}</dd>
        </div>
      </dl>
      <p class="small dim">{t('depth.map.why')}</p>
    </section>
  );
}

/** How many there are once each layer has cut. */
function Layers({ store, pieces, seen, covered }: { store: Store; pieces: Pieces; seen: Seen; covered: boolean }) {
  const { layers } = seen.over;
  const count = Math.max(...layers);
  return (
    <section class="depth-table" aria-label={t('depth.layers.table')} {...control(store.session, 'lab.counts')}>
      <table>
        <caption>{t('depth.layers.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('depth.layers.after')}</th>
            <th scope="col">{t('depth.layers.units')}</th>
            <th scope="col">{t('depth.fact.pieces')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, l) => (
            <tr key={l}>
              <th scope="row">{t('depth.layers.row', { layer: l + 1 })}</th>
              <td>{layers.filter((one) => one === l + 1).length}</td>
              <td>{covered ? '·' : whole(pieces.after[layers.lastIndexOf(l + 1)] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
