// Whose key it is. What was reached with Tab keeps its own keys. What was clicked, dragged or chosen from hands them back
// to the page, so that a lecturer's keys mean the same wherever the mouse was last. A text field always keeps its own.

const FOCUSABLE = 'button, a, summary, input, select, [tabindex]';
const TEXT = 'textarea, input:not([type=range], [type=checkbox], [type=radio], [type=file])';

let pointed: Element | null = null; // has the focus because it was clicked
let opened: Element | null = null; // a list that was: its keys are its own until something is chosen

export const isText = (element: Element): boolean =>
  element.matches(TEXT) || (element instanceof HTMLElement && element.isContentEditable);

/** True where the page hears this key before what has the focus. */
export function isPages(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  if (target === pointed && !isText(target)) return true;
  // The keys of a presenter's remote; a line of text has no use for them.
  return (event.key === 'PageDown' || event.key === 'PageUp') && !target.matches('textarea, select');
}

/** Follows what is clicked. Returns how to stop. */
export function followFocus(): () => void {
  const point = (event: Event) => {
    const found = (event.target as Element).closest(FOCUSABLE);
    opened = found?.matches('select') ? found : null;
    pointed = opened ? null : found;
  };
  const choose = (event: Event) => {
    if (event.target === opened) pointed = opened;
  };
  const focus = (event: Event) => {
    if (event.target !== pointed) pointed = null;
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Tab') pointed = opened = null;
  };
  addEventListener('pointerdown', point, true);
  addEventListener('change', choose, true);
  addEventListener('focusin', focus, true);
  addEventListener('keydown', key, true);
  return () => {
    removeEventListener('pointerdown', point, true);
    removeEventListener('change', choose, true);
    removeEventListener('focusin', focus, true);
    removeEventListener('keydown', key, true);
  };
}
