// What the three nets share and what they do not: the parameters of the one that is open, counted, beside its errors.
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { whole } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { cells } from '../../stage/tape';
import { useRight } from '../right';
import type { Walked } from '../taped';
import { Answers } from './Answers';
import { Clocks } from './Clocks';
import { type Lesson, useErrors, useSimple, useWalk } from './lesson';
import { Tools } from './Tools';

const PARTS = ['embedding', 'places', 'blocks', 'answer'] as const;
type Part = (typeof PARTS)[number];
const partOf = (name: string): Part =>
  name.startsWith('blocks.') || name === 'gamma' || name === 'beta'
    ? 'blocks'
    : name === 'P'
      ? 'places'
      : name === 'U' || name === 'b_2'
        ? 'answer'
        : 'embedding';
const SHARED: readonly Part[] = ['places', 'blocks'];

/** How many numbers each part has, and the shape of its first. */
export function countOf({ schema }: Walked) {
  const counts: Record<Part, { count: number; shapes: string[] }> = {
    embedding: { count: 0, shapes: [] },
    places: { count: 0, shapes: [] },
    blocks: { count: 0, shapes: [] },
    answer: { count: 0, shapes: [] },
  };
  for (const node of schema.nodes.filter(({ role }) => role === 'parameter')) {
    const part = counts[partOf(node.path)];
    part.count += cells(node);
    part.shapes.push(`${node.name} ${node.shape.join('×')}`);
  }
  return counts;
}

export function SameView({ store, lesson }: { store: Store; lesson: Lesson }) {
  const { now, problem, settled } = useWalk(store, lesson);
  const simple = useSimple(store, lesson);
  const errors = useErrors(store, lesson);
  const walked = now.value;
  const counts = walked && countOf(walked);
  const covered = lesson.covered.value !== null;
  const shared = counts ? SHARED.reduce((sum, part) => sum + counts[part].count, 0) : 0;
  const all = counts ? PARTS.reduce((sum, part) => sum + counts[part].count, 0) : 0;
  useRight(store, settled && counts && lesson.asked.value === 'said' ? { value: counts.answer.count } : null);
  return (
    <>
      <Tools store={store} lesson={lesson} />
      <Problem of={problem.value} />
      <section class="sided-figure" aria-label={t('elsewhere.same')} {...control(store.session, 'lab.same')}>
        <p>{t(`elsewhere.same.${lesson.task.value}`)}</p>
        {counts && (
          <table class="elsewhere-same" data-update={walked.step}>
            <thead>
              <tr>
                <th scope="col">{t('elsewhere.part')}</th>
                <th scope="col">{t('elsewhere.part.of')}</th>
                <th scope="col">{t('elsewhere.part.count')}</th>
                <th scope="col">{t('elsewhere.part.same')}</th>
              </tr>
            </thead>
            <tbody>
              {PARTS.map((part) => (
                <tr key={part}>
                  <th scope="row">{t(`elsewhere.part.${part}`)}</th>
                  <td>
                    {part === 'blocks'
                      ? t('elsewhere.part.blocks.of')
                      : covered && part === 'answer'
                        ? '?'
                        : counts[part].shapes.join(', ')}
                  </td>
                  <td>{covered && part === 'answer' ? '?' : whole(counts[part].count)}</td>
                  <td>{t(SHARED.includes(part) ? 'elsewhere.shared' : 'elsewhere.own')}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t('elsewhere.part.all')}</th>
                <td />
                <td>{covered ? '?' : whole(all)}</td>
                <td>{t('elsewhere.part.shared', { shared: whole(shared) })}</td>
              </tr>
            </tbody>
          </table>
        )}
        <p class="small">{t('elsewhere.same.about')}</p>
      </section>
      <section class="side-column" aria-label={t('elsewhere.answers')}>
        <Answers store={store} lesson={lesson} walked={walked} simple={simple.now.value} errors={errors.now.value} />
      </section>
      <Clocks store={store} lesson={lesson} />
    </>
  );
}
