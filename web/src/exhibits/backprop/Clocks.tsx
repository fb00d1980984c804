import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Moments } from '../Moments';
import type { Lesson } from './lesson';

export const Clocks = ({ store, lesson }: { store: Store; lesson: Lesson }) => (
  <Moments store={store} lesson={lesson} points={{ back: t('backprop.point.back'), step: t('backprop.point.step') }} />
);
