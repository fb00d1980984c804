// Over the network: a gate held at 0 or 1 in every step, or left to the net.
import { Words } from '../../components/Words';
import { M } from '../../draw/Math';
import { named, t } from '../../i18n';
import type { Store } from '../../session/create';
import { HELD, type Letter } from './symbols';

/** Above 1: the gate is free. */
const FREE = 2;

export function Tools({ store }: { store: Store }) {
  const settings = store.session.run.value?.settings ?? {};
  const gates = HELD[settings.model ?? ''] ?? [];
  const at = (letter: Letter) => Number(settings[`hold_${letter}`] ?? FREE);
  const held = gates.filter((letter) => at(letter) <= 1);
  const hold = (letter: Letter, value: number) => void store.set(`hold_${letter}`, String(value), true);
  return (
    <div class="lstm-hold">
      <span class="small">{t('lstm.hold')}</span>
      {gates.map((letter) => (
        <fieldset class="seg" key={letter} aria-label={named('setting', `hold_${letter}`)}>
          <span class="lstm-gate">
            <M tex={`\\a{${letter}}`} />
          </span>
          {[FREE, 0, 1].map((value) => (
            <button
              type="button"
              key={value}
              aria-pressed={value === FREE ? at(letter) > 1 : at(letter) === value}
              onClick={() => hold(letter, value)}
            >
              {value === FREE ? t('lstm.free') : value}
            </button>
          ))}
        </fieldset>
      ))}
      <span class="small" role="status">
        {held.length > 0 && (
          <>
            {held.map((letter) => (
              <span key={letter}>
                <Words>{t('lstm.held', { gate: named('setting', `hold_${letter}`), value: at(letter) })}</Words>{' '}
              </span>
            ))}
            <button type="button" class="btn link" disabled={!store.canUndo.value} onClick={() => void store.undo()}>
              {t('text.undo')}
            </button>
          </>
        )}
      </span>
    </div>
  );
}
