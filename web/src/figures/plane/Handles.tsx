// Points of a plane that can be moved: by mouse and touch, by the arrows, taken away by Delete; a press on the empty
// ground adds one. Each is a button over the drawing, so that it is reached, named and large enough.
import { Component } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Plane } from './plane';

export interface Place {
  x: number;
  y: number;
}
export interface HandlesProps {
  plane: Plane;
  unit: number; // CSS pixels
  places: readonly Place[];
  picked: number | null;
  label: string;
  name(i: number): string;
  pick(i: number): void;
  /** Where it is now; done: and there it stays. */
  move(i: number, to: Place, done: boolean): void;
  add(at: Place): void;
  remove(i: number): void;
  locked?: boolean;
}
interface HandleProps {
  left: number;
  top: number;
  name: string;
  picked: boolean;
  tabIndex: number;
  i: number;
  /** Always the same object, with what is to be done now. */
  does: { current: Doing };
}
interface Doing {
  down(event: PointerEvent & { currentTarget: HTMLElement }): void;
  drag(event: PointerEvent): void;
  drop(event: PointerEvent): void;
  pick(i: number): void;
  key(event: KeyboardEvent, i: number): void;
}
/** Of a hundred, one is dragged: the others are not drawn anew. */
class Handle extends Component<HandleProps> {
  override shouldComponentUpdate(next: HandleProps): boolean {
    return (Object.keys(next) as (keyof HandleProps)[]).some((key) => next[key] !== this.props[key]);
  }
  override render({ left, top, name, picked, tabIndex, i, does }: HandleProps) {
    return (
      <button
        type="button"
        class="handle"
        style={{ left: `${left / 16}rem`, top: `${top / 16}rem` }}
        aria-label={name}
        aria-pressed={picked}
        tabIndex={tabIndex}
        onPointerDown={(event) => does.current.down(event)}
        onMouseDown={(event) => event.preventDefault()} // which would focus the button that lies on top
        onPointerMove={(event) => does.current.drag(event)}
        onPointerUp={(event) => does.current.drop(event)}
        onPointerCancel={(event) => does.current.drop(event)}
        onFocus={() => does.current.pick(i)}
        onKeyDown={(event) => does.current.key(event, i)}
      />
    );
  }
}
const FEW = 24; // points that Tab goes through one by one; of more it reaches the one that is picked

export function Handles({ plane, unit, places, picked, label, name, pick, move, add, remove, locked }: HandlesProps) {
  const held = useRef<{ id: number; i: number; dx: number; dy: number; to: Place | null } | null>(null);
  const area = useRef<HTMLFieldSetElement>(null);
  const at = (event: { clientX: number; clientY: number }) => {
    const box = (area.current as HTMLElement).getBoundingClientRect();
    return { px: (event.clientX - box.left) / unit, py: (event.clientY - box.top) / unit };
  };
  const focus = (i: number) =>
    area.current?.querySelectorAll<HTMLElement>('.handle')[i]?.focus({ preventScroll: true });
  const end = () => {
    const now = held.current;
    held.current = null;
    if (now?.to) move(now.i, now.to, true);
  };
  const down = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (locked || event.button !== 0) return;
    end(); // of another finger
    const { px, py } = at(event);
    const all = places.map((one) => Math.hypot(plane.x(one.x) - px, plane.y(one.y) - py));
    const i = all.indexOf(Math.min(...all)); // where they stand close, their buttons cover one another
    const here = places[i] as Place;
    held.current = { id: event.pointerId, i, dx: plane.x(here.x) - px, dy: plane.y(here.y) - py, to: null };
    event.currentTarget.setPointerCapture(event.pointerId);
    focus(i);
    pick(i);
  };
  const drag = (event: PointerEvent) => {
    const now = held.current;
    if (now?.id !== event.pointerId) return;
    const { px, py } = at(event);
    now.to = { x: plane.unx(px + now.dx), y: plane.uny(py + now.dy) };
    move(now.i, now.to, false);
  };
  const drop = (event: PointerEvent) => {
    if (held.current?.id === event.pointerId) end();
  };
  // The last button goes when a point does: who took it away by key goes on from the one before.
  const removed = useRef(false);
  useLayoutEffect(() => {
    if (removed.current && document.activeElement === document.body) focus(places.length - 1);
    removed.current = false;
  }, [places.length]);
  const key = (event: KeyboardEvent, i: number) => {
    if (locked || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.shiftKey ? 0.1 : 0.02;
    const arrow = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[event.key];
    if (arrow) {
      const here = places[i] as Place;
      move(i, { x: here.x + (arrow[0] ?? 0), y: here.y + (arrow[1] ?? 0) }, true);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      removed.current = true;
      remove(i);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const ground = (event: MouseEvent) => {
    if (locked || event.target !== event.currentTarget) return;
    const { px, py } = at(event);
    if (px < plane.left - 1 || px > plane.right + 1 || py < plane.top || py > plane.bottom) return;
    add({ x: plane.unx(px), y: plane.uny(py) });
  };
  const all = places.length <= FEW;
  const does = useRef<Doing>({ down, drag, drop, pick, key });
  does.current = { down, drag, drop, pick, key };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a point is also added by a button of the view
    <fieldset class={`handles${locked ? ' locked' : ''}`} ref={area} aria-label={label} onClick={ground}>
      {places.map((one, i) => (
        <Handle
          key={i}
          left={plane.x(one.x)}
          top={plane.y(one.y)}
          name={name(i)}
          picked={picked === i}
          tabIndex={all || i === (picked ?? 0) ? 0 : -1}
          i={i}
          does={does}
        />
      ))}
    </fieldset>
  );
}
