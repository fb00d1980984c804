// A study over the exports of core.wasm.

import type { StudyLike } from './corelike.ts';
import type { CoreModule } from './module.ts';
import type { Study, StudyRequest } from './protocol.ts';

/** Numbers as the core reads them: each comes back with its bits. */
const written = (value: string | readonly number[]) => (typeof value === 'string' ? value : value.join(' '));

export function openStudy(module: CoreModule, { study, settings, inputs }: StudyRequest): StudyLike {
  const handle = module.find('study_create', ...module.input(study));
  try {
    for (const [key, value] of Object.entries({ ...settings, ...inputs })) {
      module.check('study_set', handle, ...module.input(key, written(value)));
    }
  } catch (error) {
    module.raw('close', handle);
    throw error;
  }
  return {
    step() {
      module.check('study_step', handle);
      return { done: module.number(0) === 1, fraction: module.number(1) };
    },
    read(): Study {
      module.check('study_arrays', handle);
      const { axes, arrays } = module.json<Study>();
      return {
        axes,
        arrays: arrays.map((array, i) => ({ ...array, values: module.reals('study_values', handle, i) })),
      };
    },
    free: () => void module.raw('close', handle),
  };
}
