// The tree of all that a search looked at: at each step the likeliest continuations are kept, the others cut; under each
// how likely the words up to it are.
import { useRef } from 'preact/hooks';
import { type Box, useBox } from '../../draw/box.ts';
import { fixed } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import { Twin } from '../../stage/Twin.tsx';
import { bare, cut, tokenText } from '../../stage/tokens.ts';
import { type Placed, type Tree as Placing, pathTo, tokensOf, treeOf } from './tree.ts';
import { fateSaid, type Searched, said, spoken } from './words.ts';
import './search.css';

const LANE = 38; // least height of a place, in rem/16
const COLUMN = 54; // least width
const SPARE = 3; // places for what was cut, where there is room
const CHIP = 22;

interface TreeProps {
  found: Searched;
  vocabulary: string[];
  width: number;
  /** The node that is looked at. */
  open: number;
  /** As it was after so many steps; without: at its end. */
  at?: number;
  onOpen(node: number): void;
  /** The node under the pointer; null: none. */
  onPoint?(node: number | null): void;
}

export function Tree({ found, width, at, ...rest }: TreeProps) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const room = box ? Math.floor(box.height / LANE) : width;
  const lanes = Math.max(width, Math.min(width + SPARE, room));
  const tree = treeOf(found.beam, tokensOf(found.greedy, found.greedy.best), lanes, at);
  return (
    <div class="search-tree" ref={area}>
      {box && <Wood found={found} tree={tree} box={box} lanes={lanes} {...rest} />}
    </div>
  );
}

const fate = ({ node, found, greedy, dead }: Placed): string =>
  [node.fate === 'cut' ? 'is-cut' : dead ? 'is-dead' : 'is-kept', found && 'is-found', greedy && 'is-greedy']
    .filter(Boolean)
    .join(' ');

