import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

interface Props {
  value: number;
  min: number;
  max: number;
  step: number | 'any';
  label?: string;
  onChange: (value: number) => void;
}

/** A number that is taken when it is one and within its limits; what is being typed is left alone until then. */
export function NumberField({ value, min, max, step, label, onChange }: Props) {
  const typed = useSignal(String(value));
  useEffect(() => {
    typed.value = String(value);
  }, [value, typed]);
  const take = () => {
    const next = typed.value === '' ? Number.NaN : Number(typed.value);
    if (next === value) return;
    if (next >= min && next <= max) onChange(next);
    else typed.value = String(value);
  };
  return (
    <input
      class="field low num"
      type="number"
      inputMode="decimal"
      aria-label={label}
      min={min}
      max={max}
      step={step}
      value={typed.value}
      onInput={(event) => {
        typed.value = event.currentTarget.value;
      }}
      onChange={take}
      onBlur={take}
    />
  );
}
