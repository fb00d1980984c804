// The operations that a figure names, each pressed to go there. With the keyboard the arrows lead from one to the next, so
// that only the present one is a stop in the order of the page.

import { mathText, mathWidth, plainMath } from '../draw/math.ts';
import { t } from '../i18n/index.ts';
import type { LabelMark, Scene } from './scene.ts';

const ROUND = 3;

export function OperationButtons({ scene, onGo }: { scene: Scene; onGo: (position: number) => void }) {
  const named = scene.labels.filter((mark): mark is LabelMark & { to: number } => (mark.to ?? 0) > 0);
  return (
    <div class="operations">
      {named.map(({ x, y, tex, size, anchor, chip, to }, i) => {
        const width = mathWidth(plainMath(tex), size) + 2 * ROUND;
        const left = anchor === 'start' ? x - ROUND : anchor === 'end' ? x + ROUND - width : x - width / 2;
        return (
          <button
            type="button"
            key={`${i} ${to}`}
            style={{
              left: `${left / 16}rem`,
              top: `${(y - size) / 16}rem`,
              width: `${width / 16}rem`,
              height: `${(1.4 * size) / 16}rem`,
            }}
            tabIndex={chip ? 0 : -1}
            aria-label={t('figure.go', { name: mathText(tex) })}
            aria-current={chip ? 'step' : undefined}
            onClick={() => onGo(to)}
          />
        );
      })}
    </div>
  );
}
