import type { SettingInfo } from '../../../wasm/bridge/protocol';
import { named } from '../i18n';
import { NumberField } from './NumberField';

interface Props {
  name: string; // for those who do not see where it stands
  value: string;
  info: Pick<SettingInfo, 'type' | 'choices' | 'min' | 'max'>;
  step: number | 'any';
  onChange: (value: string) => void;
}

/** One of the choices of a setting, or a number within its limits. */
export function SettingField({ name, value, info, step, onChange }: Props) {
  if (info.type !== 'choice') {
    const { min, max } = info;
    return (
      <NumberField
        label={name}
        value={Number(value)}
        min={min}
        max={max}
        step={step}
        onChange={(next) => onChange(String(next))}
      />
    );
  }
  return (
    <select class="field low" aria-label={name} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {info.choices.map((choice) => (
        <option key={choice} value={choice}>
          {named('choice', choice)}
        </option>
      ))}
    </select>
  );
}
