// Inside one frame: every operation a row of numbers, forwards, and back with its gradients; one unit spelled out beside.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Explanation, NodeSchema } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { factor, largest, niceRange, plain } from '../../draw/format';
import { M, MathLabel } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { useAsked } from '../asked';
import { Clocks } from './Clocks';
import { letterOf, operationsOf, type Walked, walkOf } from './inside';
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
        {walked && present && <Spelled {...{ store, lesson, walked, node: present, back: back > 0 }} />}
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

/** Of one number itself; walking back what comes of it. */
const shareOf = (term: Explanation['terms'][number], back: boolean): string => {
  if (back) return factor(term.total);
  return term.values.length === 1 ? factor(term.values[0] ?? Number.NaN) : '…';
};

interface SpelledProps {
  store: Store;
  lesson: Lesson;
  walked: Walked;
  node: NodeSchema;
  back: boolean;
}
/** One number of the present operation, and what it is made of: the largest terms and the sum of the others. */
function Spelled({ store, lesson, walked, node, back }: SpelledProps) {
  const size = (walked.tape.values[node.id] as Float32Array).length;
  const cell = Math.min(size, Number(lesson.lab.value.unit)) - 1;
  const found = useSignal<Explanation | null>(null);
  const key = `${walked.step} ${node.id} ${cell} ${back}`;
  useEffect(() => {
    let alive = true;
    store.session.bridge
      .call('explain', { node: node.id, cell, direction: back ? 'backward' : 'forward' })
      .then((explanation) => {
        if (alive) found.value = explanation;
      })
      .catch(() => undefined); // another graph is walked by now, which asks for itself
    return () => {
      alive = false;
    };
  }, [store, key]);
  const is = found.value?.node === node.id && found.value.cell === cell ? found.value : null;
  const value = (back ? walked.tape.gradients[node.id] : walked.tape.values[node.id])?.[cell] ?? Number.NaN;
  const notation = store.session.notation.value;
  return (
    <div {...control(store.session, 'lab.spelled')}>
      <h2>
        <M tex={back ? `\\g{∂J}/∂\\t{ }${letterOf(node, notation)}` : letterOf(node, notation)} />
      </h2>
      <label class="ball-given">
        {t('ball.inside.unit')}
        <input
          type="range"
          min={1}
          max={size}
          value={cell + 1}
          onInput={(event) => lesson.set({ unit: event.currentTarget.value })}
        />
        <span class="num">
          {cell + 1} / {size}
        </span>
      </label>
      <p>
        {t('ball.inside.value')} <b class="num">{plain(value, 4)}</b>
      </p>
      {is && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t(back ? 'ball.inside.from.back' : 'ball.inside.from')}</th>
              <th scope="col">{t('ball.inside.numbers')}</th>
              <th scope="col">{t('ball.inside.total')}</th>
            </tr>
          </thead>
          <tbody>
            {is.terms.map((term, i) => {
              const from = walked.schema.nodes[term.node];
              return (
                <tr key={i}>
                  <th scope="row">
                    {from ? <M tex={from.role === 'parameter' ? `\\p{${from.name}}` : letterOf(from, notation)} /> : ''}
                  </th>
                  <td>{term.cells.length}</td>
                  <td>{shareOf(term, back)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}
