import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { number, t } from '../i18n';

interface Props {
  value: number;
  min: number;
  max: number;
  step: number | 'any';
  label?: string;
  onChange: (value: number) => void;
}

/** A number that is taken when it is one and within its limits; what is being typed is left alone until then. What is
 *  refused is put back, and said until something else is typed. */
export function NumberField({ value, min, max, step, label, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const typing = useRef(false);
  const refused = useSignal('');
  // Not a controlled field: while "0." is typed it has the value 0, and writing that back would lose the point.
  useLayoutEffect(() => {
    if (field.current && !typing.current) field.current.value = String(value);
  }, [value]);
  const take = (input: HTMLInputElement) => {
    if (!typing.current) return; // taken already
    typing.current = false;
    const next = input.value === '' ? Number.NaN : Number(input.value);
    if (next === value) return;
    if (next >= min && next <= max) {
      onChange(next);
      return;
    }
    const limits = { min: number(min), max: number(max), value: number(value) };
    refused.value = t(max < Number.MAX_SAFE_INTEGER ? 'field.between' : 'field.least', limits);
    input.value = String(value);
  };
  return (
    <span class="number-field">
      <input
        ref={field}
        class="field low num"
        type="number"
        inputMode="decimal"
        aria-label={label}
        min={min}
        max={max}
        step={step}
        onInput={() => {
          typing.current = true;
          refused.value = '';
        }}
        onChange={(event) => take(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(event.currentTarget);
        }}
        onBlur={(event) => take(event.currentTarget)}
      />
      {refused.value !== '' && (
        <span class="refused" role="alert">
          {refused.value}
        </span>
      )}
    </span>
  );
}
