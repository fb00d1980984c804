import { t } from '../../i18n/index.ts';
import type { Words } from './wish.ts';

/** The words of a figure of steps. */
export const words = (): Words => ({
  own: t('figure.own'),
  later: t('figure.later'),
  by: t('figure.by'),
  through: t('figure.through'),
  onto: t('figure.onto'),
  alike: t('figure.alike'),
  arrives: t('figure.arrives'),
  slope: t('figure.slope'),
  mean: t('figure.less'),
  clip: t('figure.clip'),
  short: {
    own: t('figure.own.short'),
    onto: t('figure.onto.short'),
    alike: t('figure.alike.short'),
    mean: t('figure.less.short'),
  },
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
