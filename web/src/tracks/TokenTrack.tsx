import { shared } from '../figures/shared.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { fitted, LETTER } from '../stage/lines.ts';
import { bare, tokenText } from '../stage/tokens.ts';
import { Track } from './Track.tsx';

/** The stops of the middle clock, each under its column. */
export function TokenTrack({ session }: { session: Session }) {
  const s = shared(session);
  const columns = s.columns.value;
  const schema = session.schema.value;
  const token = session.token.value;
  const position = session.position.value;
  if (!columns || !schema) return null;
  const text = tokenText(session.run.value?.vocabulary ?? []);
  const stops = s.picture.value?.anatomy.stops ?? [];
  const numbers = schema.tokens.length === 0 ? schema.text.split(' ').filter((part) => part !== '') : null;
  const read = (i: number) => numbers?.[i] ?? text(stops[i]?.token ?? -1);
  const name = (i: number) => bare(read(i));
  const back = position > schema.forward;
  const after = position > 2 * schema.forward;
  const words = token
    ? t(back ? 'track.token.back' : 'track.token.words', {
        token,
        count: stops.length,
        letter: name(token - 1),
      })
    : t('track.start');
  const at = (x: number) => {
    const i = columns.steps.findIndex((c) => x + s.scroll.value < c.x + c.w);
    return i < 0 ? columns.steps.length : i + 1;
  };
  return (
    <Track
      label={t('track.token')}
      most={stops.length}
      at={token}
      words={words}
      leap={3}
      onKey={(to) => session.gotoToken(to)}
      onDrag={(x) => {
        const to = at(x);
        if (to !== session.token.peek()) session.gotoToken(to);
      }}
    >
      {({ width, height }) => (
        <g>
          <path class="l-rule" d={`M0 ${height / 2}H${width}`} />
          {columns.steps.map((c, i) => {
            const now = i + 1 === token;
            const middle = c.x + c.w / 2 - s.scroll.value;
            if (middle + c.w / 2 > width + 2 || middle - c.w / 2 < -2) return null;
            const ahead = after ? false : back ? i + 1 < token : i + 1 > token;
            const shown = read(i);
            const mark = shown !== bare(shown);
            // a letter may be wider than its column, a word may not
            const word = [...shown].length > 1 ? fitted(shown, c.w - 5, 18) : { shown, size: c.w < 18 ? 14 : 18 };
            const room = Math.min(Math.max(28, word.shown.length * LETTER * word.size), c.w);
            return (
              <g key={i}>
                {now ? (
                  <rect
                    class="f-ink"
                    x={c.x + 1 - s.scroll.value}
                    y={3}
                    width={Math.max(4, c.w - 4)}
                    height={height - 6}
                    rx={4}
                  />
                ) : (
                  <rect class="f-bench" x={middle - room / 2} y={6} width={room} height={height - 12} />
                )}
                {(!mark || c.w >= Math.min(30, 7 * bare(shown).length + 4)) && (
                  <text
                    class={`mid ${mark ? '' : 'mono'} ${now ? 'b inv' : ahead ? 't3' : 'b'}`}
                    x={middle}
                    y={height / 2 + 6}
                    style={{ fontSize: mark ? '12px' : `${word.size}px` }}
                  >
                    {mark ? bare(shown) : word.shown}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      )}
    </Track>
  );
}
