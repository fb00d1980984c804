// Which points, and which net: each a new run from its start, to be undone like any other.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { MOST } from './lab';
import { type Lesson, TASKS } from './lesson';

export function Tools({ store, lesson }: { store: Store; lesson: Lesson }) {
  const { session } = store;
  const settings = session.run.value?.settings ?? {};
  const own = lesson.isOwn.value;
  const locked = lesson.covered.value !== null;
  const layers = lesson.layers.value;
  const units = Math.max(1, ...layers);
  const sliders = [
    {
      id: 'layers',
      words: t('depth.layers'),
      max: MOST.layers,
      value: layers.length,
      set: (n: number) => lesson.shape(n, units),
    },
    {
      id: 'units',
      words: t('depth.units'),
      max: MOST.units,
      value: units,
      set: (n: number) => lesson.shape(layers.length, n),
    },
  ];
  return (
    <div class="depth-tools">
      <fieldset class="seg" aria-label={t('depth.task')} {...control(session, 'lab.task')}>
        {TASKS.map((task) => (
          <button
            type="button"
            key={task}
            disabled={locked}
            aria-pressed={!own && settings.task === task}
            {...control(session, `task.${task}`)}
            onClick={() => void lesson.change({ task }, '')}
          >
            {t(`depth.task.${task}`)}
          </button>
        ))}
        {own && (
          <button type="button" aria-pressed="true">
            {t('depth.task.own')}
          </button>
        )}
      </fieldset>
      {sliders.map(({ id, words, max, value, set }) => (
        <label key={id} class="depth-slider" {...control(session, `lab.${id}`)}>
          <span>{words}</span>
          <input
            type="range"
            min={1}
            max={max}
            value={value}
            disabled={locked}
            onChange={(event) => void set(Number(event.currentTarget.value))}
          />
          <output class="num">{value}</output>
        </label>
      ))}
      <fieldset class="seg" aria-label={t('depth.activation')} {...control(session, 'lab.activation')}>
        {(['relu', 'tanh'] as const).map((one) => (
          <button
            type="button"
            key={one}
            disabled={locked}
            aria-pressed={settings.activation === one}
            onClick={() => void lesson.change({ activation: one })}
          >
            {t(`depth.${one}`)}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
