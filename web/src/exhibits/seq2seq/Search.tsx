// The search for what to write: at each step the likeliest continuations are kept, the others cut. The tree of all that
// was looked at, with how likely each beginning is.
import { useRef } from 'preact/hooks';
import type { Beam } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { type Box, useBox } from '../../draw/box';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import { bare, cut, tokenText } from '../../stage/tokens';
import { useAsked } from '../asked';
import { Problem } from './asked';
import { type Lab, labOf, MOST_NORMALISATION, WIDTHS } from './lab';
import { type Placed, pathTo, type Tree, tokensOf, treeOf } from './tree';

interface Found {
  step: number; // the update
  beam: Beam;
  greedy: Beam;
  right: string | null; // null: nobody knows
}

export function Search({ store }: { store: Store }) {
  const { session } = store;
  const lab = labOf(store.lab.value);
  const { text } = session;
  const source = text.value;
  const { width, normalisation } = lab;
  const { now, problem } = useAsked<Found>(store, JSON.stringify([source, width, normalisation]), async () => {
    const { bridge } = session;
    const [beam, greedy, right] = await Promise.all([
      bridge.call('beam', { text: source, width, normalisation }),
      bridge.call('beam', { text: source, width: 1, normalisation }),
      bridge.call('answer', { text: source }),
    ]);
    const known = source === store.exhibit.text ? store.exhibit.target : null; // the exhibit says so itself
    return { step: beam.step, beam, greedy, right: right ? spoken(store, right.tokens) : (known ?? null) };
  });
  const found = now.value;
  return (
    <div class="panel seq2seq-panel">
      <Settings store={store} lab={lab} />
      <Problem of={problem} />
      {found && <Outcome store={store} found={found} />}
      {found && <Drawn store={store} found={found} lab={lab} />}
    </div>
  );
}

function Settings({ store, lab }: { store: Store; lab: Lab }) {
  const set = (change: Record<string, string>) => {
    const { node: _, ...rest } = store.lab.peek();
    store.lab.value = { ...rest, ...change };
  };
  return (
    <div class="seq2seq-tools">
      <fieldset class="seg" aria-label={t('seq2seq.width')} {...control(store.session, 'lab.width')}>
        <legend class="seg-name">{t('seq2seq.width')}</legend>
        {WIDTHS.map((width) => (
          <button
            type="button"
            key={width}
            aria-pressed={lab.width === width}
            title={t(width === 1 ? 'seq2seq.width.greedy' : 'seq2seq.width.of', { width })}
            onClick={() => set({ width: String(width) })}
          >
            {width}
          </button>
        ))}
      </fieldset>
      <label class="seq2seq-vector" {...control(store.session, 'lab.normalisation')}>
        <span>{t('seq2seq.normalisation')}</span>
        <input
          type="range"
          min={0}
          max={MOST_NORMALISATION}
          step={0.1}
          value={lab.normalisation}
          aria-valuetext={fixed(lab.normalisation, 1)}
          onInput={(event) => set({ norm: String(Number(event.currentTarget.value)) })}
        />
        <output class="num">{fixed(lab.normalisation, 1)}</output>
      </label>
    </div>
  );
}

const said = (store: Store, tokens: readonly number[]): string => {
  const text = tokenText(store.session.run.value?.vocabulary ?? []);
  return tokens.map((token) => bare(text(token))).join(' ');
};
const spoken = (store: Store, written: readonly number[]): string => {
  const { vocabulary = [] } = store.session.run.value ?? {};
  const ended = vocabulary[written.at(-1) ?? -1] === '<end>';
  return said(store, ended ? written.slice(0, -1) : written);
};

/** What was found, what always taking the likeliest comes to, and what is right. */
function Outcome({ store, found }: { store: Store; found: Found }) {
  const { beam, greedy, right } = found;
  const ways = [
    { name: t('seq2seq.found'), of: beam, line: 'found' },
    { name: t('seq2seq.greedy'), of: greedy, line: 'greedy' },
  ] as const;
  return (
    <dl class="seq2seq-outcome" data-update={found.step}>
      {ways.map(({ name, of, line }) => {
        const words = spoken(store, tokensOf(of, of.best));
        const node = of.nodes[of.best];
        return (
          <div key={line}>
            <dt>
              <span class={`seq2seq-chip is-${line}`} aria-hidden="true" /> {name}
            </dt>
            <dd>
              <b class="mono">{words}</b> <span class="num">{fixed(node?.total ?? 0, 2)}</span>{' '}
              {right && <span class="dim">{t(words === right ? 'seq2seq.is.right' : 'seq2seq.is.wrong')}</span>}
            </dd>
          </div>
        );
      })}
      {right && (
        <div>
          <dt>{t('seq2seq.right')}</dt>
          <dd class="mono">{right}</dd>
        </div>
      )}
    </dl>
  );
}

