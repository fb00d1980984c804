// A switch for each part of a Transformer's block. It is thrown while the net trains; what was thrown when stays on the
// loss curve.
import { control } from '../components/control';
import { t } from '../i18n';
import { speak } from '../i18n/en';
import { switches as words } from '../i18n/en.switches';
import type { Store } from '../session/create';
import './switches.css';

speak(words);

/** Each part: its setting, and what it is on and off. */
const PARTS = [
  { key: 'num_heads', on: '2', off: '1' },
  { key: 'scale', on: 'on', off: 'off' },
  { key: 'mask', on: 'on', off: 'off' },
  { key: 'norm', on: 'pre', off: 'none' },
  { key: 'residual', on: 'on', off: 'off' },
  { key: 'feed_forward', on: 'relu', off: 'none' },
  { key: 'places', on: 'on', off: 'off' },
] as const;
type Part = (typeof PARTS)[number];

const isOff = (store: Store, { key, off }: Part) => store.session.run.value?.settings[key] === off;
const nameOf = ({ key }: Part) => t(`switches.${key}`);
/** Those that this exhibit offers. */
const partsOf = (store: Store) => PARTS.filter(({ key }) => store.exhibit.offers?.includes(key));

export const switchesSaid = (store: Store): string => {
  const off = partsOf(store).filter((part) => isOff(store, part));
  return off.length === 0 ? t('switches.whole') : t('switches.without', { parts: off.map(nameOf).join(', ') });
};

export function Switches({ store }: { store: Store }) {
  return (
    <fieldset class="part-switches" aria-label={t('switches.label')}>
      {partsOf(store).map((part) => {
        const on = !isOff(store, part);
        return (
          <button
            key={part.key}
            type="button"
            role="switch"
            class="btn low switched"
            aria-checked={on}
            {...control(store.session, `lab.${part.key}`)}
            onClick={() => void store.set(part.key, on ? part.off : part.on, true)}
          >
            {nameOf(part)}
          </button>
        );
      })}
    </fieldset>
  );
}
