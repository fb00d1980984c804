// A token as it stands in the views: a space is seen, and the marks have their names.

import { bare, tokenText } from '../../stage/tokens';
import type { ClockWords } from '../Clocks';

export const letterOf = (name: string): string => bare(tokenText([name])(0));

/** Of the clock that goes letter by letter. */
export const LETTERS: ClockWords = {
  ...{ name: 'gpt.clock.letter', back: 'gpt.clock.letter.back', step: 'gpt.clock.letter.step' },
  ...{ play: 'gpt.clock.letter.play', pause: 'gpt.clock.letter.pause', scrub: 'gpt.clock.letter.done' },
};
