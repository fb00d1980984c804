import { fixed } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Notation } from '../session/types.ts';
import { SignLegend } from './Legend.tsx';
import type { Ranges } from './paint.ts';
import type { Scene } from './scene.ts';

/** A legend beside each scale that is drawn. */
export function Legends({ scene, ranges, back }: { scene: Scene; ranges: Ranges; notation: Notation; back: boolean }) {
  const drawn = (scale: string) => scene.vectors.some((v) => v.scale === scale && v.shown === 'value');
  return (
    <div class="legends">
      {drawn('state') && <SignLegend range={ranges.state} tex="\a{h}, \hat{y}" />}
      {drawn('rest') && <SignLegend range={ranges.rest} words={t('figure.legend.rest')} />}
      {scene.vectors.some((v) => v.gradient === 'whole' || v.gradient === 'partial') && (
        <SignLegend range={ranges.gradient} tex="\g{∂J}" words={t('figure.legend.gradient')} framed />
      )}
      {back && scene.matrices.some((m) => m.shown) && (
        <SignLegend range={ranges.term} words={t('figure.legend.term')} framed />
      )}
      {scene.bars.some((b) => b.shown && b.what === 'value') && (
        <span>{t('figure.legend.bars', { most: fixed(ranges.probability, 2) })}</span>
      )}
    </div>
  );
}
