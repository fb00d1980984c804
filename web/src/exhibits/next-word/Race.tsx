// Counting beside a window, a recurrent net, one with gates and a small GPT on the same names.
import { NamesRace } from '../Race';
import type { Props } from './Chain';

const COUNTED = [1, 2, 5]; // letters seen
const GOAL = 500;
const TOP = 3.4;

export const Race = ({ store, counting }: Props) => (
  <NamesRace store={store} unseen={counting.contexts.value?.unseen ?? null} counted={COUNTED} goal={GOAL} top={TOP} />
);
