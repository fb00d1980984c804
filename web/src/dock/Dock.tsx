import { useSignal } from '@preact/signals';
import { control } from '../components/control';
import { lostPart } from '../components/lost';
import { Strip } from '../figures/Strip';
import { t } from '../i18n';
import type { Store } from '../session/create';
import type { Pane } from '../session/declared';
import { OperationTrack, TokenTrack, UpdateTrack } from '../tracks';
import { ClockRow } from './Clock';
import { Curves } from './Curves';
import { Distribution } from './Distribution';
import { Samples } from './Samples';
import { Sampling } from './Sampling';
import { SettingsList } from './Settings';
import type { SettingsSheet } from './SettingsSheet';
import { Undo } from './Undo';

const PANES: Pane[] = ['run', 'next', 'states'];

/** Three clocks on one time line, and beside them what the run makes and is made of. Where nothing is walked there is the
 *  clock of training, and what is written stands in the view. */
export function Dock({ store }: { store: Store }) {
  const { session } = store;
  const { pane } = store;
  const Opened = useSignal<typeof SettingsSheet | null>(null);
  const open = () => {
    let wanted = true; // until somebody leaves it, which may be before it has come
    const left = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') wanted = false;
    };
    addEventListener('keydown', left);
    return import('./SettingsSheet')
      .then(
        ({ SettingsSheet }) => {
          if (wanted) Opened.value = SettingsSheet;
        },
        (error: Error) => {
          store.runs.problem.value = lostPart(error);
        },
      )
      .finally(() => removeEventListener('keydown', left));
  };
  const answers = session.answers.value;
  const next = session.schema.value?.pair ? 'dock.pane.next.pair' : answers ? 'dock.pane.answer' : 'dock.pane.next';
  const walks = store.exhibit.walks !== false;
  const writes = walks && store.exhibit.writes !== false; // if not, what it is made from stands here alone
  const shown = writes ? pane.value : 'run';
  return (
    <section class={`dock sheet${walks ? '' : ' trains'}`} aria-label={t('dock.label')}>
      <div class="clocks">
        {walks && (
          <>
            <ClockRow store={store} clock="operation">
              <OperationTrack session={session} />
            </ClockRow>
            <ClockRow store={store} clock="token">
              <TokenTrack session={session} />
            </ClockRow>
          </>
        )}
        <ClockRow store={store} clock="update">
          <Curves session={session} />
          <UpdateTrack session={session} />
        </ClockRow>
      </div>
      <div class={`dock-side${writes ? '' : ' alone'}`}>
        <div class="dock-head">
          {writes && (
            <fieldset class="seg" aria-label={t('dock.pane')}>
              {PANES.map((one) => (
                <button
                  type="button"
                  key={one}
                  {...control(session, `pane.${one}`)}
                  aria-pressed={pane.value === one}
                  onClick={() => {
                    pane.value = one;
                  }}
                >
                  {t(one === 'next' ? next : `dock.pane.${one}`)}
                </button>
              ))}
            </fieldset>
          )}
          <Undo store={store} look="link" />
        </div>
        {shown === 'run' && (
          <>
            {writes && <Samples store={store} />}
            <SettingsList store={store} onOpen={() => void open()} />
          </>
        )}
        {shown === 'next' && (
          <div class="wide">
            {!answers && <Sampling store={store} />}
            <Distribution session={session} />
          </div>
        )}
        {shown === 'states' && (
          <div class="wide">
            <Strip session={session} />
          </div>
        )}
      </div>
      {Opened.value && (
        <Opened.value
          store={store}
          onClose={() => {
            Opened.value = null;
          }}
        />
      )}
    </section>
  );
}
