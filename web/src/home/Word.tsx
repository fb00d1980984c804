import { useRef } from 'preact/hooks';
import { useBox, useTheme } from '../draw/box';
import { signShade } from '../draw/colour';
import { t } from '../i18n';
import { states, WORD } from './states';

const ARROW = 'M0 0l-7.5 -2.9v5.8Z';

/** "unroll", read letter by letter: over each letter the state of the trained network after it. */
export function Word({ theme: seen }: { theme: string }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = useTheme(seen);
  const known = states.value;
  const letters = [...WORD];
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  const pitch = Math.min(84, width / (letters.length + 0.15));
  const cellWidth = pitch * 0.58;
  const font = Math.min(68, height * 0.46);
  const cells = known?.[0]?.length ?? 8;
  const cellHeight = Math.min(88 / cells, (height - font * 0.76 - 24) / cells);
  const tall = cellHeight * cells;
  const left = pitch * 0.33;
  return (
    <div class="word" ref={area}>
      {cellWidth > 2 &&
        tall > 2 && ( // not before its box has a place in the page
          <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('home.word')}>
            {letters.map((letter, i) => {
              const x = left + i * pitch;
              const middle = x + cellWidth / 2;
              const state = known?.[i];
              return (
                <g key={i}>
                  {state ? (
                    state.map((value, j) => (
                      <rect
                        key={j}
                        class="c"
                        x={x}
                        y={4 + j * cellHeight}
                        width={cellWidth}
                        height={cellHeight}
                        fill={signShade(theme, value, 1).fill}
                      />
                    ))
                  ) : (
                    <rect class="void" x={x + 1} y={5} width={cellWidth - 2} height={tall - 2} />
                  )}
                  <path class="wire" d={`M${x - (pitch - cellWidth) + 3} ${4 + tall / 2}H${x - 6}`} />
                  <path class="f-edge" d={ARROW} transform={`translate(${x - 3} ${4 + tall / 2})`} />
                  <path class="wire" d={`M${middle} ${tall + 18}V${tall + 11}`} />
                  <path class="f-edge" d={ARROW} transform={`translate(${middle} ${tall + 8}) rotate(-90)`} />
                  <text class="mid word-letter" x={middle} y={height - 4} style={{ fontSize: `${font}px` }}>
                    {letter}
                  </text>
                </g>
              );
            })}
          </svg>
        )}
    </div>
  );
}
