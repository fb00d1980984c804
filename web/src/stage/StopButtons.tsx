// A figure by keyboard: one stop in the order of the page; arrows go from stop to stop and from cell to cell.

import { useRef } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import type { NodeSchema, Selection } from '../session/types.ts';
import type { Scene } from './scene.ts';
import type { Stop } from './stops.ts';
import { cells } from './tape.ts';

export interface StopButtonsProps {
  scene: Scene;
  stops: Stop[];
  places: { x: number; y?: number; w: number; h?: number }[]; // of the whole height where they have none
  open: number | null;
  now: NodeSchema | null;
  selection: Selection | null;
  describe: (stop: number) => string;
  onOpen: (stop: number) => void;
  onSelect: (cell: Selection) => void;
}

/** In a matrix arrows move the cell that is pointed at. False where the key is none of them, or nothing is. */
function step({ scene, selection, now, onSelect }: StopButtonsProps, key: string): boolean {
  const at = selection ?? (now && { node: now.id, cell: 0 });
  const marks = at ? scene.vectors.filter((v) => v.node === at.node && v.shown !== 'gradient') : [];
  const columns = marks[0]?.rows.y.length ?? 0;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (!at || by === undefined || columns === 0) return false;
  const cell = at.cell + by;
  if (cell >= 0 && cell < columns * marks.length) onSelect({ node: at.node, cell });
  return true;
}

export function StopButtons(of: StopButtonsProps) {
  const { scene, stops, places, open, onOpen, onSelect } = of;
  const list = useRef<HTMLFieldSetElement>(null);
  const go = (i: number) => {
    onOpen(i);
    list.current?.querySelectorAll('button')[i]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, i: number, stop: Stop) => {
    const last = stops.length - 1;
    const within = (id: number | undefined) => stop.nodes.find((n) => n.id === id) ?? null;
    if (stop.across && step(of, event.key)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const chosen = within(of.selection?.node);
    const node = chosen ?? within(of.now?.id) ?? stop.main;
    const count = node ? cells(node) : 1;
    const cell = chosen ? (of.selection?.cell ?? 0) : 0;
    const shown = scene.vectors.filter((v) => stop.shown.some((n) => n.id === v.node));
    const k = shown.findIndex((v) => v.node === node?.id);
    const act: Record<string, () => void> = {
      ArrowLeft: () => go(Math.max(0, i - 1)),
      ArrowRight: () => go(Math.min(last, i + 1)),
      Home: () => go(0),
      End: () => go(last),
      ArrowUp: () => node && onSelect({ node: node.id, cell: Math.max(0, cell - 1) }),
      ArrowDown: () => node && onSelect({ node: node.id, cell: Math.min(count - 1, cell + 1) }),
      '[': () => shown.length && onSelect({ node: shown[Math.max(0, k - 1)]?.node ?? 0, cell }),
      ']': () => shown.length && onSelect({ node: shown[Math.min(shown.length - 1, k + 1)]?.node ?? 0, cell }),
    };
    const run = act[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const rem = (units: number) => `${units / 16}rem`;
  return (
    <fieldset class="columns" aria-label={t('figure.columns')} ref={list}>
      {stops.map((stop, i) => {
        const at = places[i];
        return at ? (
          <button
            type="button"
            key={i}
            class="column"
            style={{
              left: rem(at.x),
              width: rem(at.w - 2),
              ...(at.y === undefined ? {} : { top: rem(at.y) }),
              ...(at.h === undefined ? {} : { height: rem(at.h) }),
            }}
            tabIndex={i === (open ?? 0) ? 0 : -1}
            aria-label={of.describe(i)}
            aria-pressed={i === open}
            onClick={() => onOpen(i)}
            onKeyDown={(e) => onKeyDown(e, i, stop)}
          />
        ) : null;
      })}
    </fieldset>
  );
}
