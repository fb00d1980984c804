// The net that is set by hand: two units a layer fold the line in half, and the next fold what is folded.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { M } from '../../draw/Math';
import { Axes, ticks } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { arrayOf } from '../../session/studies';
import { useRight } from '../right';
import type { Lesson } from './lesson';
import { useStudy } from './studied';

const DEPTHS = [0, 1, 2, 3, 4, 5];
const UNIT = { from: 0, to: 1 };
const ASKED = 4; // five layers

export function Fold({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  const problem = useSignal<CoreError | null>(null);
  const x = Number(lab.x) / 1000;
  const study = useStudy(store, { study: 'fold', settings: { x: String(x), seed: '1' } }, problem);
  const covered = lesson.covered.value !== null;
  const pieces = study ? arrayOf(study, 'pieces').values : null;
  useRight(store, lesson.asked.value === 'folds' && pieces ? { value: pieces[ASKED] ?? Number.NaN } : null);
  return (
    <>
      <section class="depth-main" aria-label={t('depth.fold')}>
        <Problem of={problem.value} />
        <div class="depth-head">
          <h2>{t('depth.fold')}</h2>
          <M tex="\t{fold}(x) = 2 \t{ReLU}(x) − 4 \t{ReLU}(x − ½)" />
        </div>
        <div class="depth-folds" {...control(store.session, 'lab.folds')}>
          {DEPTHS.map((depth) => (
            <OneFold key={depth} study={study} depth={depth} x={x} covered={covered} />
          ))}
        </div>
        <label class="depth-slider wide" {...control(store.session, 'lab.x')}>
          <M tex="x" />
          <input
            type="range"
            min={0}
            max={1000}
            step={5}
            value={lab.x}
            aria-label={t('depth.fold.x')}
            aria-valuetext={fixed(x, 3)}
            onInput={(event) => lesson.set({ x: event.currentTarget.value })}
          />
          <output class="num">{fixed(x, 3)}</output>
        </label>
      </section>
      <section class="depth-side" aria-label={t('depth.fold.side')}>
        {study && <Counts store={store} study={study} covered={covered} />}
        {study && <Way store={store} study={study} x={x} />}
        <p class="small dim">{t('depth.fold.why')}</p>
      </section>
    </>
  );
}

function OneFold({ study, depth, x, covered }: { study: Study | null; depth: number; x: number; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const plane = box && planeOf(box, UNIT, UNIT, { left: 18, right: 8, top: 8, bottom: 20 });
  const row = (name: string) => {
    if (!study) return [];
    const { values, shape } = arrayOf(study, name);
    const width = shape[1] ?? 1;
    return values.subarray(depth * width, (depth + 1) * width);
  };
  const pieces = study ? (arrayOf(study, 'pieces').values[depth] ?? 0) : 0;
  const y = study ? (arrayOf(study, 'folded').values[depth] ?? 0) : 0;
  const title = covered
    ? t('depth.fold.layers', { layers: depth + 1 })
    : t('depth.fold.of', { layers: depth + 1, pieces });
  return (
    <figure class="depth-fold">
      <figcaption class="small">{title}</figcaption>
      <div class="plane" ref={area}>
        {box && plane && study && !(covered && depth >= ASKED) && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={title}>
            <Axes plane={plane} x={ticks([0, 1])} y={ticks([0, 1])} />
            <path class="depth-line" d={pathOf(plane, row('at'), row('height'))} />
            <path class="l-edge" d={`M${plane.x(x)} ${plane.bottom}V${plane.y(y)}`} />
            <circle class="depth-dot" cx={plane.x(x)} cy={plane.y(y)} r={4.5} />
          </svg>
        )}
      </div>
    </figure>
  );
}

/** Pieces by depth, beside one layer of as many units. */
function Counts({ store, study, covered }: { store: Store; study: Study; covered: boolean }) {
  const row = (name: string, hide: boolean) =>
    DEPTHS.map((depth) => <td key={depth}>{hide ? '·' : (arrayOf(study, name).values[depth] ?? 0)}</td>);
  return (
    <div class="depth-table" {...control(store.session, 'lab.counts')}>
      <table>
        <caption>{t('depth.counts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('depth.counts.layers')}</th>
            {DEPTHS.map((depth) => (
              <th scope="col" key={depth}>
                {depth + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('depth.counts.deep')}</th>
            {row('pieces', covered)}
          </tr>
          <tr>
            <th scope="row">{t('depth.counts.most')}</th>
            {row('one_layer_at_most', false)}
          </tr>
          <tr>
            <th scope="row">{t('depth.counts.drawn')}</th>
            {row('one_layer', false)}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** One number on its way through six layers. */
function Way({ store, study, x }: { store: Store; study: Study; x: number }) {
  const z = arrayOf(study, 'z').values;
  const folded = arrayOf(study, 'folded').values;
  return (
    <div class="depth-table" {...control(store.session, 'lab.way')}>
      <table>
        <caption>{t('depth.way', { x: fixed(x, 3) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('depth.way.layer')}</th>
            <th scope="col">
              <M tex="\t{ReLU}(x)" />
            </th>
            <th scope="col">
              <M tex="\t{ReLU}(x − ½)" />
            </th>
            <th scope="col">{t('depth.way.folded')}</th>
          </tr>
        </thead>
        <tbody>
          {DEPTHS.map((depth) => (
            <tr key={depth}>
              <th scope="row">{depth + 1}</th>
              <td>{fixed(z[2 * depth] ?? Number.NaN, 3)}</td>
              <td>{fixed(z[2 * depth + 1] ?? Number.NaN, 3)}</td>
              <td>{fixed(folded[depth] ?? Number.NaN, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
