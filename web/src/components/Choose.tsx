import { useRef } from 'preact/hooks';

/** A button that takes a file. */
export function Choose(props: { words: string; primary?: boolean; accept?: string; onFile: (file: File) => unknown }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={props.primary ? 'btn primary low' : 'btn low'}
        onClick={() => input.current?.click()}
      >
        {props.words}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={props.accept}
        aria-label={props.words}
        onChange={(event) => {
          const field = event.currentTarget;
          const file = field.files?.[0];
          field.value = ''; // so that the same file can be chosen again
          if (file) void props.onFile(file);
        }}
      />
    </>
  );
}
