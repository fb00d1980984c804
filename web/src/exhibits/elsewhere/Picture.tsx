// A picture of 12 by 12 points, drawn on by pointer or by keys, with a gap between its patches.
import { useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { SIDE } from './lab';
import type { Lesson } from './lesson';

const KEYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

export function Picture({ lesson, locked }: { lesson: Lesson; locked: boolean }) {
  const area = useRef<HTMLFieldSetElement>(null);
  const drawn = useRef<string | null>(null); // while the pointer is down
  const { digits, ink } = lesson.lab.value;
  const inked = (from: string, i: number) => `${from.slice(0, 2 + i)}${ink === 'rub' ? 0 : 9}${from.slice(3 + i)}`;
  const over = (event: PointerEvent): number => {
    const cell = document.elementFromPoint(event.clientX, event.clientY);
    return cell instanceof HTMLElement && area.current?.contains(cell) ? Number(cell.dataset.point ?? -1) : -1;
  };
  const draw = (event: PointerEvent) => {
    const i = over(event);
    if (drawn.current === null || i < 0) return;
    drawn.current = inked(drawn.current, i);
    lesson.follow(drawn.current);
  };
  const end = () => {
    if (drawn.current !== null) lesson.change(drawn.current);
    drawn.current = null;
  };
  return (
    <fieldset
      class="elsewhere-picture"
      ref={area}
      aria-label={t('elsewhere.picture')}
      disabled={locked}
      onPointerDown={(event) => {
        if (locked || event.button !== 0) return;
        drawn.current = digits;
        draw(event);
      }}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerLeave={end}
    >
      {[...digits.slice(2)].map((point, i) => (
        <button
          type="button"
          key={i}
          class="elsewhere-point"
          data-point={i}
          tabIndex={i === 0 ? 0 : -1}
          aria-label={t('elsewhere.point', { row: Math.floor(i / SIDE) + 1, column: (i % SIDE) + 1, ink: point })}
          onKeyDown={(event) => {
            const by = KEYS[event.key];
            if (by !== undefined) {
              area.current?.querySelector<HTMLElement>(`[data-point="${i + by}"]`)?.focus();
              event.preventDefault();
              event.stopPropagation();
            } else if (event.key === 'Enter' || event.key === ' ') {
              lesson.change(inked(digits, i));
              event.preventDefault();
              event.stopPropagation();
            }
          }}
        >
          <i style={{ opacity: Number(point) / 9 }} />
        </button>
      ))}
    </fieldset>
  );
}
