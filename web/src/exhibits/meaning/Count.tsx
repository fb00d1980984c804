// Who stands near whom, counted pair by pair: the sentences with their window, the table that fills, the company of one word.
import { useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { fixed, niceRange, whole } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import type { Lesson } from './lesson';
import { Aside, Choice, isThing, Sentence, Setting } from './Parts';
import { type Company, countedOf, KINDS, type Met, pairsOf } from './words';

const FEW = 3; // sentences on screen, of many
const SQUARE = 16; // words up to which each is a row and a column

/** Words of a kind, kind by kind. */
const ofKinds = (of: Company, kinds = [...KINDS]) =>
  kinds.flatMap((kind) =>
    of.words.flatMap((_, word) => (of.kinds[word]?.find((one) => kinds.includes(one)) === kind ? [word] : [])),
  );

export interface Counting {
  of: Company;
  met: Met[];
  done: number;
  counts: Float64Array;
}
function useCounting(lesson: Lesson): Counting | null {
  const lab = lesson.lab.value;
  const of = lab.text === 'six' ? lesson.six.value : lesson.counted.value;
  const met = useMemo(() => (of ? pairsOf(of.sentences, of.window) : []), [of]);
  const done = lab.pair === '' ? met.length : Math.min(met.length, Number(lab.pair));
  const counts = useMemo(
    () => of && (done === met.length ? of.pairs : countedOf(of.sentences, of.words.length, met, done)),
    [of, met, done],
  );
  return of && counts ? { of, met, done, counts } : null;
}

export function Count({ store, lesson }: { store: Store; lesson: Lesson }) {
  const counting = useCounting(lesson);
  return (
    <>
      <div class="wv-tools">
        <Choice store={store} lesson={lesson} of="text" />
        <Setting store={store} lesson={lesson} of="window" />
        <span class="small dim">
          {counting &&
            t('meaning.said', { sentences: whole(counting.of.sentences.length), words: counting.of.words.length })}
        </span>
      </div>
      <section class="wv-main" aria-label={t('meaning.count.label')}>
        {counting && <Lines store={store} lesson={lesson} counting={counting} />}
        {counting && <Table store={store} lesson={lesson} counting={counting} />}
      </section>
      <Aside label={t('meaning.company.label')}>
        {counting && <Near store={store} lesson={lesson} counting={counting} />}
      </Aside>
      {counting && <CountClocks store={store} lesson={lesson} counting={counting} />}
    </>
  );
}

interface Inside {
  store: Store;
  lesson: Lesson;
  counting: Counting;
}

function CountClocks({ store, lesson, counting: { of, met, done } }: Inside) {
  const asked = lesson.covered.value !== null;
  const go = (to: number) => lesson.set({ pair: to >= met.length ? '' : String(Math.max(0, to)) });
  // pairs done when all of a sentence are
  const ends = useMemo(() => {
    const found = of.sentences.map(() => 0);
    met.forEach(({ line }, i) => {
      found[line] = i + 1;
    });
    return found;
  }, [of, met]);
  const sentences = ends.filter((end) => end > 0 && end <= done).length;
  if (asked) {
    const still = { at: 0, end: 0, shown: '?', go: () => {} };
    return (
      <Clocks
        store={store}
        clocks={[
          { id: 'pair', ...still },
          { id: 'sentence', ...still },
        ]}
      />
    );
  }
  return (
    <Clocks
      store={store}
      clocks={[
        { id: 'pair', at: done, end: met.length, go },
        {
          id: 'sentence',
          at: sentences,
          end: of.sentences.length,
          go: (to) => go(to === 0 ? 0 : (ends[to - 1] ?? 0)),
          // one back: to where the present one began, or the one before it
          beside: (by) => (by < 0 && (ends[sentences - 1] ?? 0) < done ? sentences : sentences + by),
        },
      ]}
    />
  );
}

/** The sentence of the pair that was counted last, among those beside it. */
function Lines({ store, lesson, counting: { of, met, done } }: Inside) {
  const last = done > 0 && done < met.length ? met[done - 1] : undefined;
  const line = last?.line ?? (done === 0 ? 0 : -1);
  const at = Math.max(0, line);
  const lines = of.sentences.length > 2 * FEW ? FEW : of.sentences.length;
  const first = Math.max(0, Math.min(of.sentences.length - lines, (line < 0 ? 0 : line) - 1));
  return (
    <>
      <p class="small dim wv-in">
        {t('meaning.in', {
          line: whole(at + 1),
          n: lesson.covered.value ? '?' : met.filter((one) => one.line === at).length,
        })}
      </p>
      <ol class="wv-lines" start={first + 1} {...control(store.session, 'lab.sentences')}>
        {of.sentences.slice(first, first + lines).map((sentence, i) => (
          <li key={first + i} aria-current={first + i === line ? 'true' : undefined}>
            <Sentence
              words={of.words}
              sentence={sentence}
              window={of.window}
              looked={lesson.lab.value.word}
              {...(first + i === line ? { at: last?.at, near: last?.near } : {})}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

/** How often each two stand near one another, so far. */
function Table({ store, lesson, counting: { of, met, done, counts } }: Inside) {
  const theme = useTheme(store.session.theme.value);
  const V = of.words.length;
  const all = ofKinds(of);
  const things = KINDS.filter(isThing);
  const square = all.length <= SQUARE;
  const rows = square ? all : ofKinds(of, things);
  const columns = square
    ? all
    : ofKinds(
        of,
        KINDS.filter((kind) => !isThing(kind)),
      );
  const count = (row: number, column: number) => counts[row * V + column] ?? 0;
  const range = niceRange(
    Math.max(4, ...rows.flatMap((row) => columns.map((column) => of.pairs[row * V + column] ?? 0))),
  );
  const last = done > 0 && done < met.length ? met[done - 1] : undefined;
  const pair = last && [of.sentences[last.line]?.[last.at], of.sentences[last.line]?.[last.near]];
  const isLast = (row: number, column: number) =>
    pair?.includes(row) && pair.includes(column) && (row !== column || pair[0] === pair[1]);
  return (
    <section
      class="wv-matrix"
      aria-label={t('meaning.table')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...control(store.session, 'lab.table')}
    >
      <table>
        <caption class="sr">{t('meaning.table')}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th scope="col" key={column}>
                <span>{of.words[column]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row} aria-current={of.words[row] === lesson.lab.value.word ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="plain-link"
                  onClick={() => lesson.set({ word: of.words[row] ?? '', near: '' })}
                >
                  {of.words[row]}
                </button>
              </th>
              {columns.map((column) => {
                const n = count(row, column);
                const { fill, ink } = signShade(theme, n, range);
                return (
                  <td
                    key={column}
                    class={isLast(row, column) ? 'num last' : 'num'}
                    style={n > 0 ? { background: fill, color: ink } : {}}
                  >
                    {n > 0 ? n : <span class="dim">·</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Everybody who stands near one word: how often, and how much more than by chance. */
function Near({ store, lesson, counting: { of, met, done, counts } }: Inside) {
  const lab = lesson.lab.value;
  const V = of.words.length;
  const word = Math.max(0, of.words.indexOf(lab.word));
  const complete = done === met.length;
  const sum = (row: number) => of.words.reduce((total, _, k) => total + (of.pairs[row * V + k] ?? 0), 0);
  const found = of.words
    .map((name, k) => ({ name, k, n: counts[word * V + k] ?? 0, more: of.ppmi[word * V + k] ?? 0 }))
    .filter(({ n }) => n > 0)
    .sort((x, y) => (complete ? y.more - x.more : 0) || y.n - x.n);
  const chosen = found.find(({ name }) => name === lab.near) ?? found[0];
  return (
    <div class="wv-company" {...control(store.session, 'lab.company')}>
      <p class="wv-title">{t('meaning.company', { word: of.words[word] ?? '' })}</p>
      {found.length === 0 ? (
        <p class="small">{t('meaning.company.none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('meaning.company.word')}</th>
              <th scope="col">{t('meaning.company.pairs')}</th>
              <th scope="col">{t('meaning.company.ppmi')}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ name, n, more }) => (
              <tr key={name} aria-current={name === chosen?.name ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" class="plain-link" onClick={() => lesson.set({ near: name })}>
                    {name}
                  </button>
                </th>
                <td>{n}</td>
                <td>{complete ? fixed(more) : '·'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen && complete && (
        <p class="small wv-how">
          {t(chosen.more > 0 ? 'meaning.ppmi.how' : 'meaning.ppmi.none', {
            ...{
              a: of.words[word] ?? '',
              b: chosen.name,
              n: chosen.n,
              row: whole(sum(word)),
              column: whole(sum(chosen.k)),
            },
            ...{ all: whole(2 * met.length), ppmi: fixed(chosen.more) },
          })}
        </p>
      )}
    </div>
  );
}
