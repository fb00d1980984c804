import { useComputed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { prepareCanvas, useBox, useTheme } from '../draw/box.ts';
import { fixed, niceRange } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { Equation } from '../stage/Equation.tsx';
import { hitScene } from '../stage/hit.ts';
import { Figures, Ink } from '../stage/Ink.tsx';
import { Legends } from '../stage/Legends.tsx';
import { OperationButtons } from '../stage/OperationButtons.tsx';
import { paint, scalesOf } from '../stage/paint.ts';
import { show, swiped } from '../stage/pan.ts';
import { Sources } from '../stage/Sources.tsx';
import { StopButtons } from '../stage/StopButtons.tsx';
import { Twin } from '../stage/Twin.tsx';
import { hasValue } from '../stage/tape.ts';
import { tokenText } from '../stage/tokens.ts';
import './figure.css';
import './heads/heads.css';
import type { Seen } from './kind.ts';
import { drawnFrame, focusRow, shared } from './shared.ts';

/** The network with its real values, forwards and backwards. */
export function Figure({ session }: { session: Session }) {
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const touched = useRef<{ x: number; y: number } | null>(null);
  const box = useBox(area);
  const theme = useTheme(session.theme.value);
  const s = shared(session);
  const picture = s.picture.value;
  const a = picture?.anatomy ?? null;
  const schema = session.schema.value;
  const open = s.open.value;
  const looked = s.looked.value;
  const now = s.now.value;
  const position = session.position.value;
  const notation = session.notation.value;
  const part = session.part.value;
  const folded = session.folded.value;
  const selected = session.selection.value?.node;
  const weight = selected !== undefined && schema?.nodes[selected]?.role === 'parameter' ? selected : null;
  const { row, quarter } = useComputed(() => focusRow(session)).value;
  const vocabulary = session.run.value?.vocabulary;
  const text = useMemo(() => tokenText(vocabulary ?? []), [vocabulary]);

  const laid = useMemo(
    () =>
      picture && schema && box
        ? picture.kind.layout(picture.anatomy, {
            schema,
            position,
            now,
            open,
            looked,
            box,
            folded,
            focus: row,
            quarter,
            weight,
            part,
            notation,
            text,
          })
        : null,
    [picture, schema, box, folded, position, now, open, looked, row, quarter, weight, part, notation, text],
  );

  // the tracks stand under the same columns
  useLayoutEffect(() => {
    s.columns.value = laid?.columns ?? null;
  }, [laid, s]);
  const back = !!schema && position > schema.forward;
  useEffect(
    () => (picture ? session.want(picture.kind.wanted(picture.anatomy, back)) : undefined),
    [picture, back, session],
  );
  const shownWeight = laid?.scene.matrices.at(-1)?.node;
  useEffect(
    () =>
      laid && shownWeight !== undefined
        ? session.want(laid.scene.matrices.map(({ node, what }) => ({ node, what })))
        : undefined,
    [a, shownWeight, session],
  );
  // a figure wider than its box shows the open stop
  useLayoutEffect(() => {
    const element = area.current;
    const column = open === null ? undefined : laid?.columns.steps[open];
    if (!element || !box || !laid) return;
    if (laid.columns.width <= box.width + 1)
      s.scroll.value = 0; // it may have been wider than another box
    else if (laid.from !== undefined) element.scrollLeft = laid.from * box.unit;
    if (!column || laid.from !== undefined || laid.columns.width <= box.width + 1) return;
    const [left, right] = [column.x * box.unit, (column.x + column.w) * box.unit];
    show(element, left, right);
  }, [laid, open, box]);

  const frame = drawnFrame(session);
  const asked = session.asked.value;
  const { running } = session.training.value;
  const extents = session.extents.value;
  const scale = useMemo(() => {
    void running; // what was held may give way when it stops
    if (!laid) return null;
    const { matrices } = laid.scene;
    const whole =
      extents?.schema === schema ? niceRange(Math.max(...matrices.map((m) => extents.sizeOf(m.node, m.what)))) : null;
    return scalesOf(laid.scene, frame, (key, needed) =>
      key === 'term' ? s.scale(`terms of ${shownWeight}`, needed, whole) : s.scale(key, needed),
    );
  }, [laid, frame, running, s, schema, extents, shownWeight]);
  useLayoutEffect(() => {
    if (!laid || !box || !scale || !canvas.current) return;
    const ctx = prepareCanvas(canvas.current, laid.scene.width, laid.scene.height, box.unit);
    if (ctx) paint(ctx, laid.scene, frame, theme, scale, session.isAsked);
  }, [laid, box, scale, frame, theme, session, asked]);

  const point = (event: { clientX: number; clientY: number }) => {
    if (!laid || !box || !area.current) return null;
    const edge = area.current.getBoundingClientRect();
    return hitScene(
      laid.scene,
      (event.clientX - edge.left + area.current.scrollLeft) / box.unit,
      (event.clientY - edge.top) / box.unit,
    );
  };
  const places = laid && (laid.places ?? laid.columns.steps);
  const stopAt = (event: { clientX: number; clientY: number }) => {
    if (!places || !box || !area.current) return -1;
    const edge = area.current.getBoundingClientRect();
    const x = (event.clientX - edge.left + area.current.scrollLeft) / box.unit;
    const y = (event.clientY - edge.top) / box.unit;
    return places.findIndex((p) => x >= p.x && x < p.x + p.w && (!('h' in p) || (y >= p.y && y < p.y + p.h)));
  };

  const asking = asked !== null && !asked.revealed && back;
  const clip = session.operation.value?.kind === 'clip';
  const pieces =
    picture && schema
      ? picture.kind.equation(picture.anatomy, { schema, position, now, open, notation, clip, asking })
      : [];
  const seen: Seen | null = schema && {
    schema,
    position,
    open,
    text,
    values: (node, what) => frame?.values(node, what) ?? null,
    isAsked: session.isAsked,
    asks: (node) => asked !== null && !asked.revealed && asked.node === node,
  };
  const hover = session.hover.value;
  return (
    <section class="network" aria-label={folded ? t('figure.folded') : undefined}>
      {picture && schema ? (
        <Equation
          pieces={pieces}
          onGo={(to) =>
            session.goto(
              to === null ? position : position > schema.forward && to.backward > 0 ? to.backward : to.forward,
            )
          }
        />
      ) : null}
      <div
        class="drawing"
        ref={area}
        onScroll={(e) => {
          s.scroll.value = e.currentTarget.scrollLeft / (box?.unit ?? 1);
        }}
      >
        {laid && box && scale && a && (
          <div class="sheet-of-cells" style={{ width: `${laid.scene.width / 16}rem` }}>
            <svg class="ink" viewBox={`0 0 ${laid.scene.width} ${laid.scene.height}`} aria-hidden="true">
              {laid.scene.ground && (
                <rect
                  class="f-bench"
                  x={laid.scene.ground.x}
                  y={laid.scene.ground.y}
                  width={laid.scene.ground.w}
                  height={laid.scene.ground.h}
                  rx={6}
                />
              )}
              {laid.scene.paths.map(({ d, look }, i) => look === 'ground' && <path key={i} class="f-bench" d={d} />)}
              {laid.scene.belt && (
                <rect
                  class="belt"
                  x={laid.scene.belt.x}
                  y={laid.scene.belt.y}
                  width={laid.scene.belt.w}
                  height={laid.scene.belt.h}
                />
              )}
            </svg>
            <canvas ref={canvas} />
            <svg class="ink" viewBox={`0 0 ${laid.scene.width} ${laid.scene.height}`} aria-hidden="true">
              <Ink scene={laid.scene} />
              {frame && (
                <Figures
                  scene={laid.scene}
                  frame={frame}
                  theme={theme}
                  scales={scale}
                  hidden={session.isAsked}
                  text={text}
                />
              )}
              <Sources
                scene={laid.scene}
                explanation={session.explanation.value}
                part={part}
                pointed={hover ?? session.selection.value}
                askedAt={(mark, cell) => {
                  const gradient = mark.shown === 'gradient' || (mark.gradient !== 'none' && asked?.what === 'grad');
                  return session.askedAt(mark.node, cell, gradient ? mark.what : 'value');
                }}
              />
            </svg>
            <div
              class="over"
              role="presentation"
              onPointerMove={(e) => {
                if (e.pointerType === 'touch') return;
                const hit = point(e);
                const old = session.hover.peek();
                if (hit?.node !== old?.node || hit?.cell !== old?.cell) session.hover.value = hit;
                const stop = folded ? -1 : stopAt(e);
                s.pointed.value = laid.places?.[stop]?.point ? stop : null;
              }}
              onPointerLeave={() => {
                session.hover.value = null;
                s.pointed.value = null;
              }}
              onPointerDown={(e) => {
                touched.current = e.pointerType === 'touch' ? { x: e.clientX, y: e.clientY } : null;
              }}
              onPointerUp={(e) => {
                const by = swiped(touched.current, e);
                touched.current = null;
                if (by) {
                  session.move('token', by);
                  return;
                }
                const stop = folded ? -1 : stopAt(e);
                if (stop >= 0 && (stop !== open || laid.places?.[stop]?.point))
                  s.pinned.value = { open: stop, position };
                const hit = point(e);
                if (!hit) return;
                session.select(hit);
                session.pressed.value = hit;
              }}
            />
            <OperationButtons scene={laid.scene} onGo={session.goto} />
            {!folded && places && (
              <StopButtons
                scene={laid.scene}
                stops={a.stops}
                places={places}
                open={open}
                now={now}
                selection={session.selection.value}
                describe={(stop) => (picture && seen ? picture.kind.describe(picture.anatomy, stop, seen) : '')}
                onOpen={(stop) => {
                  s.pinned.value = { open: stop, position };
                }}
                onSelect={session.select}
              />
            )}
          </div>
        )}
        {!picture && <p class="dim">{t(schema ? 'figure.other' : 'figure.empty')}</p>}
      </div>
      {laid && box && frame && a?.loss && laid.columns.width > box.width + 1 && hasValue(a.loss, position) && (
        <span class="pinned num" aria-hidden="true">
          J{' '}
          <b>
            {session.isAsked(a.loss.id, 0, 'value') ? '?' : fixed(frame.values(a.loss.id, 'value')?.[0] ?? Number.NaN)}
          </b>
        </span>
      )}
      {laid && scale && a && <Legends scene={laid.scene} scales={scale} />}
      {picture && seen && frame && <Twin {...picture.kind.table(picture.anatomy, seen)} update={frame.step} />}
    </section>
  );
}
