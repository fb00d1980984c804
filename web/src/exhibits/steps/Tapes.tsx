// Both nets over one sentence: a column a word, a row a layer; each state with the number of the step after which it is
// there, and under it its operations, filled as they are done.
import { useRef } from 'preact/hooks';
import { type Box, useBox, useTheme } from '../../draw/box';
import { signShade, type Theme } from '../../draw/colour';
import { MathLabel } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { wordsOf } from '../sentence';
import { NETS, type Net, pressed } from './lab';
import { type Grid, gridOf, lengthOf, type Read, type State, standing } from './layout';
import type { Readers } from './readers';
import { vectorOf } from './symbols';

const WORDS = 32; // in rem/16, as all here
const TITLE = 22;
const LEGEND = 24;
const OPERATIONS = 6; // under a cell
const GUTTER = 58; // names of the rows, where there is room for them
const WIDE = 520;

interface Props {
  store: Store;
  readers: Readers;
  covered: boolean; // what is to come is asked for
}

export function Tapes(props: Props) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="tapes" ref={area}>
      {box && <Drawing {...props} box={box} />}
    </div>
  );
}

export const nameOfNet = (net: Net) => t(`steps.net.${net}`);

function Drawing({ store, readers, covered, box }: Props & { box: Box }) {
  const theme = useTheme(store.session.theme.value);
  const lab = readers.lab.value;
  const reads = readers.reads.value;
  const words = wordsOf(lab.text);
  const layers = Number(lab.layers);
  const now = Number(lab.step);
  const left = box.width >= WIDE ? GUTTER : 0;
  const half = (box.height - WORDS - LEGEND) / 2;
  const grids = NETS.map((_, i) =>
    gridOf(words.length, layers, {
      left,
      top: WORDS + i * half + TITLE,
      width: box.width - left,
      height: half - TITLE - OPERATIONS - 8,
    }),
  ) as [Grid, Grid];
  const [{ x, pitch }] = grids;
  const most = readers.end.value;
  const chosen = [Number(lab.from) - 1, Number(lab.to) - 1];
  if (!reads || reads.recurrent.states[0]?.length !== words.length) return null;
  return (
    <>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('steps.figure.label')}>
        {chosen.map((word, i) => (
          <rect
            key={i}
            class="f-bench"
            x={x(word) - pitch / 2 + 1}
            y={0}
            width={pitch - 2}
            height={box.height - LEGEND}
            rx={4}
          />
        ))}
        {NETS.map((net, i) => (
          <Tape
            key={net}
            read={reads[net]}
            grid={grids[i] as Grid}
            title={WORDS + i * half + 15}
            left={left}
            width={box.width}
            now={now}
            most={most}
            covered={covered}
            theme={theme}
            store={store}
          />
        ))}
        <Legend
          y={box.height - 8}
          width={box.width}
          left={left}
          most={most}
          theme={theme}
          words={words}
          chosen={chosen}
          covered={covered}
        />
      </svg>
      <fieldset class="word-row" aria-label={t('steps.words')}>
        {words.map((word, i) => (
          <button
            type="button"
            key={i}
            class="steps-word"
            style={{ left: `${(x(i) - pitch / 2 + 1) / 16}rem`, width: `${(pitch - 2) / 16}rem` }}
            aria-pressed={chosen.includes(i)}
            aria-label={t(i === chosen[0] ? 'steps.word.from' : i === chosen[1] ? 'steps.word.to' : 'steps.word', {
              word,
              at: i + 1,
            })}
            title={word}
            onClick={() => readers.set(pressed(lab, i + 1))}
          >
            {word}
          </button>
        ))}
      </fieldset>
      {NETS.map((net, i) => (
        <StateButtons
          key={net}
          readers={readers}
          read={reads[net]}
          grid={grids[i] as Grid}
          words={words}
          covered={covered}
        />
      ))}
    </>
  );
}

