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
