import { control } from '../components/control';
import { SettingName } from '../components/SettingName';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { valueText } from './deeds';

/** The settings that matter most, as they are; the sheet changes them. */
export function SettingsList({ store, onOpen }: { store: Store; onOpen: () => void }) {
  const settings = store.session.run.value?.settings ?? {};
  return (
    <section aria-label={t('settings.title')}>
      <h2>
        {t('settings.title')}
        <button type="button" class="btn link" {...control(store.session, 'settings')} onClick={onOpen}>
          {t('settings.open')}
        </button>
      </h2>
      <dl class="settings">
        {store.exhibit.dock
          .filter((key) => settings[key] !== undefined)
          .map((key) => (
            <SettingValue key={key} id={key} value={settings[key]} />
          ))}
      </dl>
    </section>
  );
}

function SettingValue({ id, value }: { id: string; value: string | undefined }) {
  return (
    <>
      <dt>
        <SettingName id={id} />
      </dt>
      <dd class="num">{value === undefined ? '' : valueText(value)}</dd>
    </>
  );
}
