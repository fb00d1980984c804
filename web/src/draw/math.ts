// A pinch of TeX for labels inside figures, set in the KaTeX fonts: letters slant, _{} and ^{} shift, \t{tanh} stays
// upright, \hat{y}, \bar{h}, and \p{} \a{} \g{} colour a symbol by its role. Formulae in running text are KaTeX's own.

export type Role = 'p' | 'a' | 'g' | 'q' | 'k' | 'v';
export interface Run {
  text: string;
  italic: boolean;
  role: Role | null;
  shift: -1 | 0 | 1; // -1: above the line, 1: below it
  over: string; // a hat or a bar over it, as a combining sign
}

/** What the core's own formulae name: the lines of an optimiser. */
const NAMED: Record<string, string> = {
  ...{ partial: '∂', nabla: '∇' },
  ...{ theta: 'θ', beta: 'β', eta: 'η', mu: 'μ', epsilon: 'ε', kappa: 'κ', tau: 'τ' },
};
const OVER: Record<string, string> = { hat: '\u0302', bar: '\u0304', tilde: '\u0303' };
const LETTER = /[A-Za-zα-ω∂]/u;

export function parseMath(source: string): Run[] {
  const out: Run[] = [];
  let i = 0;
  const push = (text: string, italic: boolean, role: Role | null, shift: -1 | 0 | 1, over = '') => {
    const last = out.at(-1);
    if (last && !over && !last.over && last.italic === italic && last.role === role && last.shift === shift)
      last.text += text;
    else out.push({ text, italic, role, shift, over });
  };
  const group = (role: Role | null, shift: -1 | 0 | 1, over: string, upright: boolean) => {
    if (source[i] !== '{') return one(role, shift, over, upright);
    i++;
    while (i < source.length && source[i] !== '}') one(role, shift, over, upright);
    i++;
  };
  const one = (role: Role | null, shift: -1 | 0 | 1, over: string, upright: boolean): void => {
    const c = source[i++] as string;
    if (c === '\\') {
      const name = /^[a-z]+/.exec(source.slice(i))?.[0] ?? '';
      i += name.length;
      if (source[i] === ' ') i++;
      if (/^[pagqkv]$/.test(name)) group(name as Role, shift, over, upright);
      else if (OVER[name]) group(role, shift, OVER[name], upright);
      else if (name === 't') group(role, shift, over, true);
      else if (name === '' && source[i] === ',') {
        i += source[i + 1] === ' ' ? 2 : 1;
        push('\u2009', false, role, shift);
      } else if (name === 'sqrt') {
        push('√', false, role, shift);
        group(role, shift, over, upright);
      } else if (NAMED[name]) push(NAMED[name], !upright, role, shift, over);
    } else if (c === '_') group(role, 1, over, upright);
    else if (c === '^') group(role, -1, over, upright);
    else push(c === '-' ? '−' : c, !upright && LETTER.test(c), role, shift, over);
  };
  while (i < source.length) one(null, 0, '', false);
  return out;
}

/** Without colours, for a chip that is ink inverted. */
export const plainMath = (source: string) => source.replace(/\\[pagqkv]\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1');

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
    .map((run) => run.text + run.over)
    .join('')
    .normalize('NFC');
}
