import { t } from '../i18n/index.ts';
import type { LineWords } from '../stage/terms.ts';

/** What a line of the walk back calls its parts, in any figure. */
export const lineWords = (): LineWords => ({
  own: t('figure.own'),
  later: t('figure.later'),
  by: t('figure.by'),
  through: t('figure.through'),
  onto: t('figure.onto'),
  alike: t('figure.alike'),
  arrives: t('figure.arrives'),
  slope: t('figure.slope'),
  mean: t('figure.less'),
  short: {
    own: t('figure.own.short'),
    onto: t('figure.onto.short'),
    alike: t('figure.alike.short'),
    mean: t('figure.less.short'),
  },
});
