// No window is large enough: contexts run out as they grow. A net that sees one shares what it knows between contexts, through a
// vector for each letter; its loss as it is trained, beside those of counting.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { cell, fixed, largest, niceRange, plain, whole } from '../../draw/format';
import { Axes, ticks, Within } from '../../figures/plane/Axes';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { apart } from '../apart';
import type { Props } from './Chain';
import { LookClock } from './Clocks';
import type { Contexts, Guess } from './counted';
import type { Counting } from './counting';
import { NET, UPDATES } from './lab';
import { letterOf, Smoothing } from './Parts';

export function Window({ store, counting }: Props) {
  const contexts = counting.contexts.value;
  const guess = counting.guess.value;
  const covered = counting.covered.value !== null;
  return (
    <>
      <div class="nw-tools">
        <Smoothing store={store} counting={counting} />
        <span class="small dim">{t('next-word.net.said', { window: NET.window, units: NET.hidden_size })}</span>
      </div>
      <section class="nw-main" aria-label={t('next-word.window.label')}>
        {covered && <p class="small dim">{t('next-word.covered')}</p>}
        {contexts && !covered && <Sizes store={store} counting={counting} contexts={contexts} />}
        {contexts && !covered && <Losses store={store} counting={counting} contexts={contexts} />}
      </section>
      <section
        class="nw-side"
        aria-label={t('next-word.vector.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        {guess && <Vector store={store} counting={counting} guess={guess} />}
      </section>
      <LookClock store={store} counting={counting} />
    </>
  );
}

interface Inside {
  store: Store;
  counting: Counting;
}

/** Of each length of context: how many there could be, were met, are never met; what counting loses. */
function Sizes({ store, counting, contexts }: Inside & { contexts: Contexts }) {
  const seen = counting.lab.value.seen;
  return (
    <table class="nw-row nw-sizes" {...control(store.session, 'lab.sizes')}>
      <caption>{t('next-word.sizes')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('next-word.lengths.seen')}</th>
          <th scope="col">{t('next-word.sizes.possible')}</th>
          <th scope="col">{t('next-word.sizes.met')}</th>
          <th scope="col">{t('next-word.sizes.never')}</th>
          <th scope="col">{t('next-word.sizes.counted')}</th>
          <th scope="col">{t('next-word.sizes.unseen')}</th>
        </tr>
      </thead>
      <tbody>
        {Array.from(contexts.possible, (possible, k) => {
          const never = contexts.never[k] ?? 0;
          return (
            <tr key={k} aria-current={String(k) === seen ? 'true' : undefined}>
              <th scope="row">
                <button type="button" class="plain-link" onClick={() => counting.set({ seen: String(k), done: '' })}>
                  {k === 0 ? t('next-word.none') : k}
                </button>
              </th>
              <td>{whole(possible)}</td>
              <td>{whole(contexts.met[k] ?? 0)}</td>
              <td>
                <span class="nw-bar" style={{ '--part': String(never) }}>
                  <span />
                  <span>{t('next-word.percent', { n: fixed(100 * never, 1) })}</span>
                </span>
              </td>
              <td>{fixed(contexts.counted[k] ?? 0, 3)}</td>
              <td>{fixed(contexts.unseen[k] ?? 0, 3)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const ROOM = { left: 34, right: 140, top: 12, bottom: 36 };
const NAMED = [0, 1, 2, 3, 5]; // letters seen, of the dashed lines; the table has all
const TOP = 3.4;
const LOW = 1.9;
/** The net's loss on unseen names by update, and those of counting, which has no updates. */
function Losses({ store, counting, contexts }: Inside & { contexts: Contexts }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const trained = counting.trained.value;
  const look = counting.look.value;
  const plane = box && planeOf(box, { from: 0, to: UPDATES }, { from: LOW, to: TOP }, ROOM);
  const done = trained ? trained.unseen.slice(0, Math.max(trained.done, 0)) : new Float64Array();
  const counted = NAMED.map((k) => ({ k, loss: contexts.unseen[k] ?? Number.NaN }));
  const heights = plane ? apart(counted.map(({ loss }) => plane.y(loss))) : [];
  return (
    <figure class="nw-ends" {...control(store.session, 'lab.losses')}>
      <figcaption class="small">
        <b>{t('next-word.losses')}</b>{' '}
        {trained && done.length > 0
          ? t('next-word.losses.at', {
              update: whole(trained.update[look] ?? 0),
              loss: fixed(done[look] ?? Number.NaN, 3),
            })
          : t('next-word.losses.start')}
      </figcaption>
      <div class="plane" ref={area}>
        {plane && box && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('next-word.losses.label')}>
            <Axes plane={plane} x={ticks([0, 1000, 2000, 3000])} y={ticks([2, 2.5, 3], 1)} />
            {counted.map(({ k, loss }) => (
              <path key={k} class="l-edge dash" d={`M${plane.left} ${plane.y(loss)}H${plane.right}`} />
            ))}
            {counted.map(({ k, loss }, i) => (
              <text key={k} class="t12 t2" x={plane.right + 6} y={(heights[i] ?? 0) + 4}>
                {t('next-word.losses.counting', { n: k === 0 ? t('next-word.none') : k, loss: fixed(loss) })}
              </text>
            ))}
            <text class="t12 t2 end" x={plane.right} y={plane.bottom + 31}>
              {t('next-word.losses.axis')}
            </text>
            {done.length > 0 && trained && (
              <Within plane={plane}>
                <path
                  class="l-ink"
                  d={`M${Array.from(done, (loss, i) => `${plane.x(trained.update[i] ?? 0)} ${plane.y(loss)}`).join('L')}`}
                />
                <circle class="f-ink" cx={plane.x(trained.update[look] ?? 0)} cy={plane.y(done[look] ?? 0)} r={4} />
              </Within>
            )}
          </svg>
        )}
      </div>
      <div class="sr">
        <table>
          <caption>{t('next-word.losses.label')}</caption>
          <tbody>
            {Array.from(done, (loss, i) => (
              <tr key={i}>
                <th scope="row">{trained?.update[i]}</th>
                <td>{fixed(loss, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** A letter is a number, a column with one 1, a row of the table. */
function Vector({ store, counting, guess }: Inside & { guess: Guess }) {
  const theme = useTheme(store.session.theme.value);
  const lab = counting.lab.value;
  const d = Number(NET.embedding_size);
  const token = Math.max(0, guess.letters.indexOf(lab.letter));
  const range = niceRange(largest(guess.embedding));
  const vector = (one: number) => [...guess.embedding.subarray(one * d, (one + 1) * d)];
  return (
    <>
      <h3>{t('next-word.vector')}</h3>
      <label class="nw-slide" {...control(store.session, 'lab.letter')}>
        {t('next-word.vector.letter')}
        <select
          class="field low"
          value={lab.letter}
          onChange={(event) => counting.set({ letter: event.currentTarget.value })}
        >
          {guess.letters.slice(2).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <span>{t('next-word.vector.index', { index: token })}</span>
      </label>
      <p class="small">{t('next-word.vector.hot', { count: guess.letters.length, index: token })}</p>
      <span class="nw-hot" aria-hidden="true">
        {guess.letters.map((one, i) => (
          <i key={one} class={i === token ? 'on' : undefined} />
        ))}
      </span>
      <p class="small" {...control(store.session, 'lab.vector')}>
        {t('next-word.vector.row', { count: d, letter: lab.letter })}
      </p>
      <table class="nw-cells" {...control(store.session, 'lab.table')}>
        <caption class="sr">{t('next-word.vector')}</caption>
        <tbody>
          {guess.letters.map((_, one) =>
            one === 1 ? null : (
              <tr key={one} aria-current={one === token ? 'true' : undefined}>
                <th scope="row">{one === 0 ? '-' : letterOf(guess, one)}</th>
                {vector(one).map((value, k) => {
                  const { fill, ink } = signShade(theme, value, range);
                  return (
                    <td key={k} class="num" style={{ background: fill, color: ink }}>
                      {cell(value)}
                    </td>
                  );
                })}
              </tr>
            ),
          )}
        </tbody>
      </table>
      <SignLegend scale={{ range, was: null, kept: false }} words={t('next-word.vector.legend')} />
      <p class="small">
        {t('next-word.vector.guess', {
          name: guess.text,
          perplexity: plain(guess.perplexity.at(-1) ?? 0, 2),
        })}
      </p>
    </>
  );
}
