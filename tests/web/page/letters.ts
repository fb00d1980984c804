// The letters of a formula: what it takes to read it. Names of functions, signs and layout are none.

const LAYOUT =
  /\\(?:mathrm|text|t|frac|sum|top|cdot|approx|ldots|quad|Bigl|Bigr|sqrt|in|max|min|tanh|log|exp|sin|cos|lim|le|ge|times|mid|,|;|!|:| )/;
const UPRIGHT = /\\(?:mathrm|text|t)\{[^{}]*\}/g;

/** "W" of "\p{W_{hh}^\top}": the index of a parameter is a part of its name. */
function parameters(tex: string): string {
  let out = '';
  for (let i = 0; i < tex.length; i++) {
    if (!tex.startsWith('\\p{', i)) {
      out += tex[i];
      continue;
    }
    let depth = 1;
    const from = i + 3;
    for (i = from; depth > 0 && i < tex.length; i++) depth += tex[i] === '{' ? 1 : tex[i] === '}' ? -1 : 0;
    i--;
    const inner = tex.slice(from, i).replace(UPRIGHT, '');
    // several in one pair of braces, and what is already a single letter
    out += ` ${inner.replace(/_(\{[^}]*\}|\w)/g, '').replace(/\^(\{[^}]*\}|\\top|⊤)/g, '')} `;
  }
  return out;
}

export function lettersOf(source: string): string[] {
  // A slot is a number on the page.
  const tex = parameters(source.replace(/⟦\w+⟧/g, '').replace(UPRIGHT, ''));
  const found = new Set<string>();
  const rest = tex
    .replace(/\\hat\s*\{?\s*(\\?\w)\s*\}?/g, (_, letter: string) => {
      found.add(`\\hat{${letter}}`);
      return ' ';
    })
    .replace(/\\(?:bar|tilde)\b/g, ' ') // a bar says whose it is, not what; so does a tilde
    .replace(/\\[agnpqkv]\{/g, '{')
    .replace(new RegExp(`${LAYOUT.source}(?![a-z])`, 'g'), ' ')
    .replace(/\\[a-z]+/g, (name) => {
      found.add(name);
      return ' ';
    });
  for (const letter of rest.match(/[A-Za-zα-ωŷ∂∇∘]/gu) ?? []) found.add(AS_TEX[letter] ?? letter);
  return [...found];
}

/** The figure's own notation, in TeX. */
const AS_TEX: Record<string, string> = {
  '∂': '\\partial',
  '∇': '\\nabla',
  '∘': '\\circ',
  σ: '\\sigma',
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
};
