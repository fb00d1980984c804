import { useComputed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { prepareCanvas, useBox, useTheme } from '../draw/box.ts';
import { fixed } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { hasValue } from '../stage/tape.ts';
import { ColumnButtons } from './ColumnButtons.tsx';
import { Equation, piecesOf } from './Equation.tsx';
import './figure.css';
import { fold } from './fold.ts';
import { hitScene } from './hit.ts';
import { Legends } from './Legends.tsx';
import { layout } from './layout.ts';
import { Figures, Ink } from './Marks.tsx';
import { OperationButtons } from './OperationButtons.tsx';
import { paint, scalesOf } from './paint.ts';
import { Sources } from './Sources.tsx';
import { drawnFrame, focusRow, shared } from './shared.ts';
import { FigureTable } from './Table.tsx';
import { tokenText } from './tokens.ts';
import { wantedOf, wantedTerms } from './wanted.ts';

const words = () => ({
  own: t('figure.own'),
  later: t('figure.later'),
  by: t('figure.by'),
  through: t('figure.through'),
  onto: t('figure.onto'),
  alike: t('figure.alike'),
  arrives: t('figure.arrives'),
  slope: t('figure.slope'),
  mean: t('figure.less'),
  clip: t('figure.clip'),
  short: {
    own: t('figure.own.short'),
    onto: t('figure.onto.short'),
    alike: t('figure.alike.short'),
    mean: t('figure.less.short'),
  },
  moves: {
    sums: t('figure.move.sums'),
    forget: t('figure.move.forget'),
    store: t('figure.move.store'),
    update: t('figure.move.update'),
    output: t('figure.move.output'),
    reset: t('figure.move.reset'),
    candidate: t('figure.move.candidate'),
    guess: t('figure.move.guess'),
  },
});

/** A finger drawn to the left goes on, to the right back; 0 for a tap. */
function swiped(from: { x: number; y: number } | null, to: { clientX: number; clientY: number }): 1 | -1 | 0 {
  if (!from) return 0;
  const [x, y] = [to.clientX - from.x, to.clientY - from.y];
  return Math.abs(x) < 36 || Math.abs(x) < 1.5 * Math.abs(y) ? 0 : x < 0 ? 1 : -1;
}

/** The network with its real values, forwards and backwards. */
export function Figure({ session }: { session: Session }) {
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const touched = useRef<{ x: number; y: number } | null>(null);
  const box = useBox(area);
  const theme = useTheme(session.theme.value);
  const s = shared(session);
  const a = s.anatomy.value;
  const schema = session.schema.value;
  const open = s.open.value;
  const now = s.now.value;
  const position = session.position.value;
  const notation = session.notation.value;
  const part = session.part.value;
  const folded = session.folded.value;
  const selected = session.selection.value?.node;
  const weight = selected !== undefined && schema?.nodes[selected]?.role === 'parameter' ? selected : undefined;
  const { row, quarter } = useComputed(() => focusRow(session)).value;
  const vocabulary = session.run.value?.vocabulary;
  const text = useMemo(() => tokenText(vocabulary ?? []), [vocabulary]);

  const laid = useMemo(
    () =>
      a?.drawable && schema && box
        ? (folded ? fold : layout)({
            anatomy: a,
            forward: schema.forward,
            position,
            now,
            open,
            box,
            focus: row,
            quarter,
            ...(weight === undefined ? {} : { weight }),
            part,
            notation,
            text,
            tokens: schema.tokens,
            targets: schema.targets,
            words: words(),
          })
        : null,
    [a, schema, box, folded, position, now, open, row, quarter, weight, part, notation, text],
  );

  // the tracks stand under the same columns
  useLayoutEffect(() => {
    s.columns.value = laid?.columns ?? null;
  }, [laid, s]);
  const back = !!schema && position > schema.forward;
  useEffect(() => (a ? session.want(wantedOf(a, back)) : undefined), [a, back, session]);
  const shownWeight = laid?.scene.matrices.at(-1)?.node;
  useEffect(
    () => (laid && shownWeight !== undefined ? session.want(wantedTerms(laid.scene)) : undefined),
    [a, shownWeight, session],
  );
  // a figure wider than its box shows the open step
  useLayoutEffect(() => {
    const element = area.current;
    const column = open === null ? undefined : laid?.columns.steps[open];
    if (!element || !box || !column || !laid || laid.columns.width <= box.width + 1) return;
    const [left, right] = [column.x * box.unit, (column.x + column.w) * box.unit];
    if (left - 40 < element.scrollLeft) element.scrollLeft = left - 40;
    else if (right + 20 > element.scrollLeft + element.clientWidth)
      element.scrollLeft = right + 20 - element.clientWidth;
  }, [laid, open, box]);

  const frame = drawnFrame(session);
  const asked = session.asked.value;
  const { running } = session.training.value;
  const scale = useMemo(() => {
    void running; // what was held may give way when it stops
    return laid ? scalesOf(laid.scene, frame, s.scale) : null;
  }, [laid, frame, running, s]);
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
  const columnAt = (clientX: number) => {
    if (!laid || !box || !area.current) return -1;
    const x = (clientX - area.current.getBoundingClientRect().left + area.current.scrollLeft) / box.unit;
    return laid.columns.steps.findIndex((c) => x >= c.x && x < c.x + c.w);
  };

  const asking = asked !== null && !asked.revealed && back;
  const pieces =
    a && schema
      ? piecesOf(a, schema, position, now, open, notation, session.operation.value?.kind === 'clip', asking)
      : [];
  const hover = session.hover.value;
  return (
    <section class="network" aria-label={folded ? t('figure.folded') : undefined}>
      {a?.drawable && schema ? (
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
              }}
              onPointerLeave={() => {
                session.hover.value = null;
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
                const column = folded ? -1 : columnAt(e.clientX);
                if (column >= 0 && column !== open) s.pinned.value = { open: column, position };
                const hit = point(e);
                if (!hit) return;
                session.select(hit);
                session.pressed.value = hit;
              }}
            />
            <OperationButtons scene={laid.scene} onGo={session.goto} />
            {!folded && <ColumnButtons session={session} laid={laid} text={text} />}
          </div>
        )}
        {!a?.steps.length && <p class="dim">{t('figure.empty')}</p>}
        {a && a.steps.length > 0 && !a.drawable && <p class="dim">{t('figure.other')}</p>}
      </div>
      {laid && box && frame && a?.loss && laid.columns.width > box.width + 1 && hasValue(a.loss, position) && (
        <span class="pinned num" aria-hidden="true">
          J{' '}
          <b>
            {session.isAsked(a.loss.id, 0, 'value') ? '?' : fixed(frame.values(a.loss.id, 'value')?.[0] ?? Number.NaN)}
          </b>
        </span>
      )}
      {laid && scale && a && <Legends scene={laid.scene} scales={scale} cell={a.steps[0]?.gated ?? null} />}
      {a && schema && frame && <FigureTable session={session} anatomy={a} text={text} />}
    </section>
  );
}
