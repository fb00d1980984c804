// What is kept while a text is read: keys and values of each letter, with and without, and what an early letter changes.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Cached } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useTheme } from '../../draw/box';
import { type Ramp, signIndex } from '../../draw/colour';
import { fixed, largest, niceRange, whole } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { useAsked } from '../asked';
import { Clocks } from '../Clocks';
import { type Lab, labFor, labOf, MOST_LETTERS } from './lab';
import { LETTERS, letterOf } from './letters';
import { Prefix } from './Prefix';

const SAMPLES = 5;

interface Read {
  now: Cached;
  before: Cached | null; // of the text before a letter of it was changed
}

export function Cache({ store }: { store: Store }) {
  const { bridge } = store.session;
  const lab = labOf(store.lab.value);
  const { text, was } = lab;
  const { now, problem } = useAsked<Read>(store, JSON.stringify([text, was]), async () => {
    const now = await bridge.call('cached', { text });
    const before =
      [...was].length === [...text].length && was !== text ? await bridge.call('cached', { text: was }) : null;
    store.seen.value = true;
    return { now, before };
  });
  const time = useAsked(store, text, () => bridge.call('cachedTime', { text, samples: SAMPLES }));
  const set = (changed: Partial<Lab>): void => {
    store.lab.value = { ...store.lab.peek(), ...labFor(changed) };
  };
  const read = now.value;
  const end = read?.now.tokens.length ?? 0;
  const done = Math.min(end, Number(lab.read));
  return (
    <div class="panel gpt-panel gpt-cache">
      <div class="gpt-tools">
        <Prefix store={store} text={text} most={MOST_LETTERS} read={(text) => set({ text, was: '', read: '0' })} />
        <fieldset class="seg" aria-label={t('gpt.cache')} {...control(store.session, 'lab.keep')}>
          <legend class="seg-name">{t('gpt.cache')}</legend>
          {(['on', 'off'] as const).map((one) => (
            <button type="button" key={one} aria-pressed={lab.keep === one} onClick={() => set({ keep: one })}>
              {t(`gpt.cache.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <Problem of={problem.value} />
      {read && (
        <>
          <section class="gpt-figure" aria-label={t('gpt.cache.figure')} data-update={read.now.step}>
            <Columns store={store} read={read} lab={lab} done={done} set={set} />
            <Told store={store} read={read} lab={lab} done={done} set={set} />
          </section>
          <section class="side-column" aria-label={t('gpt.cache.side')}>
            <Ways cached={read.now} done={done} keep={lab.keep === 'on'} time={time.now.value} />
            <Compared store={store} cached={read.now} done={done} />
          </section>
        </>
      )}
      <Clocks
        store={store}
        clocks={[{ id: 'letter', at: done, end, go: (to) => set({ read: String(to) }) }]}
        words={{ letter: LETTERS }}
        pace={{ letter: 700 }}
      />
    </div>
  );
}

/** Of one letter in one block: its numbers, keys or values. */
const columnOf = (cached: Cached, of: 'keys' | 'values', block: number, at: number) => {
  const from = (block * cached.tokens.length + at) * cached.width;
  return cached[of].subarray(from, from + cached.width);
};
const same = (a: Float32Array, b: Float32Array) => a.every((value, i) => Object.is(value, b[i]));
/** Is what is kept of this letter in this block another than before? */
const isFallen = ({ now, before }: Read, block: number, at: number): boolean =>
  before !== null &&
  !(['keys', 'values'] as const).every((of) => same(columnOf(now, of, block, at), columnOf(before, of, block, at)));

interface Drawn {
  store: Store;
  read: Read;
  lab: Lab;
  done: number;
  set: (changed: Partial<Lab>) => void;
}

function Columns({ store, read, lab, done, set }: Drawn) {
  const theme = useTheme(store.session.theme.value);
  const { now } = read;
  const vocabulary = store.session.run.value?.vocabulary ?? [];
  const letters = now.tokens.map((token) => letterOf(vocabulary[token] ?? ''));
  const range = { keys: niceRange(largest(now.keys)), values: niceRange(largest(now.values)) };
  const state = (at: number) =>
    at >= done ? 'ahead' : lab.keep === 'on' && at < done - 1 ? 'kept' : ('new' as 'ahead' | 'kept' | 'new');
  const edit = (at: number, letter: string) => {
    const all = [...lab.text];
    const before = lab.text;
    if (letter === '' || letter === all[at - 1]) return;
    all[at - 1] = letter;
    void store.edit(t('gpt.cache.letter', { at }), () =>
      set({ text: all.join(''), was: before, read: String(now.tokens.length) }),
    );
  };
  return (
    <>
      <table class="gpt-columns">
        <caption class="sr">{t('gpt.cache.caption')}</caption>
        <thead>
          <tr>
            <td />
            {letters.map((letter, at) => (
              <th scope="col" key={at}>
                {at === 0 ? (
                  <span class="gpt-start">{letter}</span>
                ) : (
                  <input
                    class="field low mono"
                    aria-label={t('gpt.cache.letter', { at })}
                    maxLength={2}
                    value={letter}
                    onFocus={(event) => event.currentTarget.select()}
                    onInput={(event) => {
                      const typed = [...event.currentTarget.value].at(-1) ?? '';
                      event.currentTarget.value = typed || letter;
                      edit(at, typed);
                    }}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: now.blocks }, (_, block) =>
            (['keys', 'values'] as const).map((of) => (
              <tr key={`${block}${of}`} class={of === 'keys' ? 'is-first' : ''}>
                <th scope="row">
                  {of === 'keys' && <span class="small">{t('gpt.cache.block', { block: block + 1 })} </span>}
                  <M tex={of === 'keys' ? '\\k{k}' : '\\v{v}'} />
                </th>
                {letters.map((_, at) => {
                  const is = state(at);
                  const fallen = is !== 'ahead' && isFallen(read, block, at);
                  return (
                    <td key={at} class={`gpt-column is-${is}${fallen ? ' is-fallen' : ''}`}>
                      {is !== 'ahead' && (
                        <Strip values={columnOf(now, of, block, at)} range={range[of]} ramp={theme.sign} />
                      )}
                      <span class="sr">{t(fallen ? 'gpt.cache.fallen' : `gpt.cache.${is}`)}</span>
                    </td>
                  );
                })}
              </tr>
            )),
          )}
        </tbody>
      </table>
      <p class="gpt-legends small dim">
        <SignLegend scale={{ range: range.keys, was: null, kept: false }} tex="\k{k}" />
        <SignLegend scale={{ range: range.values, was: null, kept: false }} tex="\v{v}" />
        {(['kept', 'new', 'ahead', ...(read.before ? (['fallen'] as const) : [])] as const).map((is) => (
          <span class="legend" key={is}>
            <i class={`gpt-chip is-${is}`} aria-hidden="true" /> {t(`gpt.cache.${is}`)}
          </span>
        ))}
      </p>
    </>
  );
}

/** Numbers as colours, a pixel each. */
function Strip({ values, range, ramp }: { values: Float32Array; range: number; ramp: Ramp }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const ctx = canvas.current?.getContext('2d');
    if (!ctx) return;
    const picture = ctx.createImageData(values.length, 1);
    for (const [i, value] of values.entries()) {
      const place = signIndex(value, range);
      picture.data.set(ramp.rgb.subarray(3 * place, 3 * place + 3), 4 * i);
      picture.data[4 * i + 3] = 255;
    }
    ctx.putImageData(picture, 0, 0);
  });
  return <canvas ref={canvas} width={values.length} height={1} />;
}

/** What this letter took; and after a change, which columns are other numbers now. */
function Told({ store, read, lab, done, set }: Drawn) {
  const { now, before } = read;
  const vocabulary = store.session.run.value?.vocabulary ?? [];
  const letter = letterOf(vocabulary[now.tokens[done - 1] ?? -1] ?? '');
  const at = [...lab.text].findIndex((one, i) => one !== [...lab.was][i]);
  const count = (block: number) => now.tokens.filter((_, t) => isFallen(read, block, t)).length;
  return (
    <div class="gpt-said" role="status">
      <p>
        {done === 0
          ? t('gpt.cache.said.none')
          : lab.keep === 'on'
            ? t('gpt.cache.said.on', { letter, kept: done - 1 })
            : t('gpt.cache.said.off', { letter, all: done })}
      </p>
      {before && (
        <>
          <p>
            {t('gpt.cache.edited', { at: at + 1, was: [...lab.was][at] ?? '' })}{' '}
            {Array.from({ length: now.blocks }, (_, block) =>
              t('gpt.cache.others', { block: block + 1, fallen: count(block), all: now.tokens.length }),
            ).join(' ')}
          </p>
          <button type="button" class="btn low" onClick={() => set({ was: '' })}>
            {t('gpt.cache.forget')}
          </button>
        </>
      )}
    </div>
  );
}

function Ways({
  cached,
  done,
  keep,
  time,
}: {
  cached: Cached;
  done: number;
  keep: boolean;
  time: { kept: number[]; anew: number[] } | null;
}) {
  const { work } = cached;
  const sum = (of: number[]) => of.slice(0, done).reduce((all, one) => all + one, 0);
  const ms = (of: number[] | undefined) => (of ? fixed(Math.min(...of), 2) : '…');
  const rows = [
    { id: 'with', of: work.kept, ms: ms(time?.kept), now: keep },
    { id: 'without', of: work.anew, ms: ms(time?.anew), now: !keep },
  ] as const;
  return (
    <>
      <h2>{t('gpt.cache.ways')}</h2>
      <table class="gpt-ways">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('gpt.cache.products')}</th>
            <th scope="col">{t('gpt.cache.all')}</th>
            <th scope="col">{t('gpt.cache.time')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, of, ms, now }) => (
            <tr key={id} class={now ? 'is-now' : ''}>
              <th scope="row">{t(`gpt.cache.${id}`)}</th>
              <td>{done > 0 ? whole(of[done - 1] ?? 0) : '–'}</td>
              <td>{whole(sum(of))}</td>
              <td>{ms}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small dim">{t('gpt.cache.time.how', { samples: SAMPLES })}</p>
    </>
  );
}

const LIKELIEST = 6;

/** What comes next after this letter, in both ways; and how many numbers were compared. */
function Compared({ store, cached, done }: { store: Store; cached: Cached; done: number }) {
  const vocabulary = store.session.run.value?.vocabulary ?? [];
  const V = vocabulary.length;
  const row = (of: Float32Array, token: number) => of[(done - 1) * V + token] ?? Number.NaN;
  const best =
    done === 0
      ? []
      : vocabulary
          .map((_, token) => token)
          .sort((a, b) => row(cached.kept, b) - row(cached.kept, a) || a - b)
          .slice(0, LIKELIEST);
  const each = 2 * cached.blocks * cached.width;
  const count = Array.from({ length: done }, (_, at) => each * (at + 1) + V).reduce((sum, one) => sum + one, 0);
  const apart = cached.apart.slice(0, done).reduce((sum, one) => sum + one, 0);
  return (
    <>
      <h2>{t('gpt.cache.compare')}</h2>
      <p class="small" role="status">
        {t('gpt.cache.compared', { count, apart })}
      </p>
      {best.length > 0 && (
        <table class="gpt-both">
          <thead>
            <tr>
              <th scope="col">{t('gpt.cache.next')}</th>
              <th scope="col">{t('gpt.cache.with')}</th>
              <th scope="col">{t('gpt.cache.without')}</th>
            </tr>
          </thead>
          <tbody>
            {best.map((token) => (
              <tr key={token}>
                <th scope="row">{letterOf(vocabulary[token] ?? '')}</th>
                <td>{fixed(row(cached.kept, token), 8)}</td>
                <td>{fixed(row(cached.anew, token), 8)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
