// Over the figure: a switch for each part. It is thrown while the net trains; what was thrown when stays on the loss curve.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';

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
type Key = (typeof PARTS)[number]['key'];

const isOff = (store: Store, { key, off }: (typeof PARTS)[number]) => store.session.run.value?.settings[key] === off;
const nameOf = (key: Key) => t(`block.part.${key}`);

export const toolsSaid = (store: Store): string => {
  const off = PARTS.filter((part) => isOff(store, part)).map(({ key }) => nameOf(key));
  return off.length === 0 ? t('block.whole') : t('block.without', { parts: off.join(', ') });
};

export function Tools({ store }: { store: Store }) {
  return (
    <fieldset class="block-parts" aria-label={t('block.parts')}>
      {PARTS.map((part) => {
        const on = !isOff(store, part);
        return (
          <button
            key={part.key}
            type="button"
            role="switch"
            class="btn low switched block-part"
            aria-checked={on}
            {...control(store.session, `lab.${part.key}`)}
            onClick={() => void store.set(part.key, on ? part.off : part.on, true)}
          >
            {nameOf(part.key)}
          </button>
        );
      })}
    </fieldset>
  );
}
