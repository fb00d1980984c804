import { shared, symbolText } from '../figures/shared.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { type Lane, nearest, places } from './places.ts';
import { Playhead, Track } from './Track.tsx';

/** Every operation as a tick under its column: forwards above, back below, the update at the end. */
export function OperationTrack({ session }: { session: Session }) {
  const s = shared(session);
  const columns = s.columns.value;
  const length = session.length.value;
  const position = session.position.value;
  const schema = session.schema.value;
  if (!columns || !schema || !length) return null;
  const all = places(columns, s.scroll.value, length, session.operationAt);
  const now = session.operation.value;
  const lane: Lane = !now || now.kind === 'forward' ? 'forward' : now.kind === 'backward' ? 'back' : 'update';
  const words = t('track.operation.words', {
    position,
    length,
    what: now && 'node' in now ? symbolText(session, now.node) : now ? t('track.clip') : t('track.start'),
  });
  return (
    <Track
      label={t('track.operation')}
      most={length}
      at={position}
      words={words}
      leap={10}
      onKey={(to) => session.goto(to)}
      onDrag={(x, y, box) => {
        const first = all[0];
        session.goto(
          first && x < first.x - 8 && y < box.height / 2 ? 0 : nearest(all, x, y < box.height / 2 ? 'forward' : 'back'),
        );
      }}
    >
      {({ width, height }) => {
        const level = { forward: height * 0.3, back: height * 0.72, update: height * 0.51 };
        const here = all.find((p) => p.position === position);
        const left = (columns.steps[0]?.x ?? 0) - s.scroll.value;
        const turn = Math.min(columns.width > width + 1 ? width + 9 : width - 10, columns.end.x - s.scroll.value + 1);
        const x = here?.x ?? left - 2;
        const y = level[lane];
        const back = schema.forward < position;
        return (
          <g>
            {all
              .filter((p) => p.x > -2 && p.x < width + 2)
              .map((p) => (
                <rect
                  key={p.position}
                  class={p.position <= position ? 'f-ink' : 'f-edge'}
                  opacity={p.position <= position ? 1 : p.lane === 'forward' ? 0.6 : 0.34}
                  x={p.x - p.width / 2}
                  y={level[p.lane] - 4.5}
                  width={p.width}
                  height={9}
                />
              ))}
            {turn < width && (
              <path
                class={back ? 'l-ink' : 'wire'}
                d={`M${turn - 5} ${level.forward}q7 0 7 ${(level.back - level.forward) / 2}t-7 ${(level.back - level.forward) / 2}`}
              />
            )}
            {left >= 44 && (
              <g>
                <text
                  class={`t12 end ${lane === 'forward' ? 't2' : 't3'}`}
                  x={left - Math.min(8, left - 42)}
                  y={level.forward + 4}
                >
                  {t('track.forward')}
                </text>
                <text
                  class={`t12 end ${lane === 'back' ? 'b' : 't3'}`}
                  x={left - Math.min(8, left - 42)}
                  y={level.back + 4}
                >
                  {t('track.back')}
                </text>
              </g>
            )}
            {left > 12 && left < 44 && (
              <g>
                <text class={`t12 end ${lane === 'forward' ? 't2' : 't3'}`} x={left - 3} y={level.forward + 4}>
                  →
                </text>
                <text class={`t12 end ${lane === 'back' ? 'b' : 't3'}`} x={left - 3} y={level.back + 4}>
                  ←
                </text>
              </g>
            )}
            {x >= -2 && x <= width + 2 && lane === 'back' && (
              <rect class="f-bench" x={x - 9} y={y - 11} width={18} height={22} />
            )}
            {x >= -2 && x <= width + 2 && <Playhead x={x} y={y - 9} height={18} back={lane === 'back'} />}
          </g>
        );
      }}
    </Track>
  );
}
