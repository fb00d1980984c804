// Over the network: a gate held at 0 or 1 in every step, or all left to the net. Several at once: in the settings.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { HELD, type Letter } from './symbols';

/** Above 1: the gate is free. */
const FREE = 2;

const words = (letter: Letter, value: number) => t('lstm.held', { gate: letter, value });

function heldOf(store: Store) {
  const settings = store.session.run.value?.settings ?? {};
  const gates = HELD[settings.model ?? ''] ?? HELD[`${settings.cell}_lm`] ?? []; // a classifier says which cells it has
  const at = (letter: Letter) => Number(settings[`hold_${letter}`] ?? FREE);
  return { gates, at, held: gates.filter((letter) => at(letter) <= 1) };
}

export function toolsSaid(store: Store): string {
  const { at, held } = heldOf(store);
  return held.length > 0 ? held.map((letter) => words(letter, at(letter))).join(', ') : t('lstm.free');
}

export function Tools({ store }: { store: Store }) {
  const { gates, at, held } = heldOf(store);
  const hold = (choice: string) => {
    const [wanted, value] = choice.split(' ');
    const others = held.filter((letter) => letter !== wanted).map((letter) => [`hold_${letter}`, String(FREE)]);
    return store.setAll(Object.fromEntries([...others, ...(wanted && value ? [[`hold_${wanted}`, value]] : [])]));
  };
  const now = held.map((letter) => `${letter} ${at(letter)}`).join();
  const choices = gates.flatMap((letter) => [0, 1].map((value) => ({ letter, value, key: `${letter} ${value}` })));
  return (
    <select
      class="field low lstm-hold"
      aria-label={t('lstm.hold')}
      {...control(store.session, 'hold')}
      value={now}
      onChange={(event) => void hold(event.currentTarget.value)}
    >
      <option value="">{t('lstm.free')}</option>
      {choices.map(({ letter, value, key }) => (
        <option key={key} value={key}>
          {words(letter, value)}
        </option>
      ))}
      {!choices.some(({ key }) => key === now) && now !== '' && <option value={now}>{toolsSaid(store)}</option>}
    </select>
  );
}
