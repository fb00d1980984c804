// The tree of a search comes with its words.
import { search } from '../../i18n/en.search.ts';
import { speak } from '../../i18n/en.ts';

speak(search);
