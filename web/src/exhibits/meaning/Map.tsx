// The map of the vectors: each word where the two directions of most spread put it, and who is near the word that is looked at.
import { useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { type Box, useBox, useTheme } from '../../draw/box';
import { fixed, largest, niceRange } from '../../draw/format';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { type Clocked, Clocks } from './Clocks';
import { labelsOf } from './labels';
import type { Lesson } from './lesson';
import { Aside, Cells, Choice, isThing, Mark, MarkLegend, Nearest, Setting } from './Parts';
import { ranked } from './words';

const NEAREST = 10;

export function MapView({ store, lesson }: { store: Store; lesson: Lesson }) {
  return (
    <>
      <VectorTools store={store} lesson={lesson} />
      <section class="wv-main" aria-label={t('meaning.map.label')}>
        <Chart store={store} lesson={lesson} />
        <MarkLegend />
      </section>
      <Aside label={t('meaning.near.label')}>
        <Neighbours store={store} lesson={lesson} />
        <Numbers store={store} lesson={lesson} />
      </Aside>
      <Clocks store={store} clocks={[epochClock(lesson)]} />
    </>
  );
}

/** What the vectors are made of. */
export function VectorTools({ store, lesson }: { store: Store; lesson: Lesson }) {
  return (
    <div class="wv-tools">
      <Choice store={store} lesson={lesson} of="by" />
      <Setting store={store} lesson={lesson} of="window" />
      <Setting store={store} lesson={lesson} of="size" />
      <span class="small dim" role="status">
        {lesson.busy.value ? t('meaning.busy') : t('meaning.constructed')}
      </span>
    </div>
  );
}

/** Epochs that are there, forwards and back; of counts there are none. */
export function epochClock(lesson: Lesson): Clocked {
  const of = lesson.meaning.value;
  const end = of?.done ?? 0;
  return {
    id: 'epoch',
    at: lesson.epoch.value,
    end,
    go: (to) => lesson.set({ epoch: to >= end ? '' : String(to) }),
    ...(of?.epochs === 0 && { shown: t('meaning.epoch.none') }),
  };
}

interface Arrow {
  from: number;
  to: number;
  dashed?: boolean;
}
interface ChartProps {
  store: Store;
  lesson: Lesson;
  arrows?: Arrow[];
  named?: number[]; // that have their names first
}
export function Chart(props: ChartProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="wv-map" ref={area} {...control(props.store.session, 'lab.map')}>
      {box && <Drawing {...props} box={box} />}
    </div>
  );
}

