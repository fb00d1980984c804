// Inside one frame: every operation a row of numbers, forwards, and back with its gradients; one unit spelled out beside.
import { useRef } from 'preact/hooks';
import type { NodeSchema } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { largest, niceRange } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { useAsked } from '../asked';
import { Spelled } from '../Spelled';
import { type Walked, walkOf } from '../taped';
import { Clocks } from './Clocks';
import { letterOf, operationsOf } from './inside';
import { textOf } from './lab';
import { type Lesson, useThere } from './lesson';
import { Tools } from './Tools';

const NAME = 128; // in rem/16
const LOW = 15; // the least height of a row
const SQUEEZED = ['r', 'n', 'z', 'not_z', 'new', 'keep', 'h']; // between −1 and 1

export function Inside({ store, lesson }: { store: Store; lesson: Lesson }) {
  const text = textOf(lesson.ball.value);
  const { now, problem } = useAsked<Walked>(store, text, () => walkOf(store.session.bridge, text));
  const walked = now.value;
  useThere(store, walked !== null);
  const lab = lesson.lab.value;
  const frame = Math.min(30, Number(lab.frame));
  const rows = walked ? operationsOf(walked.schema, frame) : [];
  const done = Math.min(2 * rows.length, Number(lab.op));
  const back = Math.max(0, done - rows.length); // rows whose gradient is there
  const present = done === 0 ? null : (rows[back > 0 ? rows.length - back : done - 1] ?? null);
  return (
    <>
      <Tools store={store} lesson={lesson} has={[]} />
      <Problem of={problem.value} />
      <section class="sided-figure" aria-label={t('ball.inside')} {...control(store.session, 'lab.inside')}>
        {walked && <Rows {...{ store, lesson, walked, rows, done, present }} />}
      </section>
      <section class="side-column ball-side" aria-label={t('ball.side')}>
        {walked && present && (
          <Spelled
            {...{ store, walked, node: present, back: back > 0, letterOf }}
            cell={Number(lab.unit) - 1}
            pick={(cell) => lesson.set({ unit: String(cell + 1) })}
          />
        )}
        {!present && <p class="small">{t('ball.inside.start')}</p>}
      </section>
      <Clocks
        store={store}
        lesson={lesson}
        last={30}
        operations={{ at: done, end: 2 * rows.length, go: (to) => lesson.set({ op: String(to) }) }}
      />
    </>
  );
}

interface RowsProps {
  store: Store;
  lesson: Lesson;
  walked: Walked;
  rows: NodeSchema[];
  done: number;
  present: NodeSchema | null;
}
function Rows({ store, lesson, walked, rows, done, present }: RowsProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const theme = useTheme(store.session.theme.value);
  const notation = store.session.notation.value;
  const back = Math.max(0, done - rows.length);
  const has = (i: number) => back > 0 && i >= rows.length - back;
  const values = rows.map((node) => walked.tape.values[node.id] as Float32Array);
  const gradients = rows.map((node) => walked.tape.gradients[node.id] ?? new Float32Array());
  const squeezed = (node: NodeSchema) => SQUEEZED.includes(node.name);
  const range = niceRange(Math.max(0, ...values.filter((_, i) => !squeezed(rows[i] as NodeSchema)).map(largest)));
  const slope = niceRange(Math.max(0, ...gradients.map(largest)));
  const unit = Number(lesson.lab.value.unit) - 1;
  const height = Math.max(rows.length * LOW, box?.height ?? 0);
  const row = (height - 2) / rows.length;
  return (
    <>
      <div class="ball-rows" ref={area} style={{ minHeight: `${(rows.length * LOW) / 16}rem` }} data-done={done}>
        {box && (
          <svg
            viewBox={`0 0 ${box.width} ${height}`}
            role="img"
            aria-label={t('ball.inside.label', { frame: lesson.lab.value.frame })}
          >
            {rows.map((node, i) => {
              const shown = i < done;
              const cells = has(i) ? (gradients[i] as Float32Array) : (values[i] as Float32Array);
              const each = (box.width - NAME - 4) / Math.max(8, cells.length);
              const y = 1 + i * row;
              const state = (k: number) =>
                node === present && k === unit % cells.length ? ' picked' : shown ? '' : ' ahead';
              const reach = has(i) ? slope : squeezed(node) ? 1 : range;
              return (
                <g key={node.id} class={node === present ? 'ball-op now' : 'ball-op'}>
                  <MathLabel
                    x={NAME - 8}
                    y={y + row / 2 + 4}
                    tex={letterOf(node, notation)}
                    size={Math.min(14, row - 2)}
                    anchor="end"
                    dim={!shown}
                  />
                  {Array.from(cells, (value, k) => (
                    <rect
                      key={k}
                      class={`ball-cell${state(k)}`}
                      x={NAME + k * each}
                      y={y + 1}
                      width={Math.max(1, each - 0.5)}
                      height={row - 2}
                      style={shown ? { fill: signShade(theme, value, reach).fill } : undefined}
                    />
                  ))}
                </g>
              );
            })}
          </svg>
        )}
      </div>
      <p class="ball-legends">
        <SignLegend scale={{ range, was: null, kept: false }} words={t('ball.inside.values')} />
        <SignLegend scale={{ range: 1, was: null, kept: false }} words={t('ball.inside.squeezed')} />
        {back > 0 && <SignLegend scale={{ range: slope, was: null, kept: false }} words={t('ball.inside.gradients')} />}
      </p>
    </>
  );
}
