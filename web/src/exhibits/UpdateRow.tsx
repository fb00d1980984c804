// The clock of updates where a view has clocks of its own: its buttons, and the curve of the loss over its track.
import { ClockButtons } from '../components/ClockButtons';
import { Curves } from '../dock/Curves';
import { clockState, playOrPause } from '../dock/clocks';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { UpdateTrack } from '../tracks';
import './moments.css';

export function UpdateRow({ store }: { store: Store }) {
  const update = clockState(store, 'update');
  return (
    <div class="net-clock">
      <ClockButtons
        session={store.session}
        id="clock.update"
        name={t('clock.update')}
        said={update.words}
        labels={{
          back: t('clock.update.back'),
          play: t('clock.update.play'),
          pause: t('clock.update.pause'),
          step: t('clock.update.forward'),
        }}
        playing={update.playing}
        canBack={update.canBack}
        canStep={update.canForward}
        play={() => playOrPause(store, 'update')}
        go={(by) => store.session.move('update', by)}
      />
      <div class="net-updates">
        <div class="track">
          <Curves session={store.session} />
          <UpdateTrack session={store.session} />
        </div>
      </div>
    </div>
  );
}
