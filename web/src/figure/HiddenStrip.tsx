// The states over the text: a row a unit, a column a letter.

import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { prepareCanvas, useBox, useTheme } from '../draw/box.ts';
import { largest, niceRange } from '../draw/format.ts';
import { heatMap, voidBox } from '../draw/paint.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { hasValue } from '../stage/tape.ts';
import { SignLegend } from './Legend.tsx';
import { drawnFrame, shared } from './shared.ts';
import { letters } from './symbols.ts';
import { bare, tokenText } from './tokens.ts';

export function HiddenStrip({ session }: { session: Session }) {
  const ref = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(ref);
  const theme = useTheme(session.theme.value);
  const a = shared(session).anatomy.value;
  const schema = session.schema.value;
  const frame = drawnFrame(session);
  const vocabulary = session.run.value?.vocabulary;
  const text = useMemo(() => tokenText(vocabulary ?? []), [vocabulary]);
  const states = useMemo(() => a?.steps.flatMap((s) => (s.state ? [s.state] : [])) ?? [], [a]);
  useEffect(() => session.want(states.map(({ id }) => ({ node: id, what: 'value' }))), [states, session]);

  const units = states[0]?.shape.reduce((x, y) => x * y, 1) ?? 0;
  const seen = states.map((s) => (frame && hasValue(s, frame.position) ? frame.values(s.id, 'value') : null));
  const most = Math.max(0, ...seen.map((v) => (v ? largest(v) : 0)));
  const scale = shared(session).scale('state', most <= 1 ? 1 : niceRange(most));
  const gutter = 26;
  const width = box ? box.width - gutter : 0;
  const pitch = Math.min(40, width / Math.max(1, states.length));
  const height = box ? box.height - 20 : 0;
  useLayoutEffect(() => {
    const ctx = box && canvas.current && prepareCanvas(canvas.current, box.width, box.height, box.unit);
    if (!ctx) return;
    seen.forEach((values, i) => {
      const place = { x: gutter + i * pitch, y: 0, w: pitch - 1, h: height };
      if (values) heatMap(ctx, theme, place, values, units, 1, scale.range);
      else voidBox(ctx, theme, place.x, place.y, place.w, place.h);
    });
  });
  if (!schema || !states.length) return null;
  return (
    <div class="strip-view">
      <div
        class="strip"
        ref={ref}
        role="img"
        aria-label={t('figure.strip', { units, letters: states.length })}
        onPointerMove={(e) => {
          const edge = e.currentTarget.getBoundingClientRect();
          const i = box ? Math.floor(((e.clientX - edge.left) / box.unit - gutter) / pitch) : -1;
          const unit = box ? Math.floor(((e.clientY - edge.top) / box.unit / height) * units) : -1;
          const state = states[i];
          session.hover.value = state && unit >= 0 && unit < units ? { node: state.id, cell: unit } : null;
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
            {states.map((s, i) => {
              const name = bare(text(schema.tokens[i] ?? -1));
              return name.length > 1 && pitch < 30 ? null : (
                <text
                  key={s.id}
                  class={`mid ${name.length > 1 ? 't12' : 'mono t14'}`}
                  x={gutter + (i + 0.5) * pitch}
                  y={box.height - 4}
                >
                  {name}
                </text>
              );
            })}
          </svg>
        )}
      </div>
      <div class="legends">
        <SignLegend scale={scale} tex={letters.state('t', session.notation.value)} />
      </div>
    </div>
  );
}
