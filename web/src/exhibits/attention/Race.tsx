// Reversing letters with and without a look back: how much of each length is written right, while both train.
import { useMemo, useRef } from 'preact/hooks';
import { Words } from '../../components/Words';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { ContestButtons, useContest } from '../Contest';
import { type Contest, createContest, EVERY, GOAL, LANES, LENGTH, type Point, shareOf } from './contest';

const SEED = 1;

export function Race({ store }: { store: Store }) {
  const contest = useMemo(() => createContest(store.spawn, SEED), [store]);
  useContest({ store, contest, every: EVERY });
  return (
    <div class="panel attention-race">
      <Transport store={store} contest={contest} />
      <Plots contest={contest} />
    </div>
  );
}

function Transport({ store, contest }: { store: Store; contest: Contest }) {
  const [attention, none] = contest.points.value.map((of) => of.at(-1));
  const words = {
    play: t(contest.race.step.value === 0 ? 'attention.start' : 'attention.go'),
    pause: t('attention.pause'),
    more: t('attention.more', { count: EVERY }),
    again: t('attention.again'),
  };
  return (
    <ContestButtons class="attention-transport" store={store} contest={contest} every={EVERY} words={words}>
      {attention && none ? (
        <Words>
          {t('attention.result', {
            step: attention.step,
            attention: fixed(shareOf(attention.groups), 2),
            none: fixed(shareOf(none.groups), 2),
          })}
        </Words>
      ) : (
        t('attention.opening')
      )}
    </ContestButtons>
  );
}

interface Line {
  name: string;
  dash: boolean;
  points: { x: number; y: number }[];
}

function Plots({ contest }: { contest: Contest }) {
  const { points, race } = contest;
  const end = GOAL * Math.max(1, Math.ceil(race.step.value / GOAL));
  const last = points.value.map((of) => of.at(-1));
  const name = (i: number) => t(i === 0 ? 'attention.with' : 'attention.without');
  const byLength: Line[] = last.map((point, i) => ({
    name: name(i),
    dash: i > 0,
    points: (point?.groups ?? []).map(({ length, sequences, right }) => ({ x: length, y: right / sequences })),
  }));
  const byUpdate: Line[] = points.value.map((of, i) => ({
    name: name(i),
    dash: i > 0,
    points: of.map(({ step, groups }) => ({ x: step, y: shareOf(groups) })),
  }));
  return (
    <div class="attention-plots">
      <h3>{t('attention.by.length')}</h3>
      <Shares label={t('attention.by.length')} lines={byLength} least={1} most={LENGTH} unit={t('attention.letters')} />
      <h3>{t('attention.by.update')}</h3>
      <Shares label={t('attention.by.update')} lines={byUpdate} least={0} most={end} unit={t('attention.updates')} />
      <Twin last={last} />
    </div>
  );
}

/** The same numbers as a table. */
function Twin({ last }: { last: (Point | undefined)[] }) {
  const [first] = last;
  return (
    <div class="sr">
      <table>
        <caption>{t('attention.by.length')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('attention.letters')}</th>
            {LANES.map((id, i) => (
              <th scope="col" key={id}>
                {t(i === 0 ? 'attention.with' : 'attention.without')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(first?.groups ?? []).map(({ length }, row) => (
            <tr key={length}>
              <th scope="row">{length}</th>
              {last.map((point, i) => {
                const group = point?.groups[row];
                return <td key={i}>{group ? fixed(group.right / group.sequences, 3) : ''}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LEFT = 34;
const RIGHT = 92;
const TOP = 10;
const BOTTOM = 20;
const APART = 15; // between two names

function Shares({
  label,
  lines,
  least,
  most,
  unit,
}: {
  label: string;
  lines: Line[];
  least: number;
  most: number;
  unit: string;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  const x = (value: number) => LEFT + ((value - least) / (most - least)) * (width - LEFT - RIGHT);
  const y = (share: number) => TOP + (1 - share) * (height - TOP - BOTTOM);
  const names = lines.flatMap(({ name, points }) => {
    const end = points.at(-1);
    return end ? [{ name, x: x(end.x) + 8, y: y(end.y) + 4 }] : [];
  });
  const [one, other] = names;
  if (one && other && Math.abs(one.y - other.y) < APART) {
    const middle = Math.max(TOP + APART / 2, Math.min(height - BOTTOM - APART / 2, (one.y + other.y) / 2));
    const up = one.y <= other.y ? one : other;
    const low = up === one ? other : one;
    up.y = middle - APART / 2 + 3;
    low.y = middle + APART / 2 + 3;
  }
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(least + part * (most - least)));
  return (
    <div class="attention-plot" ref={ref} role="img" aria-label={label}>
      {box && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <path class="l-rule" d={`M${LEFT} ${y(share)}H${width - RIGHT}`} />
              <text class="t12 t3 end" x={LEFT - 5} y={y(share) + 4}>
                {share}
              </text>
            </g>
          ))}
          {ticks.map((tick, i) => (
            <text key={tick} class={`t12 t3 ${i ? 'mid' : ''}`} x={x(tick)} y={height - 4}>
              {tick}
            </text>
          ))}
          <text class="t12 t3" x={x(most) + 22} y={height - 4}>
            {unit}
          </text>
          {lines.map(({ name, dash, points }) => (
            <g key={name}>
              <path
                class={`l-ink${dash ? ' dash' : ''}`}
                d={points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('')}
              />
              {points.map((point) => (
                <circle
                  key={point.x}
                  class={dash ? 'f-paper l-ink' : 'f-ink'}
                  cx={x(point.x)}
                  cy={y(point.y)}
                  r={2.5}
                />
              ))}
            </g>
          ))}
          {names.map((one) => (
            <text key={one.name} class="t13 b halo-paper" x={one.x} y={one.y}>
              {one.name}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}
