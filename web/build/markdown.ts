// An exhibit's text: Markdown by headings, turned into HTML when the page is built.
//
//   # Title                         ## lede | tour | try | questions | claim | teachers ...
//   ### id: Heading                 an item of such a section
//
// $...$ is a formula (see katex.ts); {{name}} a slot that the page fills with what is on screen; [words](do:id) a button
// that does what the exhibit declares under this id, [words](view:id) one that leads to a view, [words](word:id) one to
// the glossary (see glossary.ts), [words](word:id,other) to several of its words. The first two sentences of an item are
// what a projector shows, and of those after them the buttons: the rest of them is marked as later.
import { Marked } from 'marked';
import { formula } from './katex.ts';

export interface Item {
  id: string;
  title: string; // plain words
  first: string; // HTML of the first paragraph
  more: string; // HTML of the rest
}
export interface Section {
  first: string;
  more: string;
  items: Item[];
}
export interface ExhibitText {
  title: string;
  sections: Record<string, Section>;
}

// A button and the sign after it, which begins no line.
const ENDED = /(<a class="deed"[^>]*>(?:(?!<\/a>).)*<\/a>)(<span class="later">)?([,.;:!?)]+)/g;
const ended = (_: string, button: string, later: string | undefined, sign: string) =>
  later
    ? `<span class="ended">${button}${later}${sign}</span></span>${later}`
    : `<span class="ended">${button}${sign}</span>`;
const LEADS = /^(do|view|word):([\w,-]+)$/;

const DEED = /(\[[^\]]*\]\((?:do|view):[\w-]+\))/;

const BRIEF = 2; // sentences
const SENTENCE = /(?<=[.!?][)”*]*)\s+/;

/** With all but so many sentences marked, but for the buttons in them: what one presses is there wherever it is told. */
function markLater(text: string, brief: number): string {
  let left = brief;
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const sentences = paragraph.split(SENTENCE);
      const later = sentences.splice(left);
      left -= sentences.length;
      const parts = later.join(' ').split(DEED);
      const marked = parts.map((part, i) => (i % 2 === 1 || part === '' ? part : `<span class="later">${part}</span>`));
      return [...sentences, ...(later.length > 0 ? [marked.join('')] : [])].join(' ');
    })
    .join('\n\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the mark cannot occur in a text
const FORMULA_ALONE = /^\u0001\d+\u0001$/;

/** HTML of Markdown; sentences after so many are marked. */
export function render(source: string, brief = Number.POSITIVE_INFINITY): string {
  const kept: string[] = [];
  const keep = (html: string) => `\u0001${kept.push(html) - 1}\u0001`;
  const marked = new Marked({
    gfm: true,
    renderer: {
      link({ href, tokens }) {
        const [, kind, id] = LEADS.exec(href) ?? [];
        if (id === undefined) return false; // a link, as it always is
        // Not a button, which would not break between its words.
        const words = this.parser.parseInline(tokens);
        const opens = kind === 'word' ? ' aria-haspopup="dialog"' : '';
        // A formula alone is no name that can be said: what it opens is.
        const said = FORMULA_ALONE.test(words) ? ` aria-label="${id.replaceAll('-', ' ').replaceAll(',', ', ')}"` : '';
        return `<a class="${kind === 'word' ? 'glossed' : 'deed'}" role="button" tabindex="0" data-${kind}="${id}"${opens}${said}>${words}</a>`;
      },
    },
  });
  const text = source
    .replace(/\$\$([^$]+)\$\$/g, (_, tex: string) => keep(formula(tex, true)))
    .replace(/\$(\]\(word:[^)]*\))([,.;:!?])/g, '$$$2$1')
    .replace(/\$([^$]+)\$([,.;:!?]?)/g, (_, tex: string, sign: string) => keep(formula(tex, false, sign)))
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => keep(`⟦${name}⟧`));
  const html = marked.parse(markLater(text, brief), { async: false }).replace(ENDED, ended);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark cannot occur in a text
  return html.replace(/\u0001(\d+)\u0001/g, (_, i: string) => kept[Number(i)] ?? '').trim();
}

function body(lines: string[]): { first: string; more: string } {
  const source = lines.join('\n').trim();
  const gap = source.search(/\n\s*\n/);
  const first = gap < 0 ? source : source.slice(0, gap);
  const more = source.slice(first.length).trim();
  const said = first.split(SENTENCE).length;
  return { first: render(first, BRIEF), more: more && render(more, Math.max(0, BRIEF - said)) };
}

export function parseExhibit(source: string, file = 'en.md'): ExhibitText {
  const sections: Record<string, Section> = {};
  let title = '';
  let section: Section | null = null;
  let item: Item | null = null;
  let lines: string[] = [];
  const close = () => {
    if (item) Object.assign(item, body(lines));
    else if (section) Object.assign(section, body(lines));
    lines = [];
  };
  for (const line of source.split('\n')) {
    const heading = /^(#{1,3}) +(.*)$/.exec(line);
    if (!heading) {
      lines.push(line);
      continue;
    }
    close();
    const [, marks, words = ''] = heading;
    if (marks === '#') {
      title = words.trim();
    } else if (marks === '##') {
      section = { first: '', more: '', items: [] };
      item = null;
      sections[words.trim()] = section;
    } else {
      const named = /^([\w-]+): (.+)$/.exec(words.trim());
      if (!section || !named) throw new Error(`${file}: a heading "### id: words" is expected, not "${line}".`);
      item = { id: named[1] ?? '', title: named[2] ?? '', first: '', more: '' };
      section.items.push(item);
    }
  }
  close();
  if (title === '') throw new Error(`${file}: a title "# …" is missing.`);
  return { title, sections };
}
