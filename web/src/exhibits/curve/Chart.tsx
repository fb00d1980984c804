// Error against M, or while there is a penalty against ln λ: of the points themselves, and of a hundred new ones.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { MathLabel } from '../../draw/Math';
import { Axes, ticks, Within } from '../../figures/plane/Axes';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, type Numbers, numbers } from './curve';
import { HIGHEST_M, LOWEST_L } from './lab';

const Y = ticks([0, 0.5, 1], 1);
const MOST = 1.1;
const OF_M = { from: 0, to: HIGHEST_M, ticks: ticks([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) };
const OF_L = { from: LOWEST_L, to: 0, ticks: ticks([-40, -30, -20, -10, 0]) };

export function Chart({ store, curve }: { store: Store; curve: Curve }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const { m: M, l } = curve.now;
  const study = curve.every.found.value?.study;
  const penalty = l !== 'none';
  const of = penalty ? OF_L : OF_M;
  const name = penalty ? 'ln λ' : 'M';
  const at = penalty ? Number(l) : Number(M);
  const plane = box && planeOf(box, of, { from: 0, to: MOST }, { left: 28, right: 84, top: 8, bottom: 34 });
  const xs = study && numbers(study, penalty ? 'ln_lambda' : 'M');
  const line = (of: 'train' | 'test'): Numbers => (study ? numbers(study, penalty ? `lambda_${of}` : of) : []);
  const end = (ys: Numbers) => ys[ys.length - 1] ?? Number.NaN;
  // their names, which must not lie upon one another
  const middle = plane ? (plane.y(end(line('test'))) + plane.y(end(line('train')))) / 2 : 0;
  const apart = plane ? Math.max(14, Math.abs(plane.y(end(line('test'))) - plane.y(end(line('train'))))) / 2 : 0;
  const above = end(line('test')) >= end(line('train')) ? 'test' : 'train';
  return (
    <figure class="curve-chart" {...control(store.session, 'lab.chart')}>
      <figcaption>
        <b>{t(penalty ? 'curve.chart.l' : 'curve.chart.M', { M })}</b>
      </figcaption>
      <div class="plane" ref={area}>
        {box && plane && xs && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={saidOf(curve, of)}>
            <Within plane={plane}>
              <rect class="curve-band" x={plane.x(at) - 8} y={plane.top} width={16} height={plane.bottom - plane.top} />
            </Within>
            <Axes plane={plane} x={of.ticks} y={Y} />
            <MathLabel x={plane.right + 12} y={plane.bottom + 16} tex={name} anchor="start" size={14} />
            {(['test', 'train'] as const).map((set) => {
              const ys = line(set);
              const beside = Math.max(plane.top + 10, middle + (set === above ? -apart : apart) + 4);
              return (
                <g key={set}>
                  <Within plane={plane}>
                    <path class={`curve-line ${set}`} d={pathOf(plane, xs, ys)} />
                  </Within>
                  {!penalty &&
                    Array.from(xs, (x, i) => ({ x, y: ys[i] ?? Number.NaN }))
                      .filter(({ y }) => y <= MOST)
                      .map(({ x, y }) => (
                        <circle key={x} class={`curve-dot ${set}`} cx={plane.x(x)} cy={plane.y(y)} r={3} />
                      ))}
                  <text class="t12" x={plane.right + 8} y={Math.min(plane.bottom + 2, beside)}>
                    {t(`curve.${set}`)} <tspan class="num b">{fixed(end(ys))}</tspan>
                  </text>
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </figure>
  );
}

function saidOf(curve: Curve, of: typeof OF_M): string {
  const study = curve.every.found.value?.study;
  if (!study) return t('curve.chart.label');
  const penalty = of === OF_L;
  const xs = Array.from(numbers(study, penalty ? 'ln_lambda' : 'M'));
  const said = (set: 'train' | 'test') =>
    of.ticks
      .map(
        ({ at, text }) =>
          `${text}: ${fixed(numbers(study, penalty ? `lambda_${set}` : set)[xs.indexOf(at)] ?? Number.NaN)}`,
      )
      .join(', ');
  return t('curve.chart.said', { along: penalty ? 'ln λ' : 'M', train: said('train'), test: said('test') });
}
