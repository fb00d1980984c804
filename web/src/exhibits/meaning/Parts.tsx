// What several of these views have: choices, a sentence with its window, numbers of a vector as cells, marks of a kind.
import type { ComponentChildren } from 'preact';
import { control } from '../../components/control';
import type { Theme } from '../../draw/colour';
import { signShade } from '../../draw/colour';
import { cell, digitsFor, fixed } from '../../draw/format';
import { type PlainKey, t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Lab } from './defaults';
import { CHOICES } from './lab';
import type { Lesson } from './lesson';
import type { Kind, Meaning } from './words';

interface OfLesson {
  store: Store;
  lesson: Lesson;
}

/** One of a few, named by the words `meaning.KEY.CHOICE`. */
export function Choice({ store, lesson, of }: OfLesson & { of: 'text' | 'by' }) {
  const now = lesson.lab.value[of];
  return (
    <fieldset class="seg" aria-label={t(`meaning.${of}`)} {...control(store.session, `lab.${of}`)}>
      {CHOICES[of].map((one) => (
        <button
          type="button"
          key={one}
          aria-pressed={one === now}
          onClick={() =>
            one !== now && lesson.edit(`meaning.${of}` as PlainKey, { [of]: one, ...(of === 'text' && { pair: '' }) })
          }
        >
          {t(`meaning.${of}.${one}` as PlainKey)}
        </button>
      ))}
    </fieldset>
  );
}

export function Setting({ store, lesson, of }: OfLesson & { of: 'window' | 'size' | 'negatives' }) {
  const values = of === 'window' ? ['1', '2', '3', '4', '5'] : CHOICES[of];
  return (
    <label class="wv-setting" {...control(store.session, `lab.${of}`)}>
      <span>{t(`meaning.${of}`)}</span>
      <select
        class="field low"
        value={lesson.lab.value[of]}
        onChange={(event) => {
          // other pairs, other places in the training
          const anew: Partial<Lab> = { [of]: event.currentTarget.value, pair: '', step: '0', term: '0' };
          lesson.edit(`meaning.${of}`, anew);
        }}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface SentenceProps {
  words: readonly string[];
  sentence: readonly number[];
  at?: number | undefined; // the word in the middle of the window
  near?: number | undefined;
  window: number;
  looked: string;
}
/** Its words; the one in the middle inverted, the one it meets framed, its window underlined. */
export function Sentence({ words, sentence, at, near, window, looked }: SentenceProps) {
  return (
    <>
      {sentence.map((word, i) => {
        const within = at !== undefined && i !== at && Math.abs(i - at) <= window;
        const name = i === at ? ' at' : i === near ? ' near' : within ? ' within' : '';
        return (
          <span key={i} class={`wv-word${name}${words[word] === looked ? ' looked' : ''}`}>
            {words[word]}
          </span>
        );
      })}
    </>
  );
}

/** Numbers in coloured cells. */
export function Cells({ theme, values, range }: CellsProps) {
  return (
    <span class="wv-cells" aria-hidden="true">
      {values.map((value, i) => {
        const { fill, ink } = signShade(theme, value, range);
        return (
          <span key={i} class="num" style={{ background: fill, color: ink }}>
            {cell(value, Math.min(3, digitsFor(range)))}
          </span>
        );
      })}
    </span>
  );
}
interface CellsProps {
  theme: Theme;
  values: readonly number[];
  range: number;
}

/** A mark for each kind of thing, a hollow one for what goes with it; of two kinds, both. */
const SHAPES = ['circle', 'square', 'diamond', 'triangle'] as const;
const KIND_ORDER: Record<Kind, number> = {
  fruit: 0,
  'of fruit': 0,
  maker: 1,
  'of makers': 1,
  royal: 2,
  'of royals': 2,
  relative: 3,
  'of relatives': 3,
};
export const isThing = (kind: Kind) => !kind.startsWith('of ');

export function Mark({ kinds, x, y, r = 5 }: { kinds: readonly Kind[]; x: number; y: number; r?: number }) {
  if (kinds.length === 0) return <circle class="wv-mark none" cx={x} cy={y} r={2} />;
  return (
    <>
      {kinds.map((kind, i) => {
        const size = i === 0 ? r : r + 3.5;
        const name = `wv-mark${isThing(kind) && i === 0 ? ' thing' : ''}`;
        const shape = SHAPES[KIND_ORDER[kind]];
        if (shape === 'circle') return <circle key={kind} class={name} cx={x} cy={y} r={size} />;
        if (shape === 'square')
          return <rect key={kind} class={name} x={x - size} y={y - size} width={2 * size} height={2 * size} />;
        const points =
          shape === 'diamond'
            ? `${x},${y - size * 1.3} ${x + size * 1.3},${y} ${x},${y + size * 1.3} ${x - size * 1.3},${y}`
            : `${x},${y - size * 1.2} ${x + size * 1.15},${y + size * 0.85} ${x - size * 1.15},${y + size * 0.85}`;
        return <polygon key={kind} class={name} points={points} />;
      })}
    </>
  );
}

const nameOf = (kind: Kind) => t(`meaning.kind.${kind.replace(' ', '-')}` as PlainKey);
export const kindWords = (kinds: readonly Kind[]): string =>
  kinds.length === 0 ? t('meaning.kind.none') : kinds.map(nameOf).join(', ');

/** What the marks mean. */
export function MarkLegend() {
  const shown: Kind[] = ['fruit', 'maker', 'royal', 'relative'];
  return (
    <ul class="wv-legend">
      {shown.map((kind) => (
        <li key={kind}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <Mark kinds={[kind]} x={8} y={8} />
          </svg>
          {nameOf(kind)}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <Mark kinds={['of fruit']} x={8} y={8} />
        </svg>
        {t('meaning.kind.company')}
      </li>
    </ul>
  );
}

export const Aside = ({ children, label }: { children: ComponentChildren; label: string }) => (
  <section
    class="wv-side"
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    tabIndex={0}
  >
    {children}
  </section>
);

interface NearestProps {
  of: Pick<Meaning, 'words' | 'kinds'>;
  near: readonly { word: number; value: number }[];
  meant?: (word: string) => boolean; // a row that stands out
  press?: (word: string) => void;
}
/** Words by their cosine, the nearest first, each with its kind. */
export function Nearest({ of, near, meant, press }: NearestProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('meaning.near.word')}</th>
          <th scope="col" class="wv-kind">
            {t('meaning.near.kind')}
          </th>
          <th scope="col">{t('meaning.near.cosine')}</th>
        </tr>
      </thead>
      <tbody>
        {near.map(({ word, value }) => {
          const name = of.words[word] ?? '';
          return (
            <tr key={word} aria-current={meant?.(name) ? 'true' : undefined}>
              <th scope="row">
                {press ? (
                  <button type="button" class="plain-link" onClick={() => press(name)}>
                    {name}
                  </button>
                ) : (
                  name
                )}
              </th>
              <td class="wv-kind">{kindWords(of.kinds[word] ?? [])}</td>
              <td>{fixed(value)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
