// All words of the page, those too that come with an exhibit or a kind of picture.
import { readdirSync } from 'node:fs';
import { en, speak } from '../../../web/src/i18n/en.ts';

const FOLDER = new URL('../../../web/src/i18n/', import.meta.url);
/** Files of words that are not there from the start. */
export const own = readdirSync(FOLDER).filter((file) =>
  /^en\.(?!page|start|keep|training|figure)[\w-]+\.ts$/.test(file),
);
for (const file of own)
  for (const words of Object.values(await import(new URL(file, FOLDER).href))) speak(words as object);

export { en };
