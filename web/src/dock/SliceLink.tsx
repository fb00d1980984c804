import { control } from '../components/control';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { formatAddress } from '../state/address';
import { defaults } from '../state/fields';
import { packLog, packSettings } from '../state/handed';

const FARTHEST = 20000; // updates that are trained again for it

/** To the loss around the way that this run went, where that began untrained, on the text that comes with it. */
export function SliceLink({ store }: { store: Store }) {
  const { model, weights, settings, seed, corpus } = store.runs.origin.value;
  const run = store.session.run.value;
  const tip = store.runs.tip.value;
  const net = store.exhibit.sliced && model === store.exhibit.model;
  if (!net || !run || weights !== 'none' || corpus !== '' || tip === 0 || tip > FARTHEST) return null;
  const lab = {
    of: store.exhibit.slug,
    run: packSettings({ ...settings, ...(seed !== null && { seed: String(seed) }) }),
    log: packLog(run.log),
    far: String(tip),
  };
  const given = Object.fromEntries(Object.entries(lab).filter(([, value]) => value !== ''));
  return (
    <p class="small">
      <a
        {...control(store.session, 'slice')}
        href={formatAddress('descent', { ...defaults(), panel: 'slice', lab: given })}
      >
        {t('settings.slice')}
      </a>
    </p>
  );
}