function Drawing({ lesson, arrows = [], named, box }: ChartProps & { box: Box }) {
  const of = lesson.meaning.value;
  const map = lesson.vectors.value?.map;
  if (!of || !map || Number.isNaN(map[0])) return <p class="small dim">{t('meaning.busy')}</p>;
  const last = of.after.at(-1)?.map ?? map;
  const cosine = lesson.vectors.value?.cosine ?? new Float64Array();
  const V = of.words.length;
  const hidden = lesson.covered.value !== null;
  // of the last epoch, so that the words move and the map does not
  const span = (k: number) => {
    const all = Array.from({ length: V }, (_, w) => last[2 * w + k] ?? 0);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const more = 0.06 * (high - low || 1);
    return { from: low - more, to: high + more };
  };
  const margin = 14;
  const plane = planeOf(box, span(0), span(1), { left: margin, right: margin, top: margin, bottom: margin });
  const looked = lesson.word.value;
  const first = named ?? [
    looked,
    ...(hidden
      ? []
      : ranked(cosine.subarray(looked * V, (looked + 1) * V), [looked])
          .slice(0, NEAREST)
          .map(({ word }) => word)),
  ];
  const places = of.words.map((text, w) => {
    const rank = first.indexOf(w);
    const kinds = of.kinds[w] ?? [];
    return {
      ...{ text, x: plane.x(map[2 * w] ?? 0), y: plane.y(map[2 * w + 1] ?? 0) },
      half: kinds.length === 0 ? 2 : w === looked ? 11 : kinds.length > 1 ? 9 : 6,
      ...(rank >= 0 ? { rank } : kinds.length > 0 && { rank: kinds.some(isThing) ? 50 + w : 100 + w }),
    };
  });
  const room = { left: 2, right: box.width - 2, top: 2, bottom: box.height - 2 };
  const labels = labelsOf(places, room);
  return (
    <>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('meaning.map')}>
        <rect class="wv-frame" x={1} y={1} width={box.width - 2} height={box.height - 2} />
        {arrows.map(({ from, to, dashed }) => (
          <ArrowLine key={`${from} ${to}`} from={places[from]} to={places[to]} dashed={dashed ?? false} />
        ))}
        {of.words.map((text, w) => {
          const place = places[w];
          const label = labels[w];
          const name = `wv-name${w === looked && !named ? ' looked' : ''}${first.includes(w) ? ' first' : ''}`;
          return (
            <g key={text}>
              <Mark kinds={of.kinds[w] ?? []} x={place?.x ?? 0} y={place?.y ?? 0} />
              {label && (
                <text class={name} x={label.x} y={label.y} text-anchor={label.anchor}>
                  {text}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      {of.words.map((text, w) =>
        (of.kinds[w] ?? []).length === 0 ? null : (
          <button
            type="button"
            key={text}
            class="wv-spot"
            style={{ left: `${(places[w]?.x ?? 0) / 16}rem`, top: `${(places[w]?.y ?? 0) / 16}rem` }}
            title={text}
            aria-label={text}
            aria-pressed={w === looked && !named}
            tabIndex={w === looked ? 0 : -1}
            onClick={() => lesson.set({ word: text })}
            onKeyDown={(event) => {
              const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
              if (by === undefined) return;
              event.preventDefault();
              event.stopPropagation();
              const all = of.words.flatMap((_, k) => ((of.kinds[k] ?? []).length > 0 ? [k] : []));
              const next = all[(all.indexOf(w) + by + all.length) % all.length] ?? w;
              lesson.set({ word: of.words[next] ?? text });
              const spots = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('.wv-spot');
              spots?.[all.indexOf(next)]?.focus();
            }}
          />
        ),
      )}
    </>
  );
}

function ArrowLine({ from, to, dashed }: { from: Point | undefined; to: Point | undefined; dashed: boolean }) {
  if (!from || !to) return null;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const end = { x: to.x - 9 * dx, y: to.y - 9 * dy };
  return (
    <g class={dashed ? 'wv-arrow dashed' : 'wv-arrow'}>
      <path d={`M${from.x + 8 * dx} ${from.y + 8 * dy}L${end.x} ${end.y}`} />
      <polygon
        points={`${end.x},${end.y} ${end.x - 9 * dx - 4 * dy},${end.y - 9 * dy + 4 * dx} ${end.x - 9 * dx + 4 * dy},${end.y - 9 * dy - 4 * dx}`}
      />
    </g>
  );
}
interface Point {
  x: number;
  y: number;
}

/** The nearest, with the cosine of each. */
export function Neighbours({ store, lesson }: { store: Store; lesson: Lesson }) {
  const of = lesson.meaning.value;
  const now = lesson.vectors.value;
  if (!of || !now) return null;
  const V = of.words.length;
  const word = lesson.word.value;
  const near = ranked(now.cosine.subarray(word * V, (word + 1) * V), [word]).slice(0, NEAREST);
  return (
    <div class="wv-company" {...control(store.session, 'lab.near')}>
      <p class="wv-title">{t('meaning.near', { word: of.words[word] ?? '' })}</p>
      {lesson.covered.value ? (
        <p class="small">{t('meaning.covered')}</p>
      ) : (
        <Nearest of={of} near={near} press={(word) => lesson.set({ word })} />
      )}
    </div>
  );
}

/** The vector itself. */
function Numbers({ store, lesson }: { store: Store; lesson: Lesson }) {
  const theme = useTheme(store.session.theme.value);
  const of = lesson.meaning.value;
  const now = lesson.vectors.value;
  if (!of || !now) return null;
  const word = lesson.word.value;
  const values = [...now.vectors.subarray(word * of.size, (word + 1) * of.size)];
  // of all words and all epochs: one number, one colour
  const range = niceRange(Math.max(...of.after.map(({ vectors }) => largest(vectors))));
  return (
    <div class="wv-vector" {...control(store.session, 'lab.vector')}>
      <p class="wv-title">{t('meaning.vector', { word: of.words[word] ?? '' })}</p>
      <p class="sr">{values.map((value) => fixed(value)).join(', ')}</p>
      <Cells theme={theme} values={values} range={range} />
      <SignLegend scale={{ range, was: null, kept: false }} words={t('meaning.vector.scale')} />
    </div>
  );
}
