import { t } from '../../i18n/index.ts';
import { lineWords } from '../words.ts';
import type { Words } from './wish.ts';

/** The words of a figure of steps. */
export const words = (): Words => ({
  ...lineWords(),
  clip: t('figure.clip'),
  moves: {
    sums: t('figure.move.sums'),
    forget: t('figure.move.forget'),
    store: t('figure.move.store'),
    update: t('figure.move.update'),
    output: t('figure.move.output'),
    reset: t('figure.move.reset'),
    candidate: t('figure.move.candidate'),
    guess: t('figure.move.guess'),
  },
});
