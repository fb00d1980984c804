import { rangeText } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';
import type { Held } from '../draw/scales.ts';
import { t } from '../i18n/index.ts';

/** The sign scale with its ticks: what the colours of one range mean. Where they changed, it says what they meant. */
export function SignLegend({
  scale,
  tex,
  words,
  framed = false,
}: {
  scale: Held;
  tex?: string;
  words?: string;
  framed?: boolean;
}) {
  const end = rangeText(scale.range);
  return (
    <span class={scale.was === null ? 'legend' : 'legend moved'}>
      {tex && <M tex={tex} />}
      {words && <span>{words}</span>}
      <span class="num">−{end}</span>
      <i class={framed ? 'ramp framed' : 'ramp'} aria-hidden="true" />
      <span class="num">+{end}</span>
      <Was scale={scale} />
    </span>
  );
}

/** What a scale was until here, said aloud too; or that it was kept, and would be another if one came here first. */
export const Was = ({ scale: { was, kept } }: { scale: Held }) => (
  <span class="was num" role="status">
    {was !== null ? t('figure.legend.was', { range: rangeText(was) }) : kept && t('figure.legend.kept')}
  </span>
);

/** Of what lies between 0 and 1: the upper half of the same colours; of weights that add up to 1, their own. */
export function PartLegend({ tex, share = false }: { tex: string; share?: boolean }) {
  return (
    <span class="legend">
      <M tex={tex} />
      <span class="num">0</span>
      <i class={share ? 'ramp share' : 'ramp upper'} aria-hidden="true" />
      <span class="num">1</span>
    </span>
  );
}
