import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { linesOf, pageFrom } from './lines';

const FITS = -1; // all of it
const LOW = 4; // CSS pixels by which an index hangs below its line

/** Words in the room that is left for them: no line is cut; what does not fit is a press away. */
export function Paged({ label, children }: { label: string; children: ComponentChildren }) {
  const outer = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLElement>(null);
  const turn = useRef<HTMLButtonElement>(null);
  const first = useSignal(0); // line at the top
  const next = useSignal(FITS); // line at the top of the next page
  const measure = useRef(() => {});
  measure.current = () => {
    const [room, words, button] = [outer.current, inner.current, turn.current];
    if (!room || !words || !button) return;
    words.style.removeProperty('--page-height');
    words.scrollTop = 0;
    // All that the column could give, whatever of it is taken now: else each measure would change the next.
    room.style.flexGrow = '1';
    const height = getComputedStyle(room).flexShrink === '0' ? Number.POSITIVE_INFINITY : room.clientHeight;
    room.style.flexGrow = '';
    const lines = words.scrollHeight <= height + 1 ? [] : linesOf(words);
    const fits = (lines.at(-1)?.bottom ?? 0) <= height + LOW;
    const shown = fits ? null : pageFrom(lines, first.peek(), height - button.offsetHeight);
    if (!shown) first.value = 0;
    if (shown) words.style.setProperty('--page-height', `${shown.height}px`);
    words.scrollTop = shown?.top ?? 0;
    next.value = shown?.next ?? FITS;
  };
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => measure.current());
    if (outer.current) observer.observe(outer.current);
    void document.fonts.ready.then(() => measure.current());
    return () => observer.disconnect();
  }, []);
  // After every render: the words may be others.
  useLayoutEffect(() => measure.current());
  const more = next.value !== FITS;
  return (
    <div class={`paged${more ? ' cut' : ''}`} ref={outer}>
      <section class="words" ref={inner} aria-label={label}>
        {children}
      </section>
      <button
        type="button"
        class="btn link turn"
        ref={turn}
        tabIndex={more ? 0 : -1}
        aria-hidden={!more}
        onClick={() => {
          first.value = next.peek();
        }}
      >
        {t(next.value === 0 ? 'text.top' : 'text.more')}
      </button>
    </div>
  );
}
