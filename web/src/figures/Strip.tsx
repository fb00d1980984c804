// What the stops come to, over all of them: a row a unit, a column a stop.

import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { prepareCanvas, useBox, useTheme } from '../draw/box.ts';
import { largest, niceRange } from '../draw/format.ts';
import { heatMap, voidBox } from '../draw/paint.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { SignLegend } from '../stage/Legend.tsx';
import { reachOf } from '../stage/scales.ts';
import { cells, hasValue } from '../stage/tape.ts';
import { bare, cut, tokenText } from '../stage/tokens.ts';
import { drawnFrame, shared } from './shared.ts';

const LETTER = 6.5; // of a word, at most, on average

export function Strip({ session }: { session: Session }) {
  const ref = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(ref);
  const theme = useTheme(session.theme.value);
  const picture = shared(session).picture.value;
  const frame = drawnFrame(session);
  const vocabulary = session.run.value?.vocabulary;
  const text = useMemo(() => tokenText(vocabulary ?? []), [vocabulary]);
  const strip = picture?.kind.strip?.(picture.anatomy, session.notation.value) ?? null;
  const stops = useMemo(() => {
    const { of, rows } = picture?.kind.strip?.(picture.anatomy, 'a') ?? {};
    const all = picture?.anatomy.stops ?? [];
    return all.flatMap(({ main: own, token }, i) => {
      const main = rows ?? (of ? of[i] : own);
      if (!main) return [];
      const count = rows?.shape[0] ?? 1;
      const row = rows ? i - (all.length - count) : 0; // those that it has none of come first
      const size = cells(main) / count;
      return row < 0 ? [] : [{ main, token, size, from: row * size }];
    });
  }, [picture]);
  const states = useMemo(() => [...new Set(stops.map(({ main }) => main))], [stops]);
  useEffect(() => session.want(states.map(({ id }) => ({ node: id, what: 'value' }))), [states, session]);

  const units = Math.max(0, ...stops.map(({ size }) => size)); // an encoder of two directions has more than its decoder
  const seen = stops.map(({ main, from, size }) =>
    frame && hasValue(main, frame.position)
      ? (frame.values(main.id, 'value')?.subarray(from, from + size) ?? null)
      : null,
  );
  const reach = picture?.kind.scales(picture.anatomy).find(({ key }) => key === strip?.scale)?.reach ?? 'free';
  const most = Math.max(0, ...seen.map((v) => (v ? largest(v) : 0)));
  const scale = shared(session).scale(strip?.scale ?? '', reachOf(reach, niceRange(most)));
  const gutter = 26;
  const width = box ? box.width - gutter : 0;
  const pitch = Math.min(40, width / Math.max(1, stops.length));
  const height = box ? box.height - 20 : 0;
  useLayoutEffect(() => {
    const ctx = box && canvas.current && prepareCanvas(canvas.current, box.width, box.height, box.unit);
    if (!ctx) return;
    seen.forEach((values, i) => {
      const place = { x: gutter + i * pitch, y: 0, w: pitch - 1, h: height };
      if (values) heatMap(ctx, theme, place, values, values.length, 1, scale.range);
      else voidBox(ctx, theme, place.x, place.y, place.w, place.h);
    });
  });
  if (!strip || !stops.length) return null;
  return (
    <div class="strip-view">
      <div
        class="strip"
        ref={ref}
        role="img"
        aria-label={t('figure.strip', { units, letters: stops.length })}
        onPointerMove={(e) => {
          const edge = e.currentTarget.getBoundingClientRect();
          const i = box ? Math.floor(((e.clientX - edge.left) / box.unit - gutter) / pitch) : -1;
          const state = stops[i];
          const own = state?.size ?? 0;
          const unit = box ? Math.floor(((e.clientY - edge.top) / box.unit / height) * own) : -1;
          session.hover.value =
            state && unit >= 0 && unit < own ? { node: state.main.id, cell: state.from + unit } : null;
        }}
        onPointerLeave={() => {
          session.hover.value = null;
        }}
      >
        <canvas ref={canvas} />
        {box && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
            <text class="t12 t3 end" x={gutter - 6} y={10}>
              1
            </text>
            <text class="t12 t3 end" x={gutter - 6} y={height}>
              {units}
            </text>
            {stops.map(({ token }, i) => {
              const name = bare(text(token));
              const fit = name.length > 1 ? cut(name, Math.floor(pitch / LETTER)) : name;
              return fit === '' ? null : (
                <text
                  key={i}
                  class={`mid ${name.length > 1 ? 't12' : 'mono t14'}`}
                  x={gutter + (i + 0.5) * pitch}
                  y={box.height - 4}
                >
                  {fit}
                </text>
              );
            })}
          </svg>
        )}
      </div>
      <div class="legends">
        <SignLegend scale={scale} tex={strip.tex} />
      </div>
    </div>
  );
}
