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
    const whole = next.peek() === FITS;
    if (whole && words.offsetHeight <= room.clientHeight + 1) return;
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
    // the column too: words that are cut take no more of it by themselves when it becomes longer
    for (const box of [outer.current, inner.current, outer.current?.parentElement]) if (box) observer.observe(box);
    // Not fonts.ready: to ask for it lays out the page.
    const settled = () => measure.current();
    document.fonts.addEventListener('loadingdone', settled);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', settled);
    };
  }, []);
  // Words that are cut have the height of their page, whatever they become: they are measured anew after every render.
  useLayoutEffect(() => {
    if (next.peek() === FITS) return;
    const frame = requestAnimationFrame(() => measure.current());
    return () => cancelAnimationFrame(frame);
  });
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
