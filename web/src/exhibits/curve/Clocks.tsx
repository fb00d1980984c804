// Three clocks: operations of the solve, points, and updates of gradient descent, the slow way to the same weights.
import { useEffect, useRef } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { control } from '../../components/control';
import { IconButton } from '../../components/IconButton';
import { usePlaying } from '../../components/playing';
import { useBox } from '../../draw/box';
import { plain, whole } from '../../draw/format';
import { pathOf, planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Curve, number, numbers } from './curve';
import { UPDATES } from './lab';

const PACE = { step: 500, update: 120 }; // ms an operation, and from one record of the descent to the next

export function Clocks({ store, curve, covered }: { store: Store; curve: Curve; covered: boolean }) {
  const { slow } = curve;
  useEffect(() => slow.watch(), [slow]);
  const end = curve.walk.value?.operations.length ?? 0;
  const at = curve.step.value;
  const goto = (to: number) => curve.goto(to);
  const playing = usePlaying<'step' | 'update'>({
    pace: PACE,
    onward: (what) => (what === 'update' ? curve.gotoRecord(1) : curve.goto(curve.step.peek() + 1)),
    ended: (what) =>
      what === 'update'
        ? Number(curve.lab.peek().update) >= UPDATES
        : curve.step.peek() >= (curve.walk.peek()?.operations.length ?? 0),
    rewind: (what) => (what === 'update' ? curve.set({ update: '0' }) : curve.goto(0)),
  });
  useEffect(
    () =>
      store.keyed({
        playOrPause: (what) => playing.playOrPause(what === 'update' ? 'update' : 'step'),
        update: (by) => curve.gotoRecord(by),
        step: (by) => {
          playing.stop();
          curve.goto(curve.step.peek() + by);
        },
      }),
    [store, curve, playing],
  );
  const count = curve.count.value;
  const point = curve.point.value + 1;
  const update = Number(curve.now.update);
  const play = (what: 'update' | 'operation') => store.transport.peek()?.playOrPause(what);
  return (
    <section class="curve-clocks" aria-label={t('clock.label')}>
      <div class="curve-clock two">
        <ClockButtons
          session={store.session}
          id="clock.step"
          name={t('curve.clock')}
          said={t('clock.of', { at, end })}
          labels={{
            back: t('curve.back'),
            play: t('curve.play'),
            pause: t('curve.pause'),
            step: t('curve.step'),
          }}
          playing={playing.now.value === 'step'}
          canBack={at > 0}
          canStep={at < end}
          primary
          locked={covered}
          play={() => play('operation')}
          go={(by) => goto(at + by)}
        />
        <input
          type="range"
          aria-label={t('curve.scrub')}
          aria-valuetext={t('clock.of', { at, end })}
          min={0}
          max={Math.max(1, end)}
          value={at}
          disabled={covered}
          onInput={(event) => goto(Number(event.currentTarget.value))}
        />
        <div class="clock-title">
          <b>{t('curve.point.clock')}</b>
          <span class="num small dim">{t('clock.of', { at: point, end: count })}</span>
        </div>
        <fieldset class="btns" aria-label={t('curve.point.clock')} {...control(store.session, 'clock.point')}>
          <IconButton
            icon="back"
            label={t('curve.point.back')}
            disabled={point <= 1}
            onPress={() => curve.look(point - 2)}
          />
          <IconButton
            icon="step"
            label={t('curve.point.step')}
            disabled={point >= count}
            onPress={() => curve.look(point)}
          />
        </fieldset>
      </div>
      <div class="curve-clock">
        <ClockButtons
          session={store.session}
          id="clock.update"
          name={t('clock.update')}
          said={whole(update)}
          labels={{
            back: t('curve.update.back'),
            play: t('clock.update.play'),
            pause: t('clock.update.pause'),
            step: t('curve.update.forward'),
          }}
          playing={playing.now.value === 'update'}
          canBack={update > 0}
          canStep={update < UPDATES}
          locked={covered}
          play={() => play('update')}
          go={(by) => curve.gotoRecord(by)}
        />
        <Descent curve={curve} covered={covered} />
      </div>
    </section>
  );
}

/** E_RMS update by update, on a logarithmic axis, with what the solve has at once as a dotted line. */
function Descent({ curve, covered }: { curve: Curve; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const found = curve.slow.fresh.value ? curve.slow.found.value?.study : undefined;
  const fit = curve.solved.value?.study;
  const update = Number(curve.now.update);
  const all = found ? Array.from(numbers(found, 'update')) : [0];
  const record = all.findLastIndex((one) => one <= update);
  const log = (one: number) => Math.log10(Math.max(1, one));
  const rms = found ? numbers(found, 'rms') : [0];
  const exact = fit ? number(fit, 'rms') : 0;
  const plane =
    box &&
    planeOf(
      box,
      { from: 0, to: log(UPDATES) },
      { from: 0, to: 1.15 * Math.max(0.1, ...Array.from(rms)) },
      { left: 8, right: 12, top: 16, bottom: 16 },
    );
  return (
    <div class="curve-descent">
      <div class="plane" ref={area}>
        {box && plane && found && !covered && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
            <path class="l-edge" d={`M${plane.left} ${plane.bottom}H${plane.right}`} />
            <path class="curve-exact" d={`M${plane.left} ${plane.y(exact)}H${plane.right}`} />
            <path class="curve-line slowly" d={pathOf(plane, all.map(log), rms)} />
            <path class="l-ink thick" d={`M${plane.x(log(update))} ${plane.top}V${plane.bottom}`} />
            {[1, 100, 10000].map((one) => (
              <text
                key={one}
                class="t12 t2 mid num"
                x={Math.min(plane.right - 18, Math.max(plane.left + 3, plane.x(log(one))))}
                y={plane.bottom + 13}
              >
                {whole(one)}
              </text>
            ))}
            <text class="t12" x={plane.left} y={11}>
              {t('curve.descent', {
                rate: plain(number(found, 'rate')),
                rms: plain(rms[record] ?? Number.NaN),
                exact: plain(exact),
              })}
            </text>
          </svg>
        )}
      </div>
      <input
        type="range"
        aria-label={t('curve.descent.scrub')}
        aria-valuetext={t('curve.descent.at', { update: whole(update) })}
        min={0}
        max={Math.max(1, all.length - 1)}
        value={Math.max(0, record)}
        disabled={covered || !found}
        onInput={(event) => curve.set({ update: String(all[Number(event.currentTarget.value)] ?? 0) })}
      />
    </div>
  );
}
