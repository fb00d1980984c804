// What a question asks of a view is hidden in it; what is right is told to whoever asks.
import type { Store } from '../../session/create';
import { ofView } from '../../session/declared';
import { type Right, useRight } from '../right';
import type { Descent } from './descent';
import { BOWL_UPDATES, RULES } from './lab';

const [EARLIER, LATER] = [7, 10]; // updates
function answerOf(what: string | null, descent: Descent): Right {
  const paths = descent.ways.fresh.value ? descent.paths.value : null;
  const rates = descent.three.fresh.value ? descent.rates.value : null;
  const path = (rule: (typeof RULES)[number]) => paths?.[RULES.indexOf(rule)];
  switch (what) {
    case 'climb': {
      const last = rates?.[2];
      return last ? { value: last.error(BOWL_UPDATES), than: last.error(0) } : null;
    }
    case 'copies':
      return descent.equivalent.fresh.value ? { value: descent.errors.value.length } : null;
    case 'roll': {
      const roll = path('momentum');
      return roll ? { value: roll.error(LATER), than: roll.error(EARLIER) } : null;
    }
    default:
      return null;
  }
}

export function useCovered(store: Store, descent: Descent): boolean {
  const of = store.exhibit.questions[store.question.value - 1];
  const what = of && ofView(of) ? of.count : null;
  useRight(store, answerOf(what, descent));
  return what !== null && store.session.asked.value?.revealed === false;
}
