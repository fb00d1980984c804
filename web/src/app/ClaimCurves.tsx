// A claim while it runs: the training losses of its contestants so far, those of one task on one scale.
import { useRef } from 'preact/hooks';
import type { ClaimCurve } from '../../../wasm/bridge/protocol';
import { useBox } from '../draw/box';
import { fixed } from '../draw/format';
import { named, t } from '../i18n';

const LEFT = 30; // of the two numbers of the axis
const EDGE = 7;
/** Told apart by dash alone. */
const DASHES = ['', '7 3', '2 3', '8 3 2 3'];

export function ClaimCurves({ curves }: { curves: ClaimCurve[] }) {
  const drawn = curves.filter(({ losses }) => losses.length > 1);
  if (drawn.length === 0) return null;
  const tasks = [...new Set(drawn.map(({ task }) => task))];
  return (
    <div class="claim-curves">
      <p class="micro dim">{t('claim.curves')}</p>
      <div class="plots">
        {tasks.map((task) => (
          <Plot key={task} curves={drawn.filter((one) => one.task === task)} />
        ))}
      </div>
      <ul>
        {drawn.map(({ name, task, losses }) => (
          <li key={name}>
            <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
              <path class="l-ink" d="M0 4H28" stroke-dasharray={dashOf(drawn, task, name)} />
            </svg>
            <span title={named('row', name)}>{named('row', name)}</span>
            <span class="num">{fixed(losses.at(-1) ?? Number.NaN, 3)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The curve at `index` of those in one plot, told apart by dash alone. */
export const dashAt = (index: number) => DASHES[index % DASHES.length];
const dashOf = (curves: ClaimCurve[], task: string, name: string) =>
  dashAt(curves.filter((one) => one.task === task).findIndex((one) => one.name === name));

function Plot({ curves }: { curves: ClaimCurve[] }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const all = curves.flatMap(({ losses }) => losses);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  const x = (share: number) => LEFT + share * (width - LEFT - 2);
  const y = (loss: number) => EDGE + (high > low ? (high - loss) / (high - low) : 0.5) * (height - 2 * EDGE);
  return (
    <div class="plot-of" ref={area} role="img" aria-label={t('claim.curves.label')}>
      {box && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {[high, low].map((value) => (
            <g key={value}>
              <path class="l-rule" d={`M${LEFT} ${y(value)}H${width}`} />
              <text class="t12 t3 end" x={LEFT - 4} y={y(value) + 4}>
                {fixed(value, 2)}
              </text>
            </g>
          ))}
          {curves.map(({ name, task, steps, each, losses }) => (
            <path
              key={name}
              class="l-ink"
              stroke-dasharray={dashOf(curves, task, name)}
              d={losses.map((loss, i) => `${i === 0 ? 'M' : 'L'}${x(((i + 1) * each) / steps)} ${y(loss)}`).join('')}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