interface TapeProps {
  read: Read;
  grid: Grid;
  title: number; // base line
  left: number;
  width: number;
  now: number;
  most: number;
  covered: boolean;
  theme: Theme;
  store: Store;
}
function Tape({ read, grid, title, left, width, now, most, covered, theme, store }: TapeProps) {
  const { net, states, depth, way } = read;
  const wide = left > 0;
  const notation = store.session.notation.value;
  const along = covered ? null : lengthOf(read);
  const said = covered ? '' : t(along === null ? 'steps.said.none' : 'steps.said', { depth, way: along ?? 0 });
  return (
    <g>
      <text class="t13 b" x={0} y={title}>
        {nameOfNet(net)}
      </text>
      <text class="t13 t2 end" x={width} y={title}>
        {said}
      </text>
      {wide &&
        states.map((_, layer) => (
          <text key={layer} class="t12 t2 end" x={left - 8} y={grid.y(layer) + grid.height / 2 + 4}>
            {layer === 0 ? t('steps.input') : t('steps.layer', { layer })}
          </text>
        ))}
      {states
        .slice(1)
        .map((row, i) =>
          row.map((state) => (
            <Wires key={`${i} ${state.word}`} net={net} grid={grid} layer={i + 1} word={state.word} of={row.length} />
          )),
        )}
      {!covered && way && <Way grid={grid} way={way} net={net} />}
      {states.map((row) =>
        row.map((state) =>
          state.layer === 0 ? (
            <g key={state.word}>
              <rect
                class="f-paper"
                style={{ stroke: 'var(--edge)', strokeWidth: 1.5 }}
                x={grid.x(state.word) - grid.width / 2}
                y={grid.y(0)}
                width={grid.width}
                height={grid.height}
                rx={2}
              />
              <MathLabel
                x={grid.x(state.word)}
                y={grid.y(0) + grid.height / 2 + 5}
                tex={vectorOf(state.word, notation)}
                size={grid.width < 40 ? 12 : 15}
              />
            </g>
          ) : (
            <Cell
              key={`${state.layer} ${state.word}`}
              state={state}
              grid={grid}
              now={now}
              most={most}
              covered={covered}
              theme={theme}
            />
          ),
        ),
      )}
    </g>
  );
}

function Cell({
  state,
  grid,
  now,
  most,
  covered,
  theme,
}: { state: State } & Pick<TapeProps, 'grid' | 'now' | 'most' | 'covered' | 'theme'>) {
  const { width, height } = grid;
  const [x, y] = [grid.x(state.word) - width / 2, grid.y(state.layer)];
  const stands = standing(state, now);
  const there = state.step <= now;
  const shade = signShade(theme, state.step, Math.max(1, most));
  const each = width / Math.max(1, state.operations.length);
  const number = there || !covered ? String(state.step) : '?';
  return (
    <g class={`state ${stands}`}>
      <rect
        class={there ? undefined : stands === 'now' ? 'f-paper' : 'f-paper still'}
        x={x}
        y={y}
        width={width}
        height={height}
        rx={2}
        style={there ? { fill: shade.fill } : undefined}
      />
      {stands === 'now' && <rect class="now-frame" x={x} y={y} width={width} height={height} rx={2} />}
      <text
        class={`t14 mid num${there ? ' b' : ' t3'}`}
        x={x + width / 2}
        y={y + height / 2 + 5}
        style={there ? { fill: shade.ink } : undefined}
      >
        {number}
      </text>
      {state.operations.map(({ node, step }, i) => (
        <rect
          key={node}
          class={step > now ? 'f-rule' : step === now ? 'f-ink' : 'f-edge'}
          x={x + i * each}
          y={y + height + 3}
          width={Math.max(1, each - 1)}
          height={4}
        />
      ))}
    </g>
  );
}

/** What a state is made from: the one below and the one before, or all below. */
function Wires({ net, grid, layer, word, of }: { net: Net; grid: Grid; layer: number; word: number; of: number }) {
  const bottom = grid.y(layer) + grid.height + OPERATIONS + 2;
  const below = grid.y(layer - 1);
  const x = grid.x(word);
  if (net === 'attention')
    return (
      <path
        class="wire all"
        d={Array.from({ length: of }, (_, from) => `M${grid.x(from)} ${below}L${x} ${bottom}`).join('')}
      />
    );
  const middle = grid.y(layer) + grid.height / 2;
  const before = word > 0 ? `M${grid.x(word - 1) + grid.width / 2} ${middle}H${x - grid.width / 2}` : '';
  return <path class="wire" d={`M${x} ${below}V${bottom}${before}`} />;
}

function Way({ grid, way, net }: { grid: Grid; way: [number, number][]; net: Net }) {
  const d = way.slice(1).map(([layer, word], i) => {
    const [fromLayer, from] = way[i] as [number, number];
    if (fromLayer === layer) {
      const y = grid.y(layer) + grid.height / 2;
      return `M${grid.x(from) + grid.width / 2} ${y}H${grid.x(word) - grid.width / 2}`;
    }
    return `M${grid.x(from)} ${grid.y(fromLayer)}L${grid.x(word)} ${grid.y(layer) + grid.height + OPERATIONS + 2}`;
  });
  return <path class="wire hot" data-way={net} d={d.join('')} />;
}

