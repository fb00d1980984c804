import type { SettingInfo } from '../../../wasm/bridge/protocol';
import { SettingName } from '../components/SettingName';
import { named } from '../i18n';
import type { Store } from '../session/create';
import { SettingField } from './SettingField';

/** Of a run, not of any table. */
export const SEED: SettingInfo = {
  key: 'seed',
  type: 'int',
  default: 1,
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  choices: [],
  live: false,
  built: false,
  help: '',
};

/** The rows of these keys, as the core declares them, whichever of its tables they are from. */
export function rowsOf(store: Store, keys: string[]): SettingInfo[] {
  const core = store.session.core.value;
  const settings = store.session.run.value?.settings ?? {};
  const tables = [
    ...(core?.models.find(({ name }) => name === settings.model)?.settings ?? []),
    ...(core?.tasks.find(({ name }) => name === settings.task)?.settings ?? []),
    ...(core?.training ?? []),
    SEED,
  ];
  return keys.flatMap((key) => tables.find((row) => row.key === key) ?? []);
}

export function Row({ store, info }: { store: Store; info: SettingInfo }) {
  const value = store.session.run.value?.settings[info.key] ?? String(info.default);
  const name = named('setting', info.key);
  const change = (next: string) => void store.set(info.key, next, info.live);
  return (
    <>
      <span>
        <SettingName id={info.key} />
        <span class="hint">{named('help', info.key, info.help)}</span>
      </span>
      <SettingField name={name} value={value} info={info} step={info.type === 'int' ? 1 : 'any'} onChange={change} />
    </>
  );
}
