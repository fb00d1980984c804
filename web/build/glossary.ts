// The words of the page: Markdown by headings, as an exhibit's text (markdown.ts), turned into HTML when it is built.
//
//   ## A group                      ### id: Word
//   letters: x | w                  the letters that it explains, in the two notations; one list stands for both
//   said: one-hot, one-hots         how a text says it
//   only: lstm, gru                 the exhibits in which the letters mean this, if elsewhere they mean something else
import { render } from './markdown.ts';

export interface Word {
  id: string;
  title: string;
  html: string;
}
export interface Glossary {
  title: string;
  groups: { title: string; words: Word[] }[];
}
/** What tests are told besides. */
export interface Term extends Word {
  letters: { a: string[]; b: string[] };
  said: string[];
  only: string[];
}

const list = (words: string | undefined, by: RegExp): string[] => (words ?? '').split(by).filter((one) => one !== '');

export function parseTerms(
  source: string,
  file = 'en.md',
): { title: string; groups: { title: string; words: Term[] }[] } {
  const title = /^# +(.+)$/m.exec(source)?.[1] ?? '';
  const groups = source
    .split(/^## +/m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...items] = part.split(/^### +/m);
      return { title: heading.trim(), words: items.map((item) => term(item, file)) };
    });
  if (title === '' || groups.length === 0) throw new Error(`${file}: a title "# …" and groups "## …" are missing.`);
  return { title, groups };
}

function term(item: string, file: string): Term {
  const named = /^([\w-]+): (.+)\n/.exec(item);
  if (!named) throw new Error(`${file}: a heading "### id: Word" is expected, not "${item.split('\n')[0]}".`);
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(item)?.[1]?.trim();
  const body = item.slice(named[0].length).replace(/^(letters|said|only): .*\n/gm, '');
  const [a, b = a] = (field('letters') ?? '').split('|');
  return {
    id: named[1] ?? '',
    title: (named[2] ?? '').trim(),
    html: render(body.trim()),
    letters: { a: list(a, /\s+/), b: list(b, /\s+/) },
    said: list(field('said'), /\s*,\s*/),
    only: list(field('only'), /\s*,\s*/),
  };
}

/** What the page needs of them. */
export function parseGlossary(source: string, file?: string): Glossary {
  const { title, groups } = parseTerms(source, file);
  const shown = ({ id, title, html }: Term): Word => ({ id, title, html });
  return { title, groups: groups.map((group) => ({ title: group.title, words: group.words.map(shown) })) };
}