interface LegendProps {
  y: number;
  width: number;
  left: number;
  most: number;
  theme: Theme;
  words: string[];
  chosen: number[];
  covered: boolean;
}
function Legend({ y, width, left, most, theme, words, chosen, covered }: LegendProps) {
  const bar = 56;
  const at = left > 0 ? 152 : 84;
  const [from = 0, to = 0] = chosen;
  const way = t('steps.legend.way', { from: words[from] ?? '', to: words[to] ?? '' });
  return (
    <g class="t12">
      <text class="t12 t2" x={0} y={y}>
        {t(left > 0 ? 'steps.legend.step' : 'steps.legend.step.short')}
      </text>
      <text class="t12 num end" x={at} y={y}>
        1
      </text>
      {Array.from({ length: 14 }, (_, i) => (
        <rect
          key={i}
          x={at + 5 + (i * bar) / 14}
          y={y - 9}
          width={bar / 14 + 0.3}
          height={10}
          style={{ fill: signShade(theme, (i + 0.5) / 14, 1).fill }}
        />
      ))}
      <text class="t12 num" x={at + bar + 9} y={y}>
        {covered ? '?' : most}
      </text>
      {left > 0 && (
        <>
          <rect class="f-paper still" x={at + 106} y={y - 10} width={18} height={12} />
          <text class="t12 t2" x={at + 129} y={y}>
            {t('steps.legend.ahead')}
          </text>
        </>
      )}
      {!covered && (
        <>
          <text class="t12 t2 end" x={width} y={y}>
            {way}
          </text>
          <path class="wire hot" d={`M${width - way.length * 6.3 - 30} ${y - 4}h22`} />
        </>
      )}
    </g>
  );
}

/** The states by keyboard and finger: one stop a net, arrows go from state to state. */
function StateButtons({
  readers,
  read,
  grid,
  words,
  covered,
}: {
  readers: Readers;
  read: Read;
  grid: Grid;
  words: string[];
  covered: boolean;
}) {
  const list = useRef<HTMLFieldSetElement>(null);
  const lab = readers.lab.value;
  const [net, layerText, wordText] = lab.cell.split('.');
  const now = Number(lab.step);
  const layers = read.states.length - 1;
  const mine = net === read.net;
  const stop = {
    layer: mine ? Math.min(layers, Number(layerText)) : 1,
    word: mine ? Math.min(words.length, Number(wordText)) - 1 : 0,
  };
  const choose = ({ layer, word, operations }: State) =>
    readers.set({
      cell: `${read.net}.${layer}.${word + 1}.${operations.at(-1)?.name ?? ''}`,
      ...(covered ? {} : { side: 'values' }),
    });
  const move = (layer: number, word: number) => {
    const state = read.states[layer]?.[word];
    if (!state || layer < 1) return;
    choose(state);
    list.current?.querySelector<HTMLElement>(`[data-state="${layer}.${word}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, { layer, word }: State) => {
    const to: Record<string, [number, number]> = {
      ArrowLeft: [layer, word - 1],
      ArrowRight: [layer, word + 1],
      ArrowUp: [layer + 1, word],
      ArrowDown: [layer - 1, word],
    };
    const next = to[event.key];
    if (!next || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    move(...next);
  };
  const said = (state: State) => {
    const slots = { net: nameOfNet(read.net), layer: state.layer, word: words[state.word] ?? '', step: state.step };
    if (state.step <= now) return t('steps.state.done', slots);
    return t(covered ? 'steps.state.covered' : 'steps.state.ahead', slots);
  };
  return (
    <fieldset class="state-buttons" aria-label={t('steps.states', { net: nameOfNet(read.net) })} ref={list}>
      {read.states.slice(1).map((row) =>
        row.map((state) => (
          <button
            type="button"
            key={`${state.layer}.${state.word}`}
            class="state-button"
            data-state={`${state.layer}.${state.word}`}
            style={{
              left: `${(grid.x(state.word) - grid.width / 2) / 16}rem`,
              top: `${grid.y(state.layer) / 16}rem`,
              width: `${grid.width / 16}rem`,
              height: `${(grid.height + OPERATIONS + 2) / 16}rem`,
            }}
            tabIndex={state.layer === stop.layer && state.word === stop.word ? 0 : -1}
            aria-pressed={mine && state.layer === stop.layer && state.word === stop.word}
            aria-label={said(state)}
            onClick={() => choose(state)}
            onKeyDown={(event) => onKeyDown(event, state)}
          />
        )),
      )}
    </fieldset>
  );
}
