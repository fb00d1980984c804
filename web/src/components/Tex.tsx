import { Html } from './Html';

/** A formula made by tex`...` (and fill). */
export const Tex = ({ html, class: name }: { html: string; class?: string }) => (
  <Html inline html={html} class={name} />
);
