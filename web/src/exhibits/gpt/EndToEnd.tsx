// What is left of the distribution, end to end, and where the random number lies.
import { useRef } from 'preact/hooks';
import { type Box, useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import { after } from './lab';
import { letterOf } from './letters';
import type { Candidate } from './writer';

const TOP = 26; // in rem/16: the random number
const BAR = 50;

/** What is left, end to end in the order of the alphabet: where the random number lies, that letter is drawn. */
export function EndToEnd({
  candidates,
  moments,
  u,
  drawn,
}: {
  candidates: Candidate[];
  moments: number;
  u: number;
  drawn: number;
}) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div
      class="gpt-bar"
      ref={area}
      role="img"
      aria-label={t(moments >= after('draw') ? 'gpt.bar.drawn' : 'gpt.bar', { u: fixed(u, 3) })}
    >
      {box && <Pieces box={box} candidates={candidates} moments={moments} u={u} drawn={drawn} />}
    </div>
  );
}

function Pieces({
  box,
  candidates,
  moments,
  u,
  drawn,
}: {
  box: Box;
  candidates: Candidate[];
  moments: number;
  u: number;
  drawn: number;
}) {
  const width = box.width - 2;
  const there = moments >= after('left');
  const done = moments >= after('draw');
  const x = (share: number) => 1 + share * width;
  return (
    <svg viewBox={`0 0 ${box.width} ${TOP + BAR + 20}`} aria-hidden="true">
      <rect class={there ? 'gpt-piece' : 'void'} x={1} y={TOP} width={width} height={BAR} />
      {there &&
        candidates
          .filter(({ left }) => left > 0)
          .map(({ token, name, from, to }) => {
            const picked = done && token === drawn;
            const room = (to - from) * width;
            const letter = letterOf(name);
            return (
              <g key={token}>
                <rect class={picked ? 'gpt-piece picked' : 'gpt-piece'} x={x(from)} y={TOP} width={room} height={BAR} />
                {room > 8 * letter.length + 4 && (
                  <text class={`t14 b mid mono${picked ? ' inv' : ''}`} x={x((from + to) / 2)} y={TOP + BAR / 2 + 5}>
                    {letter}
                  </text>
                )}
              </g>
            );
          })}
      {done && (
        <g>
          <path class="f-ink" d={`M${x(u) - 6} ${TOP - 11}h12l-6 10z`} />
          <text class={`t13 b ${u > 0.75 ? 'end' : ''}`} x={x(u) + (u > 0.75 ? -10 : 10)} y={TOP - 6}>
            {`u = ${fixed(u, 3)}`}
          </text>
        </g>
      )}
      {[0, 0.25, 0.5, 0.75, 1].map((share, i) => (
        <text key={share} class={`t12 t3 ${i === 0 ? '' : i === 4 ? 'end' : 'mid'}`} x={x(share)} y={TOP + BAR + 15}>
          {share}
        </text>
      ))}
    </svg>
  );
}
