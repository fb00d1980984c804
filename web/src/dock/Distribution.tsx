// What comes next: every letter's probability, as the network gives it and after temperature, top-k and top-p.

import { useMemo, useRef } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import { fixed } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { bare, tokenText } from '../stage/tokens.ts';

export function Distribution({ session }: { session: Session }) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const given = session.distribution.value;
  const answers = session.answers.value;
  const vocabulary = session.run.value?.vocabulary;
  const text = useMemo(() => tokenText(vocabulary ?? []), [vocabulary]);
  const bars = given && box ? fitting(given.before, given.after, box.width, (token) => roomOf(text(token))) : [];
  const most = Math.max(0.05, ...bars.flatMap((b) => [b.before, b.after]));
  const height = box ? box.height - 34 : 0;
  const pitch = box ? box.width / Math.max(1, bars.length) : 0;
  const pair = session.schema.value?.pair;
  const caption = answers ? 'figure.answer' : pair ? 'figure.next.pair' : 'figure.next';
  const tall = (p: number) => (p / most) * height;
  return (
    <figure class="next">
      <div class="bars" ref={ref}>
        {box && given && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
            {bars.map((b, i) => {
              const x = i * pitch;
              const base = height + 15;
              const name = text(b.token);
              const wordy = name !== bare(name);
              return (
                <g key={b.token}>
                  <rect x={x + 1} y={base - tall(b.before)} width={pitch - 2} height={tall(b.before)} class="before" />
                  {!answers && (
                    <rect
                      x={x + 2.5}
                      y={base - tall(b.after)}
                      width={Math.max(1, pitch - 5)}
                      height={tall(b.after)}
                      class="f-ink"
                    />
                  )}
                  <text
                    class={`mid ${b.after > 0 ? 'b' : 't3'} ${wordy ? '' : 'mono'}`}
                    x={x + pitch / 2}
                    y={base + 14}
                    style={{ fontSize: '12px' }}
                  >
                    {wordy ? (name === text(vocabulary?.indexOf('<end>') ?? -1) ? '■' : '▸') : name}
                  </text>
                </g>
              );
            })}
            <path class="l-edge" d={`M0 ${height + 15}H${box.width}`} />
            <text class="t12 t2" x={0} y={10}>
              {fixed(most, 2)}
            </text>
          </svg>
        )}
      </div>
      <figcaption class="legends">
        <span hidden={answers && !given}>
          <i class="swatch before" /> {t('figure.next.before')}
        </span>
        {!answers && (
          <span>
            <i class="swatch after" /> {t('figure.next.after')}
          </span>
        )}
        {given && <span>{t('figure.next.end')}</span>}
        {answers && !given && <span>{t('figure.answer.number')}</span>}
      </figcaption>
      {given && (
        <div class="sr">
          <table>
            <caption>{t(caption, { text: given.text || t('mark.start') })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('figure.table.letter')}</th>
                <th scope="col">{t('figure.next.before')}</th>
                {!answers && <th scope="col">{t('figure.next.after')}</th>}
              </tr>
            </thead>
            <tbody>
              {bars.map((b) => (
                <tr key={b.token}>
                  <th scope="row">{bare(text(b.token))}</th>
                  <td>{fixed(b.before, 3)}</td>
                  {!answers && <td>{fixed(b.after, 3)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </figure>
  );
}

const LEAST = 11.6; // of a bar
const LETTER = 7.6; // of 12 px, in the letters of what is read
/** How wide a bar has to be for its name; the marks are signs. */
const roomOf = (name: string) => (name === bare(name) && name.length > 1 ? name.length * LETTER + 6 : LEAST);

/** As many as have room for their names side by side, the likeliest. */
export function fitting(before: number[], after: number[], width: number, room: (token: number) => number) {
  for (let most = Math.floor(width / LEAST); most > 1; most--) {
    const bars = chosen(before, after, most);
    if (bars.length * Math.max(...bars.map(({ token }) => room(token))) <= width) return bars;
    most = Math.min(most, bars.length);
  }
  return chosen(before, after, 1);
}

/** All tokens, or where there is no room for all the likeliest, in the vocabulary's order. */
export function chosen(before: number[], after: number[], most: number) {
  const all = before.map((p, token) => ({ token, before: p, after: after[token] ?? 0 }));
  if (all.length <= most) return all;
  const size = (b: (typeof all)[number]) => Math.max(b.before, b.after);
  return all
    .toSorted((x, y) => size(y) - size(x))
    .slice(0, most)
    .sort((x, y) => x.token - y.token);
}
