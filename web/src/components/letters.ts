import { t } from '../i18n';

/** "a, b and a space": a space between commas would be seen as nothing. */
export function joined(found: string[]): string {
  const letters = [...new Set(found.map((letter) => (letter.trim() === '' ? t('text.read.space') : letter)))];
  if (letters.length < 2) return letters.join('');
  return t('text.read.and', { some: letters.slice(0, -1).join(', '), last: letters.at(-1) ?? '' });
}
