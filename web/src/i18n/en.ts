// English. {name} is a slot; **bold** and `letters` are understood where words are shown by <Words>.
// The words of an exhibit, or of a kind of picture, come with it: it says them (`speak`). Their keys are known here.
import type { attention } from './en.attention';
import type { backprop } from './en.backprop';
import type { ball } from './en.ball';
import type { block } from './en.block';
import type { blocks } from './en.blocks';
import type { bptt } from './en.bptt';
import type { coder } from './en.coder';
import type { crossed } from './en.crossed';
import type { curve } from './en.curve';
import type { depth } from './en.depth';
import type { descent } from './en.descent';
import type { fed } from './en.fed';
import { figure } from './en.figure';
import type { gpt } from './en.gpt';
import type { heads } from './en.heads';
import { keep } from './en.keep';
import type { lstm } from './en.lstm';
import type { matrices } from './en.matrices';
import type { meaning } from './en.meaning';
import type { moments } from './en.moments';
import type { nextWord } from './en.next-word';
import { page } from './en.page';
import type { positions } from './en.positions';
import type { qkv } from './en.qkv';
import type { race } from './en.race';
import type { recurrent } from './en.recurrent';
import type { rows } from './en.rows';
import type { search } from './en.search';
import type { sentence } from './en.sentence';
import type { seq2seq } from './en.seq2seq';
import { start } from './en.start';
import type { steps } from './en.steps';
import type { switches } from './en.switches';
import type { tasks } from './en.tasks';
import { training } from './en.training';
import type { translator } from './en.translator';

const always = { ...page, ...start, ...keep, ...training, ...figure } as const;
type Own = typeof attention &
  typeof backprop &
  typeof block &
  typeof blocks &
  typeof coder &
  typeof crossed &
  typeof curve &
  typeof depth &
  typeof descent &
  typeof fed &
  typeof gpt &
  typeof heads &
  typeof matrices &
  typeof moments &
  typeof ball &
  typeof tasks &
  typeof positions &
  typeof qkv &
  typeof race &
  typeof recurrent &
  typeof rows &
  typeof search &
  typeof sentence &
  typeof bptt &
  typeof lstm &
  typeof meaning &
  typeof nextWord &
  typeof steps &
  typeof switches &
  typeof translator &
  typeof seq2seq;

export const en = { ...always } as typeof always & Own;

/** From here on these words are there too. */
export const speak = (words: Partial<Own>): void => {
  Object.assign(en, words);
};
