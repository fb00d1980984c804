// What a question asks of these views, told by the numbers of the core.
import type { Store } from '../../session/create';
import { type Right, useRight } from '../right';
import type { Counting } from './counting';

/** "seen.5.1": the perplexity of a text that sees five letters, and one; "texts.3": how many there are up to a length; "end.ab.ba": the
 *  probabilities of two texts. */
export function useAnswer(store: Store, counting: Counting): void {
  const of = store.exhibit.questions[store.question.value - 1];
  const asked = of && 'count' in of ? of.count : null;
  const chain = counting.chain.value;
  const texts = counting.texts.value;
  const { name } = counting.lab.value;
  const right = (): Right => {
    const [kind, a = '', b = ''] = asked?.split('.') ?? [];
    if (kind === 'seen' && chain?.text === name) {
      const last = (seen: string) => chain.perplexity[chain.at(Number(seen) + 1, chain.steps - 1)] ?? Number.NaN;
      return { value: last(a), than: last(b) };
    }
    if (kind === 'texts' && texts) return { value: texts.strings.filter((text) => text.length <= Number(a)).length };
    if (kind === 'end' && texts?.index.has(a)) {
      const p = (text: string) => texts.probability[texts.index.get(text) ?? -1] ?? Number.NaN;
      return { value: p(a), than: p(b) };
    }
    return null;
  };
  useRight(store, right());
}
