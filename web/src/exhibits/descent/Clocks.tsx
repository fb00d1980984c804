// Two clocks: operations of an update, and updates.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { useBox } from '../../draw/box';
import { plain, whole } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Descent } from './descent';
import { atPlace, type Operation, operationsOf, placeOf, pointsOf, type Rule, updatesOf } from './lab';
import { present } from './Update';

const SYMBOLS: Record<Operation, string> = {
  slope: '\\g{∇E}',
  mean: 'm',
  square: 'v',
  unbias: '\\hat{m}, \\hat{v}',
  step: 'Δ\\p{w}',
  weight: '\\p{w}',
};
const PACE = { step: 600, update: 150 }; // ms

/** What the keys and buttons do; each says whether there is more to come. */
export function useTransport(store: Store, go: (what: 'step' | 'update', by: number) => boolean, first: () => void) {
  const playing = useSignal<'step' | 'update' | null>(null);
  useEffect(
    () =>
      store.keyed({
        playOrPause: (which) => {
          const what = which === 'update' ? 'update' : 'step';
          if (playing.peek() === what) playing.value = null;
          else {
            if (!go(what, 0)) first();
            playing.value = what;
          }
        },
        update: (by) => {
          go('update', by);
        },
        step: (by) => {
          playing.value = null;
          go('step', by);
        },
      }),
    [store],
  );
  useEffect(() => {
    const what = playing.value;
    if (!what) return;
    const timer = setInterval(() => {
      if (!go(what, 1)) playing.value = null;
    }, PACE[what]);
    return () => clearInterval(timer);
  }, [playing.value]);
  return { playing, play: (what: 'update' | 'operation') => store.transport.peek()?.playOrPause(what) };
}

export function Clocks({ store, descent, covered }: { store: Store; descent: Descent; covered: boolean }) {
  const ruleNow = () => descent.lab.peek().rule as Rule;
  const go = (what: 'step' | 'update', by: number): boolean => {
    const rule = ruleNow();
    const lab = descent.lab.peek();
    const each = operationsOf(rule).length;
    const last = updatesOf(rule) * each;
    const place = placeOf(lab);
    const to = what === 'step' ? place + by : (by < 0 ? Math.ceil(place / each) + by : Number(lab.update) + by) * each;
    if (by !== 0) descent.set(atPlace(rule, to));
    return to < last;
  };
  const { playing, play } = useTransport(store, go, () => descent.set({ update: '0', op: '0' }));
  const lab = descent.lab.value;
  const rule = lab.rule as Rule;
  const now = present(descent);
  const each = operationsOf(rule).length;
  const [place, last] = [placeOf(lab), updatesOf(rule) * each];
  const update = Number(lab.update);
  return (
    <section class="descent-clocks" aria-label={t('clock.label')}>
      <div class="descent-clock">
        <ClockButtons
          session={store.session}
          id="clock.step"
          name={t('descent.clock')}
          said={t('descent.clock.of', { at: now?.done ?? 0, end: each, update: now?.update ?? 1 })}
          labels={{
            back: t('descent.back'),
            play: t('descent.play'),
            pause: t('descent.pause'),
            step: t('descent.step'),
          }}
          playing={playing.value === 'step'}
          canBack={place > 0}
          canStep={place < last}
          primary
          locked={covered}
          play={() => play('operation')}
          go={(by) => go('step', by)}
        />
        <ol class="descent-ops" aria-label={t('descent.ops')}>
          {operationsOf(rule).map((id, i) => (
            <li
              key={id}
              class={i < (now?.done ?? 0) ? 'done' : ''}
              aria-current={i === (now?.done ?? 0) - 1 || undefined}
            >
              <Tex tex={SYMBOLS[id]} />
            </li>
          ))}
        </ol>
      </div>
      <div class="descent-clock">
        <ClockButtons
          session={store.session}
          id="clock.update"
          name={t('clock.update')}
          said={t('clock.of', { at: whole(update), end: whole(updatesOf(rule)) })}
          labels={{
            back: t('descent.update.back'),
            play: t('clock.update.play'),
            pause: t('clock.update.pause'),
            step: t('descent.update.forward'),
          }}
          playing={playing.value === 'update'}
          canBack={place > 0}
          canStep={update < updatesOf(rule)}
          locked={covered}
          play={() => play('update')}
          go={(by) => go('update', by)}
        />
        <div class="descent-scrub">
          <Track descent={descent} covered={covered} />
          <input
            type="range"
            aria-label={t('descent.scrub')}
            aria-valuetext={t('descent.scrub.at', { update, seen: update * pointsOf(rule) })}
            min={0}
            max={updatesOf(rule)}
            value={update}
            disabled={covered}
            onInput={(event) => descent.set({ update: event.currentTarget.value, op: '0' })}
          />
        </div>
      </div>
    </section>
  );
}

/** E of the rule on screen, update by update; what is asked for lies ahead. */
function Track({ descent, covered }: { descent: Descent; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const now = present(descent);
  if (!now || !box) return <div class="plane" ref={area} />;
  const { path, lab } = now;
  const all = Array.from({ length: path.updates + 1 }, (_, u) => u);
  const errors = all.map((u) => path.error(u));
  const top = Math.max(0.1, ...errors.filter(Number.isFinite).slice(0, 1));
  const plane = planeOf(
    box,
    { from: 0, to: path.updates },
    { from: 0, to: top },
    { left: 8, right: 8, top: 16, bottom: 2 },
  );
  const update = Number(lab.update);
  const seen = path.seen(update);
  const known = covered ? update + 1 : all.length;
  return (
    <div class="plane" ref={area}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
        <path class="l-edge" d={`M${plane.left} ${plane.bottom}H${plane.right}`} />
        <path class="descent-track" d={pathOf(plane, all.slice(0, known), errors.slice(0, known))} />
        <path class="l-ink thick" d={`M${plane.x(update)} ${plane.top}V${plane.bottom}`} />
        <text class="t12" x={plane.left} y={11}>
          {t('descent.track', { E: plain(path.error(update)), seen })}
        </text>
      </svg>
    </div>
  );
}
