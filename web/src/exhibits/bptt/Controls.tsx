import type { SettingInfo } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { SettingName } from '../../components/SettingName';
import { SEED } from '../../dock/Row';
import { SettingField } from '../../dock/SettingField';
import { named, t } from '../../i18n';
import type { Store } from '../../session/create';
import { isOn, type LabKey, PRESETS, SETTINGS } from './lab';
import type { Reach } from './reach';

const LARGEST = 128; // hidden units that two workers train while one looks

/** Two switches side by side, one a network. */
export function Presets({ store, reach }: { store: Store; reach: Reach }) {
  return (
    <div class="bptt-presets">
      {(['rnn', 'lstm'] as const).map((of) => (
        <fieldset key={of} class="of">
          <legend class="sr">{t('bptt.presets', { net: t(`bptt.group.${of}`) })}</legend>
          <b aria-hidden="true">{t(`bptt.group.${of}`)}</b>
          <div class="seg">
            {PRESETS.filter((preset) => preset.of === of).map(({ id, set }) => (
              <button
                type="button"
                key={id}
                {...control(store.session, `preset.${id}`)}
                aria-pressed={isOn(reach.lab.value, set)}
                onClick={() => reach.set(set)}
              >
                {t(`bptt.preset.${id}`)}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

const GROUPS = [
  { name: 'bptt.group.rnn', model: 'rnn_lm' },
  { name: 'bptt.group.lstm', model: 'lstm_lm' },
  { name: 'bptt.group.both', model: undefined },
] as const;

/** What the two networks are made of. A change begins again at update 0. */
export function Controls({ store, reach }: { store: Store; reach: Reach }) {
  const core = store.session.core.value;
  const rows = (model: string | undefined): SettingInfo[] => [
    ...(core?.models.find(({ name }) => name === (model ?? 'rnn_lm'))?.settings ?? []),
    ...(core?.training ?? []),
  ];
  return (
    <div class="bptt-lab">
      {GROUPS.map(({ name, model }) => (
        <fieldset key={name}>
          <legend>{t(name)}</legend>
          {SETTINGS.filter((row) => row.model === model).map(({ lab, key, by }) => (
            <Setting
              key={key}
              store={store}
              reach={reach}
              lab={lab}
              name={key}
              by={by ?? 1}
              info={rows(model).find((row) => row.key === key)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

function Setting(props: {
  store: Store;
  reach: Reach;
  lab: LabKey;
  name: string;
  by: number;
  info: SettingInfo | undefined;
}) {
  const { store, reach, lab, name, by, info = SEED } = props;
  const value = reach.lab.value[lab];
  const words = named('setting', name);
  const off = lab === 'radius' && reach.lab.value.start !== 'radius';
  const change = (next: string) => reach.set({ [lab]: next });
  return (
    <div class={off ? 'bptt-setting off' : 'bptt-setting'} {...control(store.session, `lab.${lab}`)}>
      <span>
        <SettingName id={name} />
      </span>
      <SettingField
        name={words}
        value={value}
        info={lab === 'hidden' ? { ...info, max: LARGEST } : info}
        step={by}
        onChange={change}
      />
    </div>
  );
}
