// Skip-gram, pair by pair: a sentence, a word and a neighbour of it, words that were drawn; dot products, what they should have
// been, and what both vectors do about it. Beside it the loss of each epoch and the least there can be.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { type Box, useBox, useTheme } from '../../draw/box';
import { exponent, fixed, largest, niceRange, whole } from '../../draw/format';
import { M } from '../../draw/Math';
import { planeOf } from '../../figures/plane/plane';
import { type PlainKey, t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { Clocks } from './Clocks';
import { EPOCHS, nextSeed } from './lab';
import type { Lesson } from './lesson';
import { Aside, Cells, Sentence, Setting } from './Parts';
import { ranked } from './words';

export function Learn({ store, lesson }: { store: Store; lesson: Lesson }) {
  return (
    <>
      <div class="wv-tools">
        <Setting store={store} lesson={lesson} of="window" />
        <Setting store={store} lesson={lesson} of="size" />
        <Setting store={store} lesson={lesson} of="negatives" />
        <button
          type="button"
          class="btn low"
          {...control(store.session, 'lab.anew')}
          onClick={() =>
            lesson.edit('meaning.anew', { seed: nextSeed(lesson.lab.value.seed), step: '0', term: '0', epoch: '' })
          }
        >
          {t('meaning.anew')}
        </button>
        <span class="small dim" role="status">
          {lesson.busy.value
            ? t('meaning.learning', { done: lesson.learned.value?.done ?? 0, epochs: EPOCHS })
            : t('meaning.seed', { seed: lesson.lab.value.seed })}
        </span>
      </div>
      <section class="wv-main" aria-label={t('meaning.learn.label')}>
        <OnePair store={store} lesson={lesson} />
      </section>
      <Aside label={t('meaning.loss.label')}>
        <Loss store={store} lesson={lesson} />
        <Epochs store={store} lesson={lesson} />
      </Aside>
      <LearnClocks store={store} lesson={lesson} />
    </>
  );
}

function LearnClocks({ store, lesson }: { store: Store; lesson: Lesson }) {
  const step = Number(lesson.lab.value.step);
  const inEpoch = lesson.stretch.value?.inEpoch ?? 0;
  const end = lesson.lastPair.value;
  const epoch = inEpoch > 0 ? Math.floor(step / inEpoch) : 0;
  const go = (to: number) => lesson.set({ step: String(Math.max(0, Math.min(end, to))), term: '0' });
  return (
    <Clocks
      store={store}
      clocks={[
        { id: 'pair', at: step, end, go, shown: t('clock.of', { at: whole(step + 1), end: whole(end + 1) }) },
        {
          ...{ id: 'epoch', at: epoch, end: EPOCHS - 1 },
          shown: t('clock.of', { at: epoch + 1, end: EPOCHS }),
          go: (to) => go(to * inEpoch),
          beside: (by) => (by < 0 && step > epoch * inEpoch ? epoch : epoch + by),
        },
      ]}
    />
  );
}

/** One pair with its drawn words: every number that it takes. */
function OnePair({ store, lesson }: { store: Store; lesson: Lesson }) {
  const theme = useTheme(store.session.theme.value);
  const pair = lesson.pair.value;
  const words = lesson.stretch.value?.words ?? [];
  if (!pair) return <p class="small dim">{t('meaning.busy')}</p>;
  const lab = lesson.lab.value;
  const chosen = Math.min(pair.terms.length - 1, Number(lab.term));
  const term = pair.terms[chosen];
  const middle = pair.sentence[pair.at] ?? 0;
  const word = words[middle] ?? '';
  const vectors = niceRange(
    largest(
      [pair.u, pair.after, ...pair.terms.flatMap(({ v, after }) => [v, after])]
        .flat()
        .filter((one) => !Number.isNaN(one)),
    ),
  );
  const slopes = niceRange(
    largest([pair.slope, ...pair.terms.map(({ slope }) => slope)].flat().filter((one) => !Number.isNaN(one))),
  );
  const total = pair.terms.reduce((sum, { loss }) => sum + (Number.isNaN(loss) ? 0 : loss), 0);
  const e = store.session.notation.value === 'a' ? '\\p{e}' : '\\p{x}';
  const rows: [PlainKey, string, readonly number[], number][] = [
    ['meaning.row.word', e, pair.u, vectors],
    ['meaning.row.slope', `\\g{∂J}/∂${e}`, pair.slope, slopes],
    ['meaning.row.after', e, pair.after, vectors],
  ];
  const others: [PlainKey, string, readonly number[], number][] =
    term && !term.out
      ? [
          ['meaning.row.word', '\\p{u}', term.v, vectors],
          ['meaning.row.slope', '\\g{∂J}/∂\\p{u}', term.slope, slopes],
          ['meaning.row.after', '\\p{u}', term.after, vectors],
        ]
      : [];
  return (
    <div class="wv-pair">
      <p class="wv-lines one" {...control(store.session, 'lab.sentences')}>
        <Sentence
          words={words}
          sentence={pair.sentence}
          at={pair.at}
          near={pair.near}
          window={Number(lab.window)}
          looked=""
        />
      </p>
      <section
        class="wv-terms"
        aria-label={t('meaning.terms')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        {...control(store.session, 'lab.terms')}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t('meaning.term.word', { word })}</th>
              <th scope="col">
                <M tex={`${e} · \\p{u}`} />
              </th>
              <th scope="col">
                <M tex={`σ(${e} · \\p{u})`} />
              </th>
              <th scope="col">{t('meaning.term.wanted')}</th>
              <th scope="col">{t('meaning.term.error')}</th>
              <th scope="col">{t('meaning.term.loss')}</th>
            </tr>
          </thead>
          <tbody>
            {pair.terms.map((one, k) => (
              <tr key={k} aria-current={k === chosen ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" class="plain-link" onClick={() => lesson.set({ term: String(k) })}>
                    {words[one.word]}
                  </button>{' '}
                  <span class="small dim">{t(k === 0 ? 'meaning.term.there' : 'meaning.term.drawn')}</span>
                </th>
                {one.out ? (
                  <td colSpan={5} class="dim">
                    {t('meaning.term.out')}
                  </td>
                ) : (
                  <>
                    <td>{fixed(one.score, 3)}</td>
                    <td>{fixed(one.sigma, 3)}</td>
                    <td>{one.there}</td>
                    <td>{fixed(one.error, 3)}</td>
                    <td>{fixed(one.loss, 3)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('meaning.term.sum')}</th>
              <td colSpan={4} />
              <td>{fixed(total, 3)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
      <section class="wv-moves" aria-label={t('meaning.moves')} {...control(store.session, 'lab.moves')}>
        <Moved title={t('meaning.vector', { word })} rows={rows} theme={theme} />
        {term && others.length > 0 ? (
          <Moved title={t('meaning.company.vector', { word: words[term.word] ?? '' })} rows={others} theme={theme} />
        ) : (
          <p class="small dim">{t('meaning.term.out.why')}</p>
        )}
        <p class="small dim wv-scales">
          <SignLegend scale={{ range: vectors, was: null, kept: false }} words={t('meaning.vector.scale')} />
          <SignLegend scale={{ range: slopes, was: null, kept: false }} words={t('meaning.slope.scale')} />
          <span>{t('meaning.rate', { rate: pair.rate >= 0.001 ? fixed(pair.rate, 4) : exponent(pair.rate) })}</span>
        </p>
      </section>
    </div>
  );
}

interface MovedProps {
  title: string;
  rows: [PlainKey, string, readonly number[], number][];
  theme: Parameters<typeof Cells>[0]['theme'];
}
const Moved = ({ title, rows, theme }: MovedProps) => (
  <div class="wv-moved">
    <p class="wv-title">{title}</p>
    {rows.map(([name, tex, values, range]) => (
      <div class="wv-moved-row" key={name}>
        <span class="small">
          {t(name)} <M tex={tex} />
        </span>
        <span class="sr">{values.map((value) => fixed(value, 3)).join(', ')}</span>
        <Cells theme={theme} values={values} range={range} />
      </div>
    ))}
  </div>
);

function Loss({ store, lesson }: { store: Store; lesson: Lesson }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="wv-loss" {...control(store.session, 'lab.loss')}>
      <p class="wv-title">{t('meaning.loss')}</p>
      <div class="wv-curve" ref={area}>
        {box && <Curve lesson={lesson} box={box} />}
      </div>
    </div>
  );
}

const ROOM = { left: 30, right: 8, top: 10, bottom: 20 };
/** The mean loss of a pair in each epoch; dashed, the least that any vectors can have. */
function Curve({ lesson, box }: { lesson: Lesson; box: Box }) {
  const of = lesson.learned.value;
  if (!of) return null;
  const values = [...of.loss.slice(0, of.done)];
  const top = Math.max(2, Math.ceil(2 * Math.max(0, ...values)) / 2);
  const low = Math.floor(2 * Math.min(of.least, ...values)) / 2;
  const plane = planeOf(box, { from: 1, to: EPOCHS }, { from: low, to: top }, ROOM);
  const ticks = Array.from({ length: Math.round((top - low) / 0.5) + 1 }, (_, i) => low + i / 2);
  const at = (i: number) => `${plane.x(i + 1).toFixed(1)} ${plane.y(values[i] ?? 0).toFixed(1)}`;
  return (
    <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('meaning.curve')}>
      {ticks.map((tick) => (
        <g key={tick}>
          <path class="l-rule" d={`M${plane.left} ${plane.y(tick)}H${plane.right}`} />
          <text class="t12 t2 end" x={plane.left - 5} y={plane.y(tick) + 4}>
            {fixed(tick, 1)}
          </text>
        </g>
      ))}
      {[1, 5, 10, 15, 20].map((epoch) => (
        <text class="t12 t2 mid" key={epoch} x={plane.x(epoch)} y={box.height - 4}>
          {epoch}
        </text>
      ))}
      <path class="l-ink dash" d={`M${plane.left} ${plane.y(of.least)}H${plane.right}`} />
      {values.length > 0 && <path class="l-ink" d={`M${values.map((_, i) => at(i)).join('L')}`} />}
      {values.map((value, i) => (
        <circle key={i} class="f-ink" cx={plane.x(i + 1)} cy={plane.y(value)} r={2.5} />
      ))}
    </svg>
  );
}

/** The same in numbers, with who was nearest to the word. */
function Epochs({ store, lesson }: { store: Store; lesson: Lesson }) {
  const of = lesson.learned.value;
  if (!of) return null;
  const V = of.words.length;
  const word = Math.max(0, of.words.indexOf(lesson.lab.value.word));
  const nearest = (i: number) =>
    ranked(of.after[i]?.cosine.subarray(word * V, (word + 1) * V) ?? [], [word])
      .slice(0, 2)
      .map(({ word: other }) => of.words[other])
      .join(', ');
  return (
    <div class="wv-company" {...control(store.session, 'lab.epochs')}>
      <p class="small">{t('meaning.least', { least: fixed(of.least, 3) })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('meaning.epoch')}</th>
            <th scope="col">{t('meaning.term.loss')}</th>
            <th scope="col" class="wv-kind">
              {t('meaning.nearest', { word: of.words[word] ?? '' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...of.loss.slice(0, of.done)].map((loss, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td>{fixed(loss, 3)}</td>
              <td class="wv-kind">{nearest(i + 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
