import { control } from '../components/control';
import { SettingName } from '../components/SettingName';
import { t } from '../i18n';
import type { Store } from '../session/create';
import type { Sampling as How } from '../session/types';
import { NumberField } from './NumberField';

/** Temperature, top-k, top-p: what becomes of the distribution before a letter is drawn. */
export function Sampling({ store }: { store: Store }) {
  const how = store.sampling.value;
  const size = store.session.run.value?.vocabulary.length ?? 0;
  const set = (change: Partial<How>) => {
    store.sampling.value = { ...how, ...change };
  };
  return (
    <fieldset class="sampling" aria-label={t('settings.writing')} {...control(store.session, 'sampling')}>
      <div>
        <SettingName id="temperature">{t('sampling.temperature')}</SettingName>
        <NumberField
          label={t('setting.temperature')}
          value={how.temperature}
          min={0}
          max={10}
          step={0.1}
          onChange={(temperature) => set({ temperature })}
        />
      </div>
      <div title={t('sampling.off.k')}>
        <span aria-hidden="true">{t('sampling.k')}</span>
        <NumberField
          label={t('setting.top_k')}
          value={how.topK}
          min={0}
          max={size}
          step={1}
          onChange={(topK) => set({ topK })}
        />
      </div>
      <div title={t('sampling.off.p')}>
        <span aria-hidden="true">{t('sampling.p')}</span>
        <NumberField
          label={t('setting.top_p')}
          value={how.topP}
          min={0.01}
          max={1}
          step={0.05}
          onChange={(topP) => set({ topP })}
        />
      </div>
    </fieldset>
  );
}
