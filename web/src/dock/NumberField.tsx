import { useLayoutEffect, useRef } from 'preact/hooks';

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
  const field = useRef<HTMLInputElement>(null);
  const typing = useRef(false);
  // Not a controlled field: while "0." is typed it has the value 0, and writing that back would lose the point.
  useLayoutEffect(() => {
    if (field.current && !typing.current) field.current.value = String(value);
  }, [value]);
  const take = (input: HTMLInputElement) => {
    if (!typing.current) return; // taken already
    typing.current = false;
    const next = input.value === '' ? Number.NaN : Number(input.value);
    if (next === value) return;
    if (next >= min && next <= max) onChange(next);
    else input.value = String(value);
  };
  return (
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
      }}
      onChange={(event) => take(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget);
      }}
      onBlur={(event) => take(event.currentTarget)}
    />
  );
}
