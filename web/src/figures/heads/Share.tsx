// A share of what was looked at: a cell of a table in its shade, and what the shades mean.
import type { ComponentChildren } from 'preact';
import { rampShade, type Theme } from '../../draw/colour.ts';

/** One that does not say its number has its shade alone. */
export function Share({ value, theme, children }: { value: number; theme: Theme; children: ComponentChildren }) {
  const { fill, ink } = rampShade(theme, theme.share, value, 1);
  return (
    <td class="num" style={{ background: fill, color: ink }}>
      {children}
    </td>
  );
}

export function ShareLegend({ words }: { words?: string }) {
  return (
    <span class="legend">
      {words && <span>{words}</span>}
      <span class="num">0</span>
      <i class="ramp share" aria-hidden="true" />
      <span class="num">1</span>
    </span>
  );
}