const LANE = 38; // least height of a place, in rem/16
const COLUMN = 54; // least width
const SPARE = 3; // places for what was cut, where there is room
const CHIP = 22;

function Drawn({ store, found, lab }: { store: Store; found: Found; lab: Lab }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const room = box ? Math.floor(box.height / LANE) : lab.width;
  const lanes = Math.max(lab.width, Math.min(lab.width + SPARE, room));
  const tree = treeOf(found.beam, tokensOf(found.greedy, found.greedy.best), lanes);
  const open = found.beam.nodes[lab.node ?? -1] ? (lab.node as number) : found.beam.best;
  return (
    <>
      <div class="seq2seq-tree" ref={area}>
        {box && <Wood store={store} found={found} tree={tree} open={open} box={box} lanes={lanes} />}
      </div>
      <Look store={store} beam={found.beam} open={open} />
      <Legend />
      <Table store={store} found={found} />
    </>
  );
}

const fate = ({ node, found, greedy, dead }: Placed): string =>
  [node.fate === 'cut' ? 'is-cut' : dead ? 'is-dead' : 'is-kept', found && 'is-found', greedy && 'is-greedy']
    .filter(Boolean)
    .join(' ');

interface WoodProps {
  store: Store;
  found: Found;
  tree: Tree;
  open: number;
  box: Box;
  lanes: number;
}
/** Wires, and over them a button for each beginning: one stop for the keyboard, arrows go along the tree. */
function Wood({ store, found, tree, open, box, lanes }: WoodProps) {
  const list = useRef<HTMLFieldSetElement>(null);
  const { nodes } = found.beam;
  const text = tokenText(store.session.run.value?.vocabulary ?? []);
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
    store.setLab('node', String(index));
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
              {t('seq2seq.more', { count })}
            </text>
          ) : null,
        )}
      </svg>
      <fieldset aria-label={t('seq2seq.tree')} ref={list}>
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
              aria-label={t('seq2seq.leaf', {
                way: said(store, tokensOf({ nodes }, index)),
                sum: fixed(node.total, 2),
                fate: fateSaid(one),
              })}
              onClick={() => store.setLab('node', String(index))}
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

const fateSaid = ({ node, found, greedy }: Pick<Placed, 'node' | 'found' | 'greedy'>): string =>
  [t(`seq2seq.fate.${node.fate}`), found && t('seq2seq.found.way'), greedy && t('seq2seq.greedy.way')]
    .filter(Boolean)
    .join(', ');

/** The beginning that is looked at, in numbers. */
function Look({ store, beam, open }: { store: Store; beam: Beam; open: number }) {
  const node = beam.nodes[open];
  if (!node) return null;
  return (
    <p class="small seq2seq-look" role="status">
      <b class="mono">{said(store, tokensOf(beam, open))}</b>{' '}
      {t('seq2seq.look', {
        sum: pathTo(beam.nodes, open)
          .map((index) => fixed(beam.nodes[index]?.logProbability ?? 0, 2))
          .join(' '),
        total: fixed(node.total, 2),
        score: fixed(node.score, 2),
        fate: t(`seq2seq.fate.${node.fate}`),
      })}
    </p>
  );
}

function Legend() {
  return (
    <ul class="seq2seq-legend small dim" aria-hidden="true">
      {(['found', 'kept', 'dead', 'cut', 'greedy'] as const).map((of) => (
        <li key={of}>
          <span class={`seq2seq-chip is-${of}`} /> {t(`seq2seq.legend.${of}`)}
        </li>
      ))}
      <li>{t('seq2seq.legend.sum')}</li>
    </ul>
  );
}

/** All that was looked at, what has no place in the drawing too. */
function Table({ store, found }: { store: Store; found: Found }) {
  const { beam, greedy } = found;
  const tree = treeOf(beam, tokensOf(greedy, greedy.best), Number.POSITIVE_INFINITY);
  return (
    <Twin
      caption={t('seq2seq.tree')}
      update={found.step}
      head={['beginning', 'step', 'log', 'total', 'score', 'fate'].map((key) => t(`seq2seq.head.${key as 'step'}`))}
      rows={tree.placed.map((one) => [
        said(store, tokensOf(beam, one.index)),
        String(one.step),
        fixed(one.node.logProbability, 3),
        fixed(one.node.total, 3),
        fixed(one.node.score, 3),
        fateSaid(one),
      ])}
    />
  );
}
