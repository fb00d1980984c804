// English. {name} is a slot; **bold** and `letters` are understood where words are shown by <Words>.
import { bptt } from './en.bptt';
import { coder } from './en.coder';
import { figure } from './en.figure';
import { keep } from './en.keep';
import { lstm } from './en.lstm';
import { page } from './en.page';
import { start } from './en.start';
import { training } from './en.training';

export const en = { ...page, ...start, ...keep, ...training, ...figure, ...coder, ...bptt, ...lstm } as const;
