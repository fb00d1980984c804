import { plain, whole } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import { unseenOf } from '../session/corpus.ts';
import type { Session } from '../session/types.ts';
import { margin } from './margin.ts';
import { Playhead, Track } from './Track.tsx';

/** Axis, playhead and what there is to say over the loss curve, which is drawn beneath. */
/** What there is before any update. Numbers that are made for none were not trained. */
function untrained({ run }: Session) {
  if (run.value?.settings.steps === '0') return 'track.update.thrown';
  return run.value?.trainedFrom ? 'track.update.shipped' : 'track.update.untrained';
}

export function UpdateTrack({ session }: { session: Session }) {
  const end = session.timelineEnd.value;
  const step = session.step.value;
  const tip = session.tip.value;
  const { replay } = session.training.value;
  const { curve, validation } = session.history.value;
  const stopped = session.broken.value;
  const broken = stopped?.error.code === 'number' ? stopped : null;
  const unseen = unseenOf(session.run.value?.settings);
  const seen = validation.findLast((v) => v.step <= step);
  const loss = seen ?? { step, loss: curve.at(step) ?? Number.NaN };
  const message = replay
    ? t('track.update.replay', {
        to: whole(replay.to),
        done: whole(replay.step - replay.from),
        count: whole(replay.to - replay.from),
      })
    : broken
      ? t('track.update.broke', { at: whole(broken.at), shown: whole(step) })
      : tip === 0
        ? t(untrained(session))
        : Number.isFinite(loss.loss)
          ? t(seen ? `track.update.unseen.${unseen}` : 'track.update.batch', {
              loss: plain(loss.loss, 2),
            })
          : '';
  return (
    <Track
      label={t('track.update')}
      most={tip}
      at={step}
      words={t('track.update.words', { step: whole(step), tip: whole(tip) })}
      leap={Math.max(1, Math.round(tip / 20))}
      onKey={(to) => session.seek(to)}
      onDrag={(x, _, box) => session.seek(Math.max(0, Math.min(tip, Math.round((x / margin(box.width).end) * end))))}
    >
      {({ width, height }) => {
        const bottom = height - 16;
        const { end: right } = margin(width);
        const at = (n: number) => (n / end) * right;
        const tick = end / (width < 420 ? 2 : 4);
        const ticks = Array.from({ length: Math.round(end / tick) + 1 }, (_, i) => Math.round(i * tick));
        const x = at(replay ? replay.step : step);
        const room = width - x > 240; // to the right of the playhead
        return (
          <g>
            <path class="l-edge" d={`M0 ${bottom}H${right}`} />
            {ticks.map((n, i) => (
              <g key={n}>
                <path class="l-edge" d={`M${at(n)} ${bottom}v4`} />
                <text class={`t12 t3 ${i === ticks.length - 1 ? 'end' : i ? 'mid' : ''}`} x={at(n)} y={height - 2}>
                  {i === ticks.length - 1 ? t('track.update.end', { n: whole(n) }) : whole(n)}
                </text>
              </g>
            ))}
            {broken && <path class="l-ink" d={`M${at(broken.at) - 4} ${bottom - 12}l8 8m0 -8l-8 8`} />}
            <Playhead x={x} y={4} height={bottom + 2} />
            <text class={`t13 b ${room ? '' : 'end'}`} x={room ? x + 10 : x - 10} y={16}>
              {message}
            </text>
          </g>
        );
      }}
    </Track>
  );
}
