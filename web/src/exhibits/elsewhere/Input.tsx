// The sequence as what it is, before it is cut into tokens: a chain of residues, a picture to be drawn on, days to be dragged.
import { useRef } from 'preact/hooks';
import { useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { Axes } from '../../figures/plane/Axes';
import { Handles } from '../../figures/plane/Handles';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import type { Walked } from '../taped';
import { daysOf, MOST_SOLD, soldOf } from './lab';
import { type Lesson, type Simple, valuesOf } from './lesson';
import { Picture } from './Picture';
import { HYDROPATHY, Token } from './Token';

interface InputProps {
  store: Store;
  lesson: Lesson;
  simple: Simple | null;
  walked: Walked | null;
  covered: boolean;
}
export function Input(props: InputProps) {
  const { lesson, covered } = props;
  switch (lesson.task.value) {
    case 'protein':
      return <Chain {...props} />;
    case 'digits':
      return <Picture lesson={lesson} locked={covered} />;
    default:
      return <Days {...props} />;
  }
}

/** A residue a cell, in the colours of the scale that the answer is worked out by; the stretch in a frame. */
function Chain({ store, lesson, simple, covered }: InputProps) {
  const { protein } = lesson.lab.value;
  const stretch = covered ? null : (simple?.stretch ?? null);
  const inside = (i: number) => stretch !== null && i >= stretch.from && i < stretch.from + 7;
  return (
    <div class="elsewhere-chain-figure">
      <ol class="elsewhere-residues" aria-label={t('elsewhere.chain.label', { chain: protein })}>
        {[...protein].map((letter, i) => (
          <li key={i} class={inside(i) ? 'inside' : ''} data-letter={letter}>
            <Token store={store} lesson={lesson} simple={simple} at={i + 1} />
          </li>
        ))}
      </ol>
      <p class="small elsewhere-legend">
        <SignLegend scale={{ range: HYDROPATHY, was: null, kept: false }} words={t('elsewhere.hydropathy')} />
        {stretch && (
          <span>
            {t('elsewhere.stretch', { from: stretch.from + 1, to: stretch.from + 7, mean: fixed(stretch.mean) })}
          </span>
        )}
      </p>
    </div>
  );
}

/** What was sold day by day, to be dragged, and beyond the line the day after: as it came, and as each way says. */
function Days({ lesson, simple, walked, covered }: InputProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const sold = soldOf(lesson.lab.value.days);
  const count = sold.length - 1;
  const said = walked ? valuesOf(walked, 'y_hat')[0] : undefined;
  const top = Math.max(4, Math.ceil(Math.max(...sold)));
  const moved = (i: number, y: number) => daysOf(sold.map((one, k) => (k === i ? Math.min(MOST_SOLD, y) : one)));
  const plane =
    box &&
    planeOf(box, { from: 0.5, to: count + 1.5 }, { from: 0, to: top }, { left: 40, right: 12, top: 12, bottom: 24 });
  const xs = sold.map((_, i) => i + 1);
  const answers: [string, number | undefined][] = covered
    ? []
    : [
        ['yesterday', simple?.said[0]],
        ['week', simple?.said[1]],
        ['net', said],
      ];
  return (
    <div class="plane elsewhere-days" ref={area}>
      {box && plane && (
        <>
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('elsewhere.days.label', { count })}>
            <Axes
              plane={plane}
              x={xs
                .filter((at) => at === 1 || at % 7 === 0 || at === count + 1)
                .map((at) => ({ at, text: String(at) }))}
              y={Array.from({ length: top + 1 }, (_, at) => ({ at, text: String(at) }))}
            />
            <path class="l-edge" d={`M${plane.x(count + 0.5)} ${plane.top}V${plane.bottom}`} />
            <path class="l-ink elsewhere-line" d={pathOf(plane, xs.slice(0, count), sold)} />
            {sold.slice(0, count).map((one, i) => (
              <circle key={i} class="f-ink" cx={plane.x(i + 1)} cy={plane.y(one)} r={4} />
            ))}
            {!covered && <circle class="f-ink" cx={plane.x(count + 1)} cy={plane.y(sold[count] ?? 0)} r={5} />}
            {answers.map(
              ([way, value]) =>
                value !== undefined && (
                  <g key={way} class={`elsewhere-said ${way}`}>
                    {way === 'net' ? (
                      <circle cx={plane.x(count + 1)} cy={plane.y(value)} r={8} />
                    ) : (
                      <path d={`M${plane.x(count + 1) - 11} ${plane.y(value)}h22`} />
                    )}
                  </g>
                ),
            )}
          </svg>
          <Handles
            plane={plane}
            unit={box.unit}
            places={sold.slice(0, count).map((y, i) => ({ x: i + 1, y }))}
            picked={null}
            label={t('elsewhere.days.handles')}
            locked={covered}
            name={(i) => t('elsewhere.day', { at: i + 1, sold: fixed(sold[i] ?? Number.NaN) })}
            pick={() => undefined}
            move={(i, to, done) => (done ? lesson.change(moved(i, to.y)) : lesson.follow(moved(i, to.y)))}
            add={() => undefined}
            remove={() => undefined}
          />
        </>
      )}
    </div>
  );
}
