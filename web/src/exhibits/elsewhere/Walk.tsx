// The whole net over the sequence, operation by operation, forwards and back: the present one as a table of numbers, a row a
// token. But for the first and the last few, the operations are the same for all three.
import { useRef } from 'preact/hooks';
import type { NodeSchema } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { cell as figure, largest, niceRange } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { Twin } from '../../stage/Twin';
import { cells } from '../../stage/tape';
import { Spelled } from '../Spelled';
import type { Walked } from '../taped';
import { Clocks, rowOf } from './Clocks';
import { type Lesson, useWalk } from './lesson';
import { letterOf } from './letters';
import { nameOf } from './Token';
import { Tools } from './Tools';

const STATIONS = ['embed', 'block1', 'block2', 'answer'] as const;
type Station = (typeof STATIONS)[number];
/** Where in the net an operation belongs. */
const stationOf = ({ path }: NodeSchema): Station =>
  path.startsWith('blocks.1.')
    ? 'block1'
    : path.startsWith('blocks.2.')
      ? 'block2'
      : EMBED.includes(path)
        ? 'embed'
        : 'answer';
const EMBED = ['Ex', 'e', 'p', 'h'];

export function WalkView({ store, lesson }: { store: Store; lesson: Lesson }) {
  const { now, problem } = useWalk(store, lesson);
  const walked = now.value;
  const lab = lesson.lab.value;
  const operations = walked ? operationsOf(walked) : [];
  const end = 2 * operations.length;
  const done = Math.min(end, Number(lab.op));
  const back = done > operations.length;
  const node = operations[done === 0 ? -1 : back ? end - done : done - 1] ?? null;
  const goto = (op: number) => lesson.set({ op: String(op) });
  return (
    <>
      <Tools store={store} lesson={lesson} />
      <Problem of={problem.value} />
      <section class="sided-figure" aria-label={t('elsewhere.walk')} {...control(store.session, 'lab.walk')}>
        <ol class="elsewhere-stations" aria-label={t('elsewhere.stations')}>
          {STATIONS.map((station) => {
            const first = operations.findIndex((one) => stationOf(one) === station);
            return (
              <li key={station}>
                <button
                  type="button"
                  class="btn low"
                  aria-pressed={node !== null && stationOf(node) === station}
                  onClick={() => goto(first + 1)}
                >
                  {t(`elsewhere.station.${station}`)}
                </button>
                <span class="small dim">
                  {t(station === 'embed' || station === 'answer' ? 'elsewhere.own' : 'elsewhere.shared')}
                </span>
              </li>
            );
          })}
        </ol>
        {walked && node && <Numbers {...{ store, lesson, walked, node, back }} />}
        {walked && !node && <p>{t('elsewhere.walk.start')}</p>}
      </section>
      <section class="side-column" aria-label={t('elsewhere.spelled')}>
        {walked && node && (
          <Spelled
            {...{ store, walked, node, back, letterOf }}
            cell={cellOf(node, rowOf(lesson), Number(lab.cell))}
            pick={(cell) => lesson.set({ ...whereOf(node, cell) })}
          />
        )}
      </section>
      <Clocks store={store} lesson={lesson} operations={{ at: done, end, go: goto }} />
    </>
  );
}

const columnsOf = ({ shape }: NodeSchema): number => (shape.length > 1 ? (shape.at(-1) ?? 1) : 1);
/** A number of an operation, from 0, by its row and column, from 1; and back. */
const cellOf = (node: NodeSchema, row: number, column: number): number => {
  const rows = cells(node) / columnsOf(node);
  return (Math.min(rows, row) - 1) * columnsOf(node) + Math.min(columnsOf(node), column) - 1;
};
const whereOf = (node: NodeSchema, cell: number) => ({
  row: String(Math.floor(cell / columnsOf(node)) + 1),
  cell: String((cell % columnsOf(node)) + 1),
});
const operationsOf = ({ schema }: Walked): NodeSchema[] =>
  schema.nodes.filter(({ forward, dtype }) => forward > 0 && dtype === 'f32').sort((a, b) => a.forward - b.forward);

interface NumbersProps {
  store: Store;
  lesson: Lesson;
  walked: Walked;
  node: NodeSchema;
  back: boolean;
}
/** All numbers of an operation, in their colours; of what has no row a token one row. */
function Numbers({ store, lesson, walked, node, back }: NumbersProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = useTheme(store.session.theme.value);
  const numbers = ((back ? walked.tape.gradients : walked.tape.values)[node.id] ?? new Float32Array()) as Float32Array;
  const columns = columnsOf(node);
  const rows = Math.max(1, Math.round(numbers.length / columns));
  const range = niceRange(largest(numbers)) || 1;
  const row = Math.min(rows, rowOf(lesson)) - 1;
  const NAME = 84;
  const shade = (value: number) => signShade(theme, value, range).fill;
  const token = (i: number) => (i === 0 ? t('elsewhere.start.row') : nameOf(lesson, i));
  const picked = Math.min(columns, Number(lesson.lab.value.cell)) - 1;
  return (
    <>
      <p class="elsewhere-operation">
        <M tex={back ? `\\g{∂J}/∂\\t{ }${letterOf(node)}` : letterOf(node)} />
        <span class="small dim">{t('elsewhere.operation.of', { path: node.path, rows, columns })}</span>
      </p>
      <div class="elsewhere-numbers" ref={area} data-node={node.path}>
        {box && (
          <svg
            viewBox={`0 0 ${box.width} ${box.height}`}
            role="img"
            aria-label={t('elsewhere.numbers', { path: node.path, rows, columns })}
          >
            {Array.from({ length: rows }, (_, i) => {
              const h = Math.min(30, (box.height - 2) / rows);
              const w = Math.min(48, (box.width - NAME - 2) / columns);
              return (
                <g key={i} class={i === row ? 'elsewhere-line now' : 'elsewhere-line'}>
                  <text class="t12 t2 end" x={NAME - 8} y={1 + i * h + h / 2 + 4}>
                    {token(i)}
                  </text>
                  {Array.from({ length: columns }, (_, c) => (
                    <rect
                      key={c}
                      class={i === row && c === picked ? 'picked' : undefined}
                      x={NAME + c * w}
                      y={1 + i * h}
                      width={Math.max(1, w - 0.5)}
                      height={Math.max(1, h - 1)}
                      style={{ fill: shade(numbers[i * columns + c] ?? 0) }}
                    />
                  ))}
                </g>
              );
            })}
          </svg>
        )}
      </div>
      <p class="small">
        <SignLegend
          scale={{ range, was: null, kept: false }}
          words={t(back ? 'elsewhere.gradients' : 'elsewhere.values')}
        />
      </p>
      <Twin
        caption={t('elsewhere.numbers', { path: node.path, rows, columns })}
        update={walked.step}
        head={[t('elsewhere.token'), ...Array.from({ length: columns }, (_, c) => String(c + 1))]}
        rows={Array.from({ length: rows }, (_, i) => [
          `${i + 1} ${token(i)}`,
          ...Array.from({ length: columns }, (_, c) => figure(numbers[i * columns + c] ?? Number.NaN)),
        ])}
      />
    </>
  );
}
