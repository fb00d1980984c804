import type { ComponentChildren } from 'preact';

const SENDS = 'button[type=submit]';

/** A form that is answered here. In a sandboxed frame no form is sent, and so no submit is ever told: Enter in a field and
 *  the button are heard themselves. */
export function Form(props: { class: string; onSend: () => void; children: ComponentChildren }) {
  const send = (event: Event) => {
    event.preventDefault();
    props.onSend();
  };
  return (
    <form
      class={props.class}
      onSubmit={send}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest(SENDS)) send(event);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.isComposing && event.target instanceof HTMLInputElement) send(event);
      }}
    >
      {props.children}
    </form>
  );
}
