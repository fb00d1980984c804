import { rangeText } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import { PartLegend, SignLegend, Was } from './Legend.tsx';
import type { Scales } from './paint.ts';
import type { Scene } from './scene.ts';

/** A legend beside each scale that is drawn. */
export function Legends({ scene, scales }: { scene: Scene; scales: Scales }) {
  const drawn = (scale: string) => scene.vectors.some((v) => v.scale === scale && v.shown !== 'pending');
  const halved = scene.vectors.some((v) => v.gradient === 'whole' || v.gradient === 'partial');
  const { gradient, term, bars } = scales;
  return (
    <div class={scene.scales.length > MANY ? 'legends many' : 'legends'}>
      {scene.scales.map(({ key, reach, hue, tex, words }) => {
        const scale = scales[key];
        if (!scale || !drawn(key)) return null;
        if (reach === 'part') return <PartLegend key={key} tex={tex ?? ''} share={hue === 'share'} />;
        return <SignLegend key={key} scale={scale} {...(tex ? { tex } : {})} {...(words ? { words } : {})} />;
      })}
      {gradient && (drawn('gradient') || halved) && (
        <SignLegend
          scale={gradient}
          tex="\g{∂J}"
          words={t(scene.tabular ? 'figure.legend.gradient.below' : 'figure.legend.gradient')}
          framed
        />
      )}
      {term && scene.matrices.some((m) => m.shown) && (
        <span class={term.was === null ? 'legend' : 'legend moved'}>
          <span>{t('figure.legend.term', { range: rangeText(term.range) })}</span>
          <Was scale={term} />
        </span>
      )}
      {bars && scene.bars.some((b) => b.shown && b.what === 'value') && (
        <span>{t('figure.legend.bars', { most: rangeText(bars.range) })}</span>
      )}
    </div>
  );
}

const MANY = 2; // scales
