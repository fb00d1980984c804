import { rangeText } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';

/** The sign scale with its ticks: what the colours of one range mean. */
export function SignLegend({
  range,
  tex,
  words,
  framed = false,
}: {
  range: number;
  tex?: string;
  words?: string;
  framed?: boolean;
}) {
  const end = rangeText(range);
  return (
    <span class="legend">
      {tex && <M tex={tex} />}
      {words && <span>{words}</span>}
      <span class="num">−{end}</span>
      <i class={framed ? 'ramp framed' : 'ramp'} aria-hidden="true" />
      <span class="num">+{end}</span>
    </span>
  );
}

/** Of what lies between 0 and 1: the upper half of the same colours. */
export function PartLegend({ tex }: { tex: string }) {
  return (
    <span class="legend">
      <M tex={tex} />
      <span class="num">0</span>
      <i class="ramp upper" aria-hidden="true" />
      <span class="num">1</span>
    </span>
  );
}
