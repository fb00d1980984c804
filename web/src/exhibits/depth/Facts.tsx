// Beside the clocks: what this net is, and how far it is.
import { control } from '../../components/control';
import { fixed, whole } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Lesson, meanError, rightOf } from './lesson';

export function Facts({ store, lesson }: { store: Store; lesson: Lesson }) {
  const seen = lesson.seen.value;
  const run = store.session.run.value;
  if (!seen || !run) return <section class="depth-facts" />;
  const rows: [string, string][] = [
    [t('depth.fact.right'), t('clock.of', { at: rightOf(seen), end: seen.each.points })],
    [t('depth.fact.error'), fixed(meanError(seen), 3)],
    [
      t('depth.fact.pieces'),
      seen.pieces ? (lesson.covered.value ? '·' : whole(seen.pieces.all.length)) : t('depth.pieces.none'),
    ],
    [t('depth.fact.net'), ['2', ...lesson.layers.value, '1'].join('–')],
    [t('depth.fact.parameters'), whole(run.parameters)],
    [t('depth.fact.update'), whole(seen.step)],
  ];
  return (
    <section
      class="depth-facts"
      aria-label={t('depth.facts')}
      data-update={seen.step}
      {...control(store.session, 'lab.facts')}
    >
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
