// Two sentences place by place: the states after each word, how far apart they are, both answers; and the bag's one number.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CoreError, Pairs } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useTheme } from '../../draw/box';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { useAsked } from '../asked';
import { useRight } from '../right';
import { Sentence } from '../Sentence';
import { packed, unpacked } from '../sentence';
import { Bag } from './Bag';
import { Clocks } from './Clocks';
import { MOST, PAIRS } from './lab';
import { type Lesson, useNets, useOwn, useThere } from './lesson';
import { chanceOf, type Read } from './nets';
import { Strip } from './Strip';

interface Side {
  words: string[];
  states: Float32Array[];
  chance: number;
}
const sideOf = (read: Read): Side => ({
  words: read.schema.tokens.map((token) => read.vocabulary[token] ?? ''),
  states: read.schema.tokens.map(
    (_, i) =>
      read.tape.values[read.schema.nodes.find(({ path }) => path === `rnn.${i + 1}.h`)?.id ?? -1] as Float32Array,
  ),
  chance: chanceOf(read),
});
const apart = (a: Float32Array, b: Float32Array) => Math.hypot(...Array.from(a, (value, k) => value - (b[k] ?? 0)));

export function Pair({ store, lesson }: { store: Store; lesson: Lesson }) {
  const nets = useNets(store);
  const lab = lesson.lab.value;
  const [one, other] = [unpacked(lab.one), unpacked(lab.other)];
  const own = useOwn(store, [one, other]);
  const right = useAsked(store, 'pairs', () => store.session.bridge.call('pairs'));
  const bags = useSignal<[Read, Read] | null>(null);
  const half = useSignal<Pairs | null>(null); // of the bag
  const problem = useSignal<CoreError | null>(null);
  useEffect(() => {
    let alive = true;
    nets.pairs('sentiment-bag').then(
      (pairs) => {
        if (alive) half.value = pairs;
      },
      () => undefined, // the view closes before it came
    );
    return () => {
      alive = false;
    };
  }, [nets]);
  useEffect(() => {
    let alive = true;
    Promise.all([nets.read('sentiment-bag', one), nets.read('sentiment-bag', other)]).then(
      (both) => {
        if (!alive) return;
        bags.value = both;
        problem.value = null;
      },
      (error) => {
        if (!alive) return;
        bags.value = null;
        problem.value = error as CoreError;
      },
    );
    return () => {
      alive = false;
    };
  }, [nets, one, other]);
  const sides = own.now.value?.map(sideOf) ?? [];
  const places = Math.max(0, ...sides.map(({ words }) => words.length));
  const done = Math.min(places, Number(lab.word));
  useThere(store, sides.length === 2 && bags.value !== null && half.value !== null && right.now.value !== null);
  const covered = lesson.covered.value;
  const gaps = Array.from({ length: places }, (_, i) => {
    const [a, b] = sides.map(({ states }) => states[i]);
    return a && b ? apart(a, b) : Number.NaN;
  });
  const [above, below] = sides.map(({ chance }) => chance);
  useRight(
    store,
    lesson.asked.value === 'part' && places > 0
      ? { value: 1 + gaps.findIndex((gap) => gap > 0) }
      : lesson.asked.value === 'bag' && half.value
        ? { value: half.value.both }
        : lesson.asked.value === 'end' && places > 0
          ? { value: gaps.at(-1) ?? Number.NaN, than: gaps.find((gap) => gap > 0) ?? Number.NaN }
          : null,
  );
  const read = (key: 'one' | 'other') => (words: string[]) =>
    lesson.edit(t('tasks.sentence'), { [key]: packed(words.join(' ')), word: String(MOST.words) });
  return (
    <>
      <div class="sided-tools">
        <fieldset class="seg" aria-label={t('tasks.pair')} {...control(store.session, 'lab.pair')}>
          <legend class="seg-name">{t('tasks.pair')}</legend>
          {(Object.keys(PAIRS) as (keyof typeof PAIRS)[]).map((pair) => (
            <button
              type="button"
              key={pair}
              aria-pressed={PAIRS[pair][0] === lab.one && PAIRS[pair][1] === lab.other}
              disabled={covered !== null}
              onClick={() => lesson.set({ one: PAIRS[pair][0], other: PAIRS[pair][1], word: String(MOST.words) })}
            >
              {t(`tasks.pair.${pair}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <Problem of={own.problem.value ?? problem.value} />
      <section
        class="sided-figure tasks-pair"
        aria-label={t('tasks.pair.label')}
        {...control(store.session, 'lab.strips')}
      >
        <Sentence text={one} most={MOST.words} letters={MOST.letters} disabled={covered !== null} read={read('one')} />
        {sides.length === 2 && (
          <Strips {...{ store, sides, gaps, done, hide: covered === 'part' || covered === 'end' }} />
        )}
        <Sentence
          text={other}
          most={MOST.words}
          letters={MOST.letters}
          disabled={covered !== null}
          read={read('other')}
        />
        <p class="tasks-legends">
          <SignLegend scale={{ range: 1, was: null, kept: false }} words={t('tasks.legend.state')} />
          <span>
            <i class="tasks-key" /> {t('tasks.legend.moved')}
          </span>
        </p>
      </section>
      <section class="side-column tasks-side" aria-label={t('tasks.side')}>
        {bags.value && <Bag store={store} reads={bags.value} hide={covered === 'bag'} />}
        <table {...control(store.session, 'lab.right')}>
          <caption>{t('tasks.right', { pairs: right.now.value?.pairs ?? 0 })}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('tasks.right.both')}</th>
              <th scope="col">{t('tasks.right.one')}</th>
              <th scope="col">{t('tasks.right.share')}</th>
            </tr>
          </thead>
          <tbody>
            <Right name={t('tasks.right.net')} of={right.now.value} />
            <Right name={t('tasks.right.bag')} of={covered === 'bag' ? null : half.value} />
          </tbody>
        </table>
        <p class="small">
          {t('tasks.answers', { one: fixed(above ?? Number.NaN, 3), other: fixed(below ?? Number.NaN, 3) })}
        </p>
      </section>
      <Clocks
        store={store}
        clocks={[{ id: 'word', at: done, end: places, go: (to) => lesson.set({ word: String(to) }) }]}
      />
    </>
  );
}

/** Of how many pairs both are right, of how many one, and the share of sentences. */
const Right = ({ name, of }: { name: string; of: Pairs | null }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{of?.both ?? '·'}</td>
    <td>{of?.one ?? '·'}</td>
    <td>{of ? fixed((2 * of.both + of.one) / (2 * of.pairs), 3) : '·'}</td>
  </tr>
);

interface StripsProps {
  store: Store;
  sides: Side[];
  gaps: number[];
  done: number;
  hide: boolean;
}
function Strips({ store, sides, gaps, done, hide }: StripsProps) {
  const theme = useTheme(store.session.theme.value);
  const row = ({ words, states, chance }: Side, other: Side | undefined, below: boolean) => {
    const heads = (
      <tr key="words">
        <td />
        {gaps.map((_, i) => (
          <th scope="col" key={i}>
            <span class={words[i] === other?.words[i] ? 'tasks-word' : 'tasks-word moved'}>{words[i] ?? ''}</span>
          </th>
        ))}
        <td />
      </tr>
    );
    const strips = (
      <tr key="states">
        <th scope="row">{t(below ? 'tasks.pair.below' : 'tasks.pair.above')}</th>
        {gaps.map((_, i) => (
          <td key={i}>
            {states[i] && <Strip theme={theme} values={i < done ? (states[i] ?? null) : null} now={i === done - 1} />}
          </td>
        ))}
        <td>
          {done >= gaps.length && (
            <>
              <b class="tasks-answer">{t(chance > 0.5 ? 'tasks.praise.yes' : 'tasks.praise.no')}</b>
              <span class="num small">{fixed(chance, 3)}</span>
            </>
          )}
        </td>
      </tr>
    );
    return below ? [strips, heads] : [heads, strips];
  };
  const [one, other] = sides;
  return (
    <table class="tasks-strips" data-update={store.session.step.value}>
      <caption class="sr">{t('tasks.pair.label')}</caption>
      <tbody>
        {one && row(one, other, false)}
        <tr class="tasks-gaps">
          <th scope="row">{t('tasks.apart')}</th>
          {gaps.map((gap, i) => (
            <td key={i} class={gap > 0 ? 'num' : 'num dim'}>
              {i >= done ? '' : hide ? '?' : Number.isNaN(gap) ? '·' : gap === 0 ? '0' : fixed(gap, 2)}
            </td>
          ))}
          <td class="small dim">{t('tasks.apart.chance')}</td>
        </tr>
        {other && row(other, one, true)}
      </tbody>
    </table>
  );
}
