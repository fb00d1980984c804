// The figure by keyboard: one stop in the order of the page; arrows go from step to step and from cell to cell.

import { useRef } from 'preact/hooks';
import { fixed } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { gradientState, hasValue } from '../stage/tape.ts';
import { type Step, vectors } from './anatomy.ts';
import type { Laid } from './layout.ts';
import { drawnFrame, shared } from './shared.ts';
import { bare } from './tokens.ts';

export function ColumnButtons({
  session,
  laid,
  text,
}: {
  session: Session;
  laid: Laid;
  text: (token: number) => string;
}) {
  const s = shared(session);
  const list = useRef<HTMLFieldSetElement>(null);
  const a = s.anatomy.value;
  const schema = session.schema.value;
  const position = session.position.value;
  const frame = drawnFrame(session);
  if (!a || !schema) return null;
  const open = s.open.value;

  const describe = (step: Step, i: number) => {
    const parts = [t('figure.column', { time: step.time, letter: bare(text(schema.tokens[i] ?? -1)) })];
    const loss = step.loss && hasValue(step.loss, position) ? frame?.values(step.loss.id, 'value')?.[0] : undefined;
    if (step.state && !hasValue(step.state, position)) parts.push(t('figure.column.ahead'));
    if (loss !== undefined && step.loss && !session.isAsked(step.loss.id, 0, 'value'))
      parts.push(t('figure.column.loss', { loss: fixed(loss) }));
    if (step.state && gradientState(a, step.state, position, schema.forward) === 'whole')
      parts.push(t('figure.column.back'));
    if (i === open) parts.push(t('figure.column.open'));
    return parts.join(', ');
  };
  const go = (i: number) => {
    s.pinned.value = { open: i, position };
    list.current?.querySelectorAll('button')[i]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, i: number, step: Step) => {
    const last = a.steps.length - 1;
    const chosen = session.selection.value;
    const inOpen = chosen && a.node(chosen.node).time === step.time;
    const now = s.now.value?.time === step.time ? s.now.value : step.state;
    const node = chosen && inOpen ? a.node(chosen.node) : now;
    const cells = node?.shape.reduce((x, y) => x * y, 1) ?? 1;
    const cell = chosen && inOpen ? chosen.cell : 0;
    const shown = laid.scene.vectors.filter((v) =>
      vectors([...step.hidden, ...step.output]).some((n) => n.id === v.node),
    );
    const k = shown.findIndex((v) => v.node === node?.id);
    const act: Record<string, () => void> = {
      ArrowLeft: () => go(Math.max(0, i - 1)),
      ArrowRight: () => go(Math.min(last, i + 1)),
      Home: () => go(0),
      End: () => go(last),
      ArrowUp: () => node && session.select({ node: node.id, cell: Math.max(0, cell - 1) }),
      ArrowDown: () => node && session.select({ node: node.id, cell: Math.min(cells - 1, cell + 1) }),
      '[': () => shown.length && session.select({ node: shown[Math.max(0, k - 1)]?.node ?? 0, cell }),
      ']': () => shown.length && session.select({ node: shown[Math.min(shown.length - 1, k + 1)]?.node ?? 0, cell }),
    };
    const run = act[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <fieldset class="columns" aria-label={t('figure.columns')} ref={list}>
      {a.steps.map((step, i) => {
        const c = laid.columns.steps[i];
        return c ? (
          <button
            type="button"
            key={step.time}
            class="column"
            style={{ left: `${c.x / 16}rem`, width: `${(c.w - 2) / 16}rem` }}
            tabIndex={i === (open ?? 0) ? 0 : -1}
            aria-label={describe(step, i)}
            aria-pressed={i === open}
            onClick={() => {
              s.pinned.value = { open: i, position };
            }}
            onKeyDown={(e) => onKeyDown(e, i, step)}
          />
        ) : null;
      })}
    </fieldset>
  );
}
