import { t } from '../i18n/index.ts';

/** What would be seen as nothing. */
const SPACES: Record<string, string> = { ' ': '␣', '\t': '⇥', '\u00a0': '⍽', '\u3000': '␣' };

/** The text of a token as the figure shows it; marks keep their brackets so that they can be told from letters. */
export function tokenText(vocabulary: string[]): (token: number) => string {
  return (token) => {
    const text = vocabulary[token] ?? '';
    if (text === '<start>') return `<${t('mark.start')}>`;
    if (text === '<end>') return `<${t('mark.end')}>`;
    return SPACES[text] ?? text;
  };
}

/** The same in words and tables. */
export const bare = (text: string) => text.replace(/^<(.+)>$/, '$1');

/** A word in so many letters; where not even two of it and the sign would be seen, none. */
export function cut(word: string, most: number): string {
  const letters = [...word];
  if (letters.length <= most) return word;
  return most < 3 ? '' : `${letters.slice(0, most - 1).join('')}…`;
}
