// English. {name} is a slot; **bold** and `letters` are understood where words are shown by <Words>.
import { figure } from './en.figure';
import { page } from './en.page';
import { training } from './en.training';

export const en = { ...page, ...training, ...figure } as const;
