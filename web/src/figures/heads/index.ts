// Heads side by side come with their words.
import { heads as words } from '../../i18n/en.heads.ts';
import { speak } from '../../i18n/en.ts';

speak(words);