interface WoodProps extends Omit<TreeProps, 'width' | 'at'> {
  tree: Placing;
  box: Box;
  lanes: number;
}
/** Wires, and over them a button for each beginning: one stop for the keyboard, arrows go along the tree. */
function Wood({ found, vocabulary, tree, open, box, lanes, onOpen, onPoint }: WoodProps) {
  const list = useRef<HTMLFieldSetElement>(null);
  const { nodes } = found.beam;
  const text = tokenText(vocabulary);
  const column = Math.max(COLUMN, (box.width - 16) / Math.max(1, tree.steps));
  const lane = Math.max(LANE, (box.height - 18) / (lanes + 0.2));
  const width = column * tree.steps + 16;
  const height = lane * lanes + 18;
  const x = (step: number) => 16 + column * (step - 0.5);
  const y = (at: number) => lane * at + CHIP / 2 + 4;
  const wide = column - 18;
  const at = new Map(tree.placed.map((one) => [one.index, one]));
  const stop = at.has(open) ? open : tree.placed[0]?.index;
  const choose = (index: number) => {
    onOpen(index);
    list.current?.querySelector<HTMLElement>(`[data-node="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, { index, node, step, lane: row }: Placed) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const beside = (by: number) => tree.placed.find((one) => one.step === step && one.lane === row + by)?.index;
    const next = {
      ArrowLeft: node.parent < 0 ? undefined : node.parent,
      ArrowRight: tree.placed.find((one) => one.node.parent === index)?.index,
      ArrowUp: beside(-1),
      ArrowDown: beside(1),
    }[event.key];
    if (!/^Arrow/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== undefined) choose(next);
  };
  const curve = ({ node, step, lane: row }: Placed) => {
    const parent = at.get(node.parent);
    const [x0, y0] = parent ? [x(parent.step) + wide / 2, y(parent.lane)] : [2, y(0)];
    const [x1, y1] = [x(step) - wide / 2, y(row)];
    const bend = (x1 - x0) / 2;
    return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
  };
  return (
    <div class="wood" style={{ width: `${width / 16}rem`, height: `${height / 16}rem` }}>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {tree.placed.map((one) => (
          <path
            key={one.index}
            class={`wire ${one.found ? 'hot' : fate(one).startsWith('is-kept') ? '' : 'off'}`}
            d={curve(one)}
          />
        ))}
        {tree.more.map((count, step) =>
          count > 0 ? (
            <text key={step} class="t12 t3 mid" x={x(step)} y={height - 5}>
              {t('search.more', { count })}
            </text>
          ) : null,
        )}
      </svg>
      <fieldset aria-label={t('search.tree')} ref={list} onPointerLeave={() => onPoint?.(null)}>
        {tree.placed.map((one) => {
          const { index, node, step, lane: row } = one;
          const word = bare(text(node.token));
          return (
            <button
              type="button"
              key={index}
              data-node={index}
              class={`leaf ${fate(one)}`}
              style={{
                left: `${(x(step) - wide / 2) / 16}rem`,
                top: `${(y(row) - CHIP / 2) / 16}rem`,
                width: `${wide / 16}rem`,
              }}
              tabIndex={index === stop ? 0 : -1}
              aria-pressed={index === open}
              aria-label={t('search.leaf', {
                way: said(vocabulary, tokensOf({ nodes }, index)),
                sum: fixed(node.total, 2),
                fate: fateSaid(one),
              })}
              onClick={() => onOpen(index)}
              onPointerEnter={() => onPoint?.(index)}
              onKeyDown={(event) => onKeyDown(event, one)}
            >
              <span class="word">{cut(word, Math.max(3, Math.floor((wide - 8) / 7.6)))}</span>
              <span class="num total">{fixed(node.total, 2)}</span>
            </button>
          );
        })}
      </fieldset>
    </div>
  );
}

interface Told {
  found: Searched;
  vocabulary: string[];
}

/** What was found, what always taking the likeliest comes to, and what is right. there: the search has come to its end. */
export function Outcome({ found, vocabulary, there = true }: Told & { there?: boolean }) {
  const { beam, greedy, right } = found;
  const ways = [
    { name: t('search.found'), of: beam, line: 'found' },
    { name: t('search.greedy'), of: greedy, line: 'greedy' },
  ] as const;
  return (
    <dl class="search-outcome" data-update={found.step}>
      {ways.map(({ name, of, line }) => {
        const words = spoken(vocabulary, tokensOf(of, of.best));
        const node = of.nodes[of.best];
        return (
          <div key={line}>
            <dt>
              <span class={`search-chip is-${line}`} aria-hidden="true" /> {name}
            </dt>
            <dd class={there ? '' : 'ahead'}>
              <b class="mono">{words}</b> <span class="num">{fixed(node?.total ?? 0, 2)}</span>{' '}
              {right && <span class="dim">{t(words === right ? 'search.is.right' : 'search.is.wrong')}</span>}
            </dd>
          </div>
        );
      })}
      {right && (
        <div>
          <dt>{t('search.right')}</dt>
          <dd class="mono">{right}</dd>
        </div>
      )}
    </dl>
  );
}

/** The beginning that is looked at, in numbers. */
export function Look({ found: { beam }, vocabulary, open }: Told & { open: number }) {
  const node = beam.nodes[open];
  if (!node) return null;
  return (
    <p class="small search-look" role="status">
      <b class="mono">{said(vocabulary, tokensOf(beam, open))}</b>{' '}
      {t('search.look', {
        sum: pathTo(beam.nodes, open)
          .map((index) => fixed(beam.nodes[index]?.logProbability ?? 0, 2))
          .join(' '),
        total: fixed(node.total, 2),
        score: fixed(node.score, 2),
        fate: t(`search.fate.${node.fate}`),
      })}
    </p>
  );
}

export function Legend() {
  return (
    <ul class="search-legend small dim" aria-hidden="true">
      {(['found', 'kept', 'dead', 'cut', 'greedy'] as const).map((of) => (
        <li key={of}>
          <span class={`search-chip is-${of}`} /> {t(`search.legend.${of}`)}
        </li>
      ))}
      <li>{t('search.legend.sum')}</li>
    </ul>
  );
}

/** All that was looked at, what has no place in the drawing too. */
export function Table({ found, vocabulary, at }: Told & { at?: number }) {
  const { beam, greedy } = found;
  const tree = treeOf(beam, tokensOf(greedy, greedy.best), Number.POSITIVE_INFINITY, at);
  return (
    <Twin
      caption={t('search.tree')}
      update={found.step}
      head={['beginning', 'step', 'log', 'total', 'score', 'fate'].map((key) => t(`search.head.${key as 'step'}`))}
      rows={tree.placed.map((one) => [
        said(vocabulary, tokensOf(beam, one.index)),
        String(one.step),
        fixed(one.node.logProbability, 3),
        fixed(one.node.total, 3),
        fixed(one.node.score, 3),
        fateSaid(one),
      ])}
    />
  );
}
