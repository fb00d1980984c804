// How large the gradient is that comes to each of twelve blocks: whole, and with residuals, norms or both taken out, before
// any training and after some.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { CoreError, Study } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { type Box, useBox } from '../../draw/box';
import { exponent, fixed, plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import { apart, decades, powers } from '../bptt/scale';
import { labOf, UPDATES } from './lab';

const VARIANTS = ['whole', 'cut', 'bare', 'neither', 'post'] as const; // as the study has them
const LINES = ['d-whole', 'd-cut', 'd-bare', 'd-neither', 'd-post'];

interface Sizes {
  blocks: number;
  size: Float64Array; // [variant, block]
  loss: Float64Array | null;
}

function sizesOf(study: Study): Sizes | null {
  const size = study.arrays.find(({ name }) => name === 'size');
  if (!size) return null;
  const loss = study.arrays.find(({ name }) => name === 'loss');
  return { blocks: (size.shape[1] ?? 1) - 1, size: size.values, loss: loss?.values ?? null };
}

export function DepthPanel({ store }: { store: Store }) {
  const { updates } = labOf(store.lab.value);
  const { session } = store;
  const found = useSignal<{ updates: number; sizes: Sizes } | null>(null);
  const fraction = useSignal(1);
  const problem = useSignal<CoreError | null>(null);
  const seed = session.run.value?.settings.seed ?? '1';
  useEffect(() => {
    const stop = new AbortController();
    fraction.value = 0;
    problem.value = null;
    store
      .study(
        { study: 'by_depth', settings: { updates: String(updates), seed } },
        {
          signal: stop.signal,
          progress: (part) => {
            fraction.value = part;
          },
        },
      )
      .then((study) => {
        const sizes = sizesOf(study);
        if (!sizes || stop.signal.aborted) return;
        found.value = { updates, sizes };
        fraction.value = 1;
      })
      .catch((error) => {
        if (!stop.signal.aborted) problem.value = error as CoreError;
      });
    return () => stop.abort();
  }, [store, updates, seed]);
  const set = (to: number) => {
    store.lab.value = { ...store.lab.peek(), updates: String(to) };
  };
  const sizes = found.value?.sizes ?? null;
  const under = fraction.value < 1;
  return (
    <div class="panel block-panel">
      <div class="block-tools">
        <fieldset class="seg" aria-label={t('block.depth.after')} {...control(session, 'lab.updates')}>
          <legend class="seg-name">{t('block.depth.after')}</legend>
          {UPDATES.map((one) => (
            <button key={one} type="button" aria-pressed={one === updates} onClick={() => set(one)}>
              {one}
            </button>
          ))}
        </fieldset>
        <span class="small" role="status">
          {under ? t('block.depth.working', { part: Math.round(100 * fraction.value) }) : t('block.depth.done')}
        </span>
      </div>
      <Problem of={problem.value} />
      <h3>
        {t('block.depth.title')} <M tex="‖\g{∂J}/∂\a{x}‖" />
      </h3>
      {sizes && <Plot sizes={sizes} pale={under} />}
      <p class="small dim">{t('block.depth.how')}</p>
      {sizes && (
        <Twin
          caption={t('block.depth.table', { updates: found.value?.updates ?? 0 })}
          update={found.value?.updates ?? 0}
          head={[
            t('block.depth.variant'),
            ...Array.from({ length: sizes.blocks }, (_, b) => t('blocks.page', { block: b + 1 })),
            t('block.depth.end'),
            ...(sizes.loss ? [t('block.depth.loss')] : []),
          ]}
          rows={VARIANTS.map((name, v) => [
            t(`block.depth.${name}`),
            ...Array.from({ length: sizes.blocks + 1 }, (_, b) => plain(at(sizes, v, b), 4)),
            ...(sizes.loss ? [fixed(sizes.loss[v] ?? Number.NaN, 2)] : []),
          ])}
        />
      )}
    </div>
  );
}

const at = ({ blocks, size }: Sizes, variant: number, block: number) => size[variant * (blocks + 1) + block] ?? 0;

function Plot({ sizes, pale }: { sizes: Sizes; pale: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class={pale ? 'block-depth pale' : 'block-depth'} ref={area}>
      {box && <Drawing sizes={sizes} box={box} />}
    </div>
  );
}

const [LEFT, RIGHT, TOP, BOTTOM, NAME] = [48, 14, 14, 40, 15]; // in rem/16

function Drawing({ sizes, box: { width, height } }: { sizes: Sizes; box: Box }) {
  const { blocks, loss } = sizes;
  const range = decades(sizes.size, 2);
  const names = Math.min(230, width * 0.42);
  const left = LEFT + names;
  const x = (block: number) => left + (block / blocks) * (width - left - RIGHT);
  const y = (size: number) =>
    TOP + (1 - (Math.log10(size) - range[0]) / (range[1] - range[0])) * (height - TOP - BOTTOM);
  const starts = VARIANTS.map((_, v) => y(Math.max(10 ** range[0], at(sizes, v, 0))) + 4);
  const places = apart(starts, NAME, TOP + 6, height - BOTTOM);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('block.depth.label')}>
      {powers(range, 7).map((power) => (
        <g key={power}>
          <path class="l-rule" d={`M${left} ${y(10 ** power)}H${width - RIGHT}`} />
          <text class="t12 t3 end" x={LEFT - 6} y={y(10 ** power) + 4}>
            {power === 0 ? '1' : exponent(10 ** power, 0).replace('1·', '')}
          </text>
        </g>
      ))}
      {VARIANTS.map((name, v) => {
        const points = Array.from({ length: blocks + 1 }, (_, b) => at(sizes, v, b));
        const d = points.map((size, b) => (size > 0 ? `${b === 0 ? 'M' : 'L'}${x(b)} ${y(size)}` : '')).join('');
        return (
          <g key={name}>
            <path class={LINES[v]} d={d.startsWith('L') ? `M${d.slice(1)}` : d} />
            {points.map((size, b) => size > 0 && <circle key={b} class="f-ink" cx={x(b)} cy={y(size)} r={2.2} />)}
            <path class="l-rule" d={`M${left - 4} ${y(points[0] ?? 1)}L${left - 14} ${(places[v] ?? 0) - 4}`} />
            <text class={`t12 end ${v < 2 ? 'b' : ''}`} x={left - 17} y={places[v]}>
              {t(`block.depth.${name}`)}
              {loss && ` · ${fixed(loss[v] ?? Number.NaN, 2)}`}
            </text>
          </g>
        );
      })}
      {Array.from({ length: blocks + 1 }, (_, b) => b)
        .filter((b) => b % 2 === 0 || b === blocks)
        .map((b) => (
          <text key={b} class="t12 t2 mid" x={x(b)} y={height - BOTTOM + 16}>
            {b === blocks ? t('block.depth.end') : b + 1}
          </text>
        ))}
      <text class="t12 t2" x={left} y={height - 6}>
        {t('block.depth.axis')}
      </text>
    </svg>
  );
}
