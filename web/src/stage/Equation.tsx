// A formula in one line, with the operation of this moment inverted.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import { M } from '../draw/Math.tsx';
import { mathText } from '../draw/math.ts';
import { t } from '../i18n/index.ts';
import type { NodeSchema } from '../session/types.ts';
import type { Piece } from './pieces.ts';

const SMALLEST = 0.68; // of 18 px: nothing is under 12
const SNUG = 0.98; // glyphs do not shrink quite as their size does

/** One line, smaller where it would not fit. Each operation in it is pressed to go there. */
export function Equation({ pieces, onGo }: { pieces: Piece[]; onGo: (to: NodeSchema | null) => void }) {
  const line = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const room = useBox(line)?.width;
  const words = pieces.map(({ tex, wide, wider }) => `${tex} ${wide} ${wider}`).join(); // what may go changes too
  const letters = useLetters();
  // Only where one of them changed: it makes the browser lay out the page.
  useLayoutEffect(() => {
    if (!room || !line.current || !text.current) return; // laid out once, when its box is known
    const [box, span] = [line.current, text.current];
    span.style.fontSize = '';
    // the whole of it, smaller; else without what is only beside the point
    for (const left of ['', 'no-wider', 'no-wider no-wide']) {
      span.className = left;
      const fits = box.clientWidth / span.offsetWidth;
      if (fits * SNUG < SMALLEST && left !== 'no-wider no-wide') continue;
      if (fits < 1) span.style.fontSize = `${Math.max(SMALLEST, fits * SNUG)}em`;
      break;
    }
  }, [words, room, letters]);
  return (
    <div class="eq" ref={line}>
      <span ref={text}>
        {pieces.map(({ tex, now = false, wide, wider, to }, i) => (
          <span key={i} class={wider ? 'wider' : wide ? 'wide' : undefined}>
            {to === undefined || to?.forward === 0 ? (
              <M tex={tex} now={now} />
            ) : (
              <button
                type="button"
                tabIndex={now ? 0 : -1}
                aria-label={t('figure.go', { name: mathText(tex) })}
                aria-current={now ? 'step' : undefined}
                onClick={() => onGo(to)}
              >
                <M tex={tex} now={now} />
              </button>
            )}
          </span>
        ))}
      </span>
    </div>
  );
}

/** How often letters have come: what was measured before, in others, was of another width. */
function useLetters(): number {
  const [times, set] = useState(0);
  useEffect(() => {
    const come = () => set((before) => before + 1);
    document.fonts.addEventListener('loadingdone', come);
    return () => document.fonts.removeEventListener('loadingdone', come);
  }, []);
  return times;
}
