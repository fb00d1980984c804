// Formulae are rendered when the page is built: no TeX and no KaTeX code reaches the browser, only HTML and the few
// fonts that our formulae use.
import { createHash } from 'node:crypto';
import katex from 'katex';

/** Roles as letters in colour (parameter, activation, gradient), \n for what is being computed. */
const MACROS = {
  '\\p': '\\htmlClass{p}{#1}',
  '\\a': '\\htmlClass{a}{#1}',
  '\\g': '\\htmlClass{g}{#1}',
  '\\n': '\\htmlClass{now}{#1}',
};

/** The faces that are shipped. A formula that needs another one fails the build. */
export const FACES = ['KaTeX_Main-Regular', 'KaTeX_Math-Italic', 'KaTeX_Size1-Regular', 'KaTeX_Size2-Regular'];
const FOREIGN =
  /class="[^"]*\b(mathbb|mathcal|mathfrak|mathscr|mathsf|mathtt|mathbf|boldsymbol|amsrm|textbf|textit|delimsizing size[34])\b/;

function one(source: string, display: boolean, sign: string): string {
  // A slot is a word in ⟦ ⟧, filled at run time; KaTeX sees other quotes, as text, so that its letters stay together.
  const marked = source.replace(/⟦(\w+)⟧/g, '\\text{‹$1›}');
  const rendered = katex.renderToString(marked, {
    displayMode: display,
    throwOnError: true,
    output: 'htmlAndMathml',
    trust: (context) => context.command === '\\htmlClass',
    strict: (code: string, message: string) => (code === 'htmlExtension' || /[‹›]/.test(message) ? 'ignore' : 'error'),
    macros: { ...MACROS },
  });
  const html = rendered
    .replace(/<annotation[\s\S]*?<\/annotation>/g, '')
    .replaceAll('‹', '⟦')
    .replaceAll('›', '⟧');
  const foreign = FOREIGN.exec(html);
  if (foreign) throw new Error(`The formula ${source} needs a font that is not shipped (${foreign[1]}).`);
  return classed(sign ? html.replace(/(<\/span>){3}$/, `<span class="sign">${sign}</span>$&`) : html);
}

/** The declarations that KaTeX set on elements, by the class that stands for them. */
const declared = new Map<string, string>();

/** Classes in place of style attributes: the page's policy lets no markup bring styles of its own. */
function classed(html: string): string {
  return html.replace(/<[^>]+>/g, (tag) => {
    const style = / style="([^"]*)"/.exec(tag);
    if (!style?.[1]) return tag;
    const name = `k${createHash('sha256').update(style[1]).digest('hex').slice(0, 8)}`;
    declared.set(name, style[1]);
    const plain = tag.replace(style[0], '');
    return plain.includes(' class="')
      ? plain.replace(' class="', ` class="${name} `)
      : plain.replace(/^<\w+/, (start) => `${start} class="${name}"`);
  });
}

/** The stylesheet of those classes. What a style attribute says wins, and so does this. */
export function formulaStyles(): string {
  const rules = [...declared].map(([name, style]) => {
    const set = style.split(';').filter((one) => one.trim() !== '');
    return `.${name}{${set.map((one) => `${one.trim()}!important`).join(';')}}`;
  });
  return `${rules.sort().join('\n')}\n`;
}

/** A formula; with "@@" in it, the course's two notations: (a) before, (b) after. sign: the comma or the like that follows
 *  it, in its last box, since a line may begin after a box. */
export function formula(source: string, display = false, sign = ''): string {
  const [a = '', b] = source.split('@@').map((part) => part.trim());
  if (b === undefined) return one(a, display, sign);
  return `<span class="na">${one(a, display, sign)}</span><span class="nb">${one(b, display, sign)}</span>`;
}

/** KaTeX's stylesheet with the faces that are used, as woff2 only. */
export function trimStyles(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/g, (face) => {
    const file = /url\(([^)]*?(KaTeX_[\w-]+)\.woff2)\)/.exec(face);
    if (!file?.[2] || !FACES.includes(file[2])) return '';
    return face.replace(/src:[^;}]*/, `src:url(${file[1]}) format("woff2")`);
  });
}
