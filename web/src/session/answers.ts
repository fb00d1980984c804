// What a network does with what it reads: it goes on writing, or it answers once.
import type { CoreInfo, RunInfo } from '../../../wasm/bridge/protocol';

export const answersOnce = ({ models = [] }: CoreInfo, run: RunInfo | null): boolean =>
  models.find(({ name }) => name === run?.settings.model)?.answers ?? false;

/** The task of nets that read numbers, some of them marked. */
const OF_NUMBERS = 'adding';
export const readsNumbers = (run: RunInfo | null): boolean => run?.settings.task === OF_NUMBERS;
