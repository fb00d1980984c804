// Four shapes in one grammar of boxes, each with the values of a net of its own; the one that is open is walked.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useTheme } from '../../draw/box';
import type { Theme } from '../../draw/colour';
import { fixed, plain } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { Clocks } from './Clocks';
import { columnsOf, type Moment, momentsOf } from './columns';
import { NETS, SHAPES, type Shape } from './lab';
import { type Lesson, useNets, useOwn, useThere } from './lesson';
import type { Read } from './nets';
import { reachOf, Strip } from './Strip';

type Known = Partial<Record<Shape, Read>>;
const MANY = 12; // numbers of an operation that are written out

export function Shapes({ store, lesson }: { store: Store; lesson: Lesson }) {
  const nets = useNets(store);
  const others = useSignal<Known>({});
  const theme = useTheme(store.session.theme.value);
  const own = useOwn(store, [NETS['many-one'].text]);
  useEffect(() => {
    let alive = true;
    for (const shape of SHAPES.filter((one) => NETS[one].weights !== ''))
      nets.read(NETS[shape].weights, NETS[shape].text, shape.endsWith('-many')).then(
        (read) => {
          if (alive) others.value = { ...others.peek(), [shape]: read };
        },
        () => undefined, // the view closes before it came
      );
    return () => {
      alive = false;
    };
  }, [nets]);
  const known: Known = { ...others.value, 'many-one': own.now.value?.[0] };
  useThere(
    store,
    SHAPES.every((one) => known[one] !== undefined),
  );
  const { shape: open, op } = lesson.lab.value;
  const read = known[open];
  const moments = read ? momentsOf(read) : [];
  const forward = moments.filter(({ back }) => !back).length;
  const done = op === '999' ? forward : Math.min(moments.length, Number(op));
  const present = moments[done - 1] ?? null;
  return (
    <>
      <div class="sided-tools">
        <fieldset class="seg" aria-label={t('tasks.open')} {...control(store.session, 'lab.shape')}>
          <legend class="seg-name">{t('tasks.open')}</legend>
          {SHAPES.map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={one === open}
              onClick={() => lesson.set({ shape: one, op: '999' })}
            >
              {t(`tasks.${one}.short`)}
            </button>
          ))}
        </fieldset>
      </div>
      <Problem of={own.problem.value} />
      <section
        class="sided-figure tasks-shapes"
        aria-label={t('tasks.shapes')}
        {...control(store.session, 'lab.shapes')}
      >
        {SHAPES.map((shape) => (
          <Net
            key={shape}
            {...{ shape, theme, read: known[shape] ?? null }}
            walked={shape === open ? { moments, done } : null}
          />
        ))}
        <p class="tasks-legends">
          <SignLegend scale={{ range: 1, was: null, kept: false }} words={t('tasks.legend.state')} />
          <span>
            <i class="tasks-key" /> {t('tasks.legend.output')}
          </span>
        </p>
      </section>
      <section class="side-column tasks-side" aria-label={t('tasks.side')}>
        <h2>{t(`tasks.${open}.name`)}</h2>
        <p class="small">{t(`tasks.${open}.about`)}</p>
        <div {...control(store.session, 'lab.operation')}>{read && <Operation read={read} present={present} />}</div>
      </section>
      <Clocks
        store={store}
        clocks={[{ id: 'operation', at: done, end: moments.length, go: (to) => lesson.set({ op: String(to) }) }]}
      />
    </>
  );
}

interface NetProps {
  shape: Shape;
  theme: Theme;
  read: Read | null;
  walked: { moments: Moment[]; done: number } | null; // null: all is done
}
function Net({ shape, theme, read, walked }: NetProps) {
  const said = (chance: number) => t(`tasks.${shape === 'one-one' ? 'pass' : 'praise'}.${chance > 0.5 ? 'yes' : 'no'}`);
  const columns = read ? columnsOf(read, { start: t('mark.start'), end: t('mark.end'), said }) : [];
  const doneOf = (id: number, back: boolean) =>
    !walked || walked.moments.slice(0, walked.done).some((one) => one.node.id === id && one.back === back);
  const now = walked?.moments[walked.done - 1];
  const gradients = columns.map(({ state }) => read?.tape.gradients[state.id] ?? new Float32Array());
  const reach = reachOf(gradients);
  const words = columns.map(({ input, output }) => `${input} ${output?.text ?? ''}`).join(' ');
  return (
    <section
      class={`tasks-net ${shape}`}
      aria-current={walked ? 'true' : undefined}
      aria-label={t(`tasks.${shape}.name`)}
      data-words={words.trim()}
    >
      <h3>
        {t(`tasks.${shape}.short`)} <span class="small dim">{t(`tasks.${shape}.what`)}</span>
      </h3>
      <div class="tasks-columns">
        {columns.map(({ state, input, output }, i) => (
          <div key={state.id} class="tasks-column">
            <span class={output && doneOf(output.node.id, false) ? 'tasks-said' : 'tasks-said none'}>
              {output && doneOf(output.node.id, false) ? output.text : '\u00a0'}
            </span>
            <span class="tasks-up">{output ? '↑' : '\u00a0'}</span>
            <Strip
              theme={theme}
              values={doneOf(state.id, false) ? ((read?.tape.values[state.id] as Float32Array) ?? null) : null}
              gradient={walked && doneOf(state.id, true) ? (gradients[i] ?? null) : null}
              reach={reach}
              now={now?.node.time === state.time && now?.node.source === state.source && now?.node.time > 0}
            />
            <span class="tasks-up">↑</span>
            <span class="tasks-in">{shape === 'one-one' ? t('tasks.one-one.input') : input}</span>
          </div>
        ))}
      </div>
      {columns.at(-1)?.output && !shape.endsWith('-many') && doneOf(columns.at(-1)?.output?.node.id ?? -1, false) && (
        <p class="small num">{t('tasks.chance', { chance: fixed(columns.at(-1)?.output?.chance ?? Number.NaN, 3) })}</p>
      )}
    </section>
  );
}

/** The operation of the moment: what it is made of, and its numbers; walking back their gradients. */
function Operation({ read, present }: { read: Read; present: Moment | null }) {
  if (!present) return <p class="small">{t('tasks.operation.none')}</p>;
  const { node, back } = present;
  const cells = (back ? read.tape.gradients[node.id] : read.tape.values[node.id]) ?? new Float32Array();
  const made = node.inputs.map((id) => read.schema.nodes[id]?.path ?? '').join(', ');
  return (
    <table class="tasks-numbers">
      <caption>
        <b class="mono">{node.path}</b> {t(back ? 'tasks.operation.gradient' : 'tasks.operation.value')}
        <br />
        <span class="small">{t('tasks.operation.from', { op: node.op, made })}</span>
      </caption>
      <tbody>
        {Array.from(cells.slice(0, MANY), (value, k) => (
          <tr key={k}>
            <th scope="row">{k + 1}</th>
            <td>{plain(value, 4)}</td>
          </tr>
        ))}
        {cells.length > MANY && (
          <tr>
            <th scope="row" colSpan={2}>
              {t('tasks.operation.more', { more: cells.length - MANY })}
            </th>
          </tr>
        )}
      </tbody>
    </table>
  );
}
