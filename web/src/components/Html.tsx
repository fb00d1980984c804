/** HTML that was made when the page was built: a text of an exhibit, a formula. Never words from outside. */
export function Html({ html, class: name, inline }: { html: string; class?: string; inline?: boolean }) {
  const Tag = inline ? 'span' : 'div';
  return <Tag class={name} dangerouslySetInnerHTML={{ __html: html }} />;
}
