// The clock of steps, for both nets at once, over what each of them does in every step; and the length of the plots.
import { useEffect, useRef } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { control } from '../../components/control';
import { usePlaying } from '../../components/playing';
import { useBox } from '../../draw/box';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { LENGTHS, NETS } from './lab';
import type { Readers } from './readers';
import { nameOfNet } from './Tapes';

const PACE = { step: 450 }; // ms a step

export function Clock({ store, readers, covered }: { store: Store; readers: Readers; covered: boolean }) {
  const end = readers.end.value;
  const step = Math.min(end, Number(readers.lab.value.step));
  const at = () => Math.min(readers.end.peek(), Number(readers.lab.peek().step));
  const goto = (to: number) => readers.set({ step: String(Math.max(0, Math.min(readers.end.peek(), to))) });
  const ended = () => at() >= readers.end.peek();
  const playing = usePlaying({
    pace: PACE,
    onward: () => {
      goto(at() + 1);
      return !ended();
    },
    ended,
    rewind: () => goto(0),
  });
  const go = (to: number) => {
    playing.stop();
    goto(to);
  };
  useEffect(() => {
    const move = (by: 1 | -1) => go(at() + by);
    return store.keyed({ playOrPause: () => playing.playOrPause('step'), update: move, step: move });
  }, [store, readers, playing]);
  const said = t('steps.clock.of', { step, end: covered ? '?' : end });
  return (
    <div class="step-clock">
      <ClockButtons
        session={store.session}
        id="clock.step"
        name={t('steps.clock')}
        said={said}
        labels={{
          back: t('steps.back'),
          play: t('steps.play'),
          pause: t('steps.pause'),
          step: t('steps.one'),
        }}
        playing={playing.now.value === 'step'}
        canBack={step > 0}
        canStep={step < end}
        primary
        locked={covered}
        play={() => store.transport.peek()?.playOrPause()}
        go={(by) => go(step + by)}
      />
      <div class="lanes">
        <Lanes readers={readers} step={step} covered={covered} />
        <input
          type="range"
          aria-label={t('steps.scrub')}
          aria-valuetext={said}
          min={0}
          max={covered ? Math.max(1, step) : Math.max(1, end)}
          value={step}
          disabled={covered}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
      </div>
    </div>
  );
}

const NAMES = 112; // in rem/16, before the bars
const THUMB = 8; // half of the slider's, so that a bar stands over its step

/** How many operations each net does in every step. */
function Lanes({ readers, step, covered }: { readers: Readers; step: number; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const reads = readers.reads.value;
  const end = readers.end.value;
  const most = Math.max(1, ...NETS.flatMap((net) => reads?.[net].at ?? []));
  const height = box ? box.height / 2 : 0;
  const x = (at: number) => NAMES + THUMB + (at / Math.max(1, end)) * ((box?.width ?? 0) - NAMES - 2 * THUMB);
  return (
    <div class="lane-area" ref={area}>
      {box && reads && !covered && (
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('steps.lanes.label')}>
          {NETS.map((net, lane) => (
            <g key={net}>
              {reads[net].at.map((count, at) => {
                const tall = (count / most) * (height - 4);
                return (
                  <rect
                    key={at}
                    class={at > step ? 'f-rule' : at === step ? 'f-ink' : 'f-edge'}
                    x={x(at) - 2}
                    y={(lane + 1) * height - tall}
                    width={4}
                    height={count > 0 ? Math.max(2, tall) : 0}
                  />
                );
              })}
              <text class="t12 t2" x={0} y={(lane + 1) * height - 3}>
                {t('steps.lane', { net: nameOfNet(net), count: reads[net].at[step] ?? 0 })}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

export function Length({ store, readers }: { store: Store; readers: Readers }) {
  const at = LENGTHS.indexOf(Number(readers.lab.value.length));
  const length = LENGTHS[at] ?? 0;
  const busy = readers.measuring.value;
  return (
    <div class="length-clock">
      <label {...control(store.session, 'lab.length')}>
        <b>{t('steps.length')}</b>
        <input
          type="range"
          aria-valuetext={t('steps.length.of', { length })}
          min={0}
          max={LENGTHS.length - 1}
          value={at}
          onInput={(event) => readers.set({ length: String(LENGTHS[Number(event.currentTarget.value)]) })}
        />
        <span class="num">{length}</span>
      </label>
      <button
        type="button"
        class="btn low"
        {...control(store.session, 'lab.measure')}
        disabled={busy}
        onClick={() => void readers.measure()}
      >
        {t(busy ? 'steps.measuring' : 'steps.measure')}
      </button>
    </div>
  );
}
