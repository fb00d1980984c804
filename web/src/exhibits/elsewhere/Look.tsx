// The view one begins with: the sequence as what it is, cut into tokens; what every head looks at, over those; and what is
// answered, beside a simple way.
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useRight } from '../right';
import { Answers } from './Answers';
import { Clocks } from './Clocks';
import { Input } from './Input';
import { Looks } from './Looks';
import { type Lesson, useErrors, useSimple, useWalk, valuesOf } from './lesson';
import { Tools } from './Tools';

export function LookView({ store, lesson }: { store: Store; lesson: Lesson }) {
  const { now, problem, settled } = useWalk(store, lesson);
  const simple = useSimple(store, lesson);
  const errors = useErrors(store, lesson);
  const walked = now.value;
  const asked = lesson.asked.value;
  const covered = lesson.covered.value !== null;
  const error = errors.now.value?.error ?? Number.NaN;
  const least = Math.min(...(simple.now.value?.errors ?? [Number.NaN]));
  const said = walked ? valuesOf(walked, 'y_hat') : null;
  useRight(
    store,
    asked === 'error' && errors.settled && simple.settled && !Number.isNaN(error + least)
      ? { value: error, than: least }
      : asked === 'end' && settled && said
        ? { value: said[1] ?? 0, than: said[0] ?? 0 }
        : null,
  );
  return (
    <>
      <Tools store={store} lesson={lesson} own />
      <Problem of={problem.value ?? store.runs.problem.value} />
      <section
        class="sided-figure elsewhere-figure"
        aria-label={t('elsewhere.figure')}
        {...control(store.session, 'lab.figure')}
      >
        <Input store={store} lesson={lesson} simple={simple.now.value} walked={walked} covered={covered} />
        {walked && !covered && <Looks store={store} lesson={lesson} walked={walked} simple={simple.now.value} />}
      </section>
      <section class="side-column" aria-label={t('elsewhere.answers')}>
        {covered ? (
          <p class="small">{t('elsewhere.covered')}</p>
        ) : (
          <Answers store={store} lesson={lesson} walked={walked} simple={simple.now.value} errors={errors.now.value} />
        )}
      </section>
      <Clocks store={store} lesson={lesson} />
    </>
  );
}
