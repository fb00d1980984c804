/** Formulae. tex`...` is replaced at build time by KaTeX's HTML (web/build/tex.ts); it takes no ${}. What is only
 *  known at run time goes into slots: tex`h^{(⟦t⟧)}`, then fill(html, { t: 3 }). */
export function tex(strings: TemplateStringsArray): string {
  return strings.raw.join('');
}

const escaped = (words: string) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Slots hold plain words: none of them becomes markup. */
export function fill(html: string, slots: Record<string, string | number>): string {
  return html.replace(/⟦(\w+)⟧/g, (whole, name: string) => {
    const value = slots[name];
    return value === undefined ? whole : escaped(String(value).replaceAll('-', '−'));
  });
}
