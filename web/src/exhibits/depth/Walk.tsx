// The view one begins with: the net with every unit's picture, the last operation with its numbers, and the surface.
import { control } from '../../components/control';
import { useTheme } from '../../draw/box';
import { fixed } from '../../draw/format';
import { M } from '../../draw/Math';
import { LINES } from '../../figures/units/letters';
import { TermRows } from '../../figures/units/TermRows';
import { gradientOf, numberOf, pieces } from '../../figures/units/terms';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import { Facts } from './Facts';
import { SIDES } from './lab';
import type { Lesson } from './lesson';
import { NetFigure } from './NetFigure';
import { Surface, SurfaceLegend } from './Surface';

export function Walk({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  return (
    <>
      <section class="depth-main" aria-label={t('depth.main')}>
        <Formula lesson={lesson} />
        <NetFigure store={store} lesson={lesson} />
        <OpenRow store={store} lesson={lesson} />
      </section>
      <section class="depth-side" aria-label={t('depth.side')}>
        <div class="depth-head">
          <h2>{t('depth.surface')}</h2>
          <fieldset class="seg" aria-label={t('depth.sides')}>
            {SIDES.map((one) => (
              <button
                type="button"
                key={one}
                aria-pressed={lab.side === one}
                {...control(store.session, `side.${one}`)}
                onClick={() => lesson.set({ side: one })}
              >
                {t(`depth.side.${one as 'plot' | 'table'}`)}
              </button>
            ))}
          </fieldset>
        </div>
        {lab.side === 'table' ? (
          <Numbers lesson={lesson} />
        ) : (
          <>
            <Surface store={store} lesson={lesson} />
            <SurfaceLegend />
            <Adding store={store} lesson={lesson} />
          </>
        )}
      </section>
      <Clocks store={store} lesson={lesson} />
      <Facts store={store} lesson={lesson} />
    </>
  );
}

/** The lines of the walk, the one that was done last inverted. */
function Formula({ lesson }: { lesson: Lesson }) {
  const moment = lesson.moment.value;
  return (
    <ol class="depth-lines" aria-label={t('depth.lines')}>
      {LINES.map(({ kinds, tex }) => {
        const now = moment !== null && kinds.includes(moment.kind);
        return (
          <li key={tex} aria-current={now ? 'step' : undefined}>
            <M tex={now ? tex.replaceAll(/\\[apg]\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1') : tex} />
          </li>
        );
      })}
    </ol>
  );
}

/** What was done last, of the unit that is looked at. */
function OpenRow({ store, lesson }: { store: Store; lesson: Lesson }) {
  const theme = useTheme(store.session.theme.value);
  const [seen, moment] = [lesson.seen.value, lesson.moment.value];
  if (!seen || !moment) return <p class="depth-row dim small">{t('depth.row.start')}</p>;
  const own = moment.units.length > 0 ? { ...moment, units: [lesson.unit.value] } : moment;
  return (
    <section
      class="depth-row"
      aria-label={t('depth.row')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...control(store.session, 'lab.row')}
    >
      <TermRows theme={theme} moment={moment} rows={pieces(seen, own)} />
    </section>
  );
}

/** Of which class a point is that is added. */
function Adding({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  return (
    <div class="depth-adding small">
      <span>{t('depth.add')}</span>
      <fieldset class="seg" aria-label={t('depth.add')} {...control(store.session, 'lab.add')}>
        {['0', '1'].map((one) => (
          <button type="button" key={one} aria-pressed={lab.add === one} onClick={() => lesson.set({ add: one })}>
            {t(one === '1' ? 'depth.class.one' : 'depth.class.none')}
          </button>
        ))}
      </fieldset>
      <button type="button" class="btn low" onClick={() => lesson.addPoint({ x: 0, y: 0 })}>
        {t('depth.add.button')}
      </button>
    </div>
  );
}

/** Every unit at the point, as far as the walk has come. */
function Numbers({ lesson }: { lesson: Lesson }) {
  const [seen, known] = [lesson.seen.value, lesson.known.value];
  if (!seen || !known) return null;
  const shown = (is: boolean, value: number) => (is ? fixed(value, 3) : '·');
  return (
    <section
      class="depth-table"
      aria-label={t('depth.numbers')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      <table>
        <caption>{t('depth.numbers')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('depth.numbers.layer')}</th>
            <th scope="col">{t('depth.numbers.unit')}</th>
            <th scope="col">
              <M tex="\a{a}_{j}" />
            </th>
            <th scope="col">
              <M tex="\a{z}_{j}" />
            </th>
            <th scope="col">
              <M tex="\g{δ}_{j}" />
            </th>
          </tr>
        </thead>
        <tbody>
          {seen.net.units.map((unit) => (
            <tr key={unit.number} aria-current={unit.number === lesson.unit.value ? 'true' : undefined}>
              <td>{unit.answer === null ? unit.layer : t('depth.output.short')}</td>
              <th scope="row">{unit.number}</th>
              <td>{shown(known.sums.has(unit.number), numberOf(seen, unit.a))}</td>
              <td>{shown(known.values.has(unit.number), numberOf(seen, unit.z))}</td>
              <td>{shown(known.deltas.has(unit.number), gradientOf(seen, unit.a))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
