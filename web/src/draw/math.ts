// A pinch of TeX for labels inside figures, set in the KaTeX fonts: letters slant, _{} and ^{} shift, \t{tanh} stays
// upright, \hat{y}, and \p{} \a{} \g{} colour a symbol by its role. Formulae in running text are KaTeX's own.

export type Role = 'p' | 'a' | 'g';
export interface Run {
  text: string;
  italic: boolean;
  role: Role | null;
  shift: -1 | 0 | 1; // -1: above the line, 1: below it
  hat: boolean;
}

/** What the core's own formulae name: the lines of an optimiser. */
const NAMED: Record<string, string> = {
  ...{ partial: '∂', nabla: '∇' },
  ...{ theta: 'θ', beta: 'β', eta: 'η', mu: 'μ', epsilon: 'ε', kappa: 'κ', tau: 'τ' },
};
const LETTER = /[A-Za-zα-ω∂]/u;

export function parseMath(source: string): Run[] {
  const out: Run[] = [];
  let i = 0;
  const push = (text: string, italic: boolean, role: Role | null, shift: -1 | 0 | 1, hat = false) => {
    const last = out.at(-1);
    if (last && !hat && !last.hat && last.italic === italic && last.role === role && last.shift === shift)
      last.text += text;
    else out.push({ text, italic, role, shift, hat });
  };
  const group = (role: Role | null, shift: -1 | 0 | 1, hat: boolean, upright: boolean) => {
    if (source[i] !== '{') return one(role, shift, hat, upright);
    i++;
    while (i < source.length && source[i] !== '}') one(role, shift, hat, upright);
    i++;
  };
  const one = (role: Role | null, shift: -1 | 0 | 1, hat: boolean, upright: boolean): void => {
    const c = source[i++] as string;
    if (c === '\\') {
      const name = /^[a-z]+/.exec(source.slice(i))?.[0] ?? '';
      i += name.length;
      if (source[i] === ' ') i++;
      if (name === 'p' || name === 'a' || name === 'g') group(name, shift, hat, upright);
      else if (name === 'hat') group(role, shift, true, upright);
      else if (name === 't') group(role, shift, hat, true);
      else if (name === '' && source[i] === ',') {
        i += source[i + 1] === ' ' ? 2 : 1;
        push('\u2009', false, role, shift);
      } else if (name === 'sqrt') {
        push('√', false, role, shift);
        group(role, shift, hat, upright);
      } else if (NAMED[name]) push(NAMED[name], !upright, role, shift, hat);
    } else if (c === '_') group(role, 1, hat, upright);
    else if (c === '^') group(role, -1, hat, upright);
    else push(c === '-' ? '−' : c, !upright && LETTER.test(c), role, shift, hat);
  };
  while (i < source.length) one(null, 0, false, false);
  return out;
}

/** Without colours, for a chip that is ink inverted. */
export const plainMath = (source: string) => source.replace(/\\[pag]\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1');

/** Width in the units of `size`, close enough to place a frame round it. */
export function mathWidth(source: string, size: number): number {
  let width = 0;
  for (const run of parseMath(source)) {
    const scale = run.shift ? 0.72 : 1;
    for (const c of run.text) width += (/[ilj(),.'′|]/.test(c) ? 0.36 : /[Wmw−+=∂]/.test(c) ? 0.86 : 0.55) * scale;
  }
  return width * size;
}

/** "W_h h^(3)", read aloud and in tables. */
export function mathText(source: string): string {
  return parseMath(source)
    .map((run) => (run.hat ? `${run.text}̂` : run.text))
    .join('')
    .normalize('NFC');
}
