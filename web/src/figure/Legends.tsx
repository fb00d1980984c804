import { rangeText } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Scene } from '../stage/scene.ts';
import type { GatedCell } from './cells.ts';
import { PartLegend, SignLegend, Was } from './Legend.tsx';
import type { Scales } from './paint.ts';

/** Those between 0 and 1. */
const gates = (cell: GatedCell | null) => (cell?.kind === 'gru' ? '\\a{r}, \\a{z}' : '\\a{f}, \\a{i}, \\a{o}');

/** A legend beside each scale that is drawn. */
export function Legends({ scene, scales, cell }: { scene: Scene; scales: Scales; cell: GatedCell | null }) {
  const drawn = (scale: string) => scene.vectors.some((v) => v.scale === scale && v.shown !== 'pending');
  const halved = scene.vectors.filter((v) => v.gradient === 'whole' || v.gradient === 'partial');
  return (
    <div class={cell ? 'legends gated' : 'legends'}>
      {drawn('state') && <SignLegend scale={scales.state} tex="\a{h}, \hat{y}" />}
      {drawn('gate') && <PartLegend tex={gates(cell)} />}
      {drawn('cell') && <SignLegend scale={scales.cell} tex="\a{c}" />}
      {drawn('rest') && <SignLegend scale={scales.rest} words={t('figure.legend.rest')} />}
      {(drawn('gradient') || halved.length > 0) && (
        <SignLegend scale={scales.gradient} tex="\g{∂J}" words={t('figure.legend.gradient')} framed />
      )}
      {scene.matrices.some((m) => m.shown) && (
        <span class={scales.term.was === null ? 'legend' : 'legend moved'}>
          <span>{t('figure.legend.term', { range: rangeText(scales.term.range) })}</span>
          <Was scale={scales.term} />
        </span>
      )}
      {scene.bars.some((b) => b.shown && b.what === 'value') && (
        <span>{t('figure.legend.bars', { most: rangeText(scales.probability.range) })}</span>
      )}
    </div>
  );
}
