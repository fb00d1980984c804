// The LSTM and the GRU at the same token: what does the same work stands in one row.
import { useSignalEffect } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { WalkSchema } from '../../../../wasm/bridge/protocol';
import { Words } from '../../components/Words';
import { useTheme } from '../../draw/box';
import { signShade, type Theme } from '../../draw/colour';
import { cell as figures, largest, niceRange, rangeText, tightRange } from '../../draw/format';
import { M } from '../../draw/Math';
import type { Held } from '../../draw/scales';
import { type Shared, shared } from '../../figures/shared';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Notation } from '../../session/types';
import { Was } from '../../stage/Legend';
import { bare, tokenText } from '../../stage/tokens';
import { arrives, createBoth, KINDS, type Kind, nodeOf, type Read, ROWS, type Row } from './both';
import { symbolOf } from './symbols';

const MEMORY = ['past', 'kept', 'memory']; // of an LSTM without a bound
const ENDS = ['kept', 'written', 'memory']; // a rule under these: one thought is over

function symbolFor(row: Row, kind: Kind, time: number, notation: Notation): string {
  const lstm = kind === 'lstm';
  const before = symbolOf(lstm ? 'c' : 'h', time - 1, notation);
  const letters = {
    past: before,
    keep: symbolOf(lstm ? 'f' : 'z', time, notation),
    kept: `\\a{${lstm ? 'f' : 'z'}}∘${before}`,
    write: lstm ? symbolOf('i', time, notation) : `1−${symbolOf('z', time, notation)}`,
    new: symbolOf(lstm ? 'g' : 'n', time, notation),
    written: lstm ? '\\a{i}∘\\a{g}' : '(1−\\a{z})∘\\a{n}',
    memory: symbolOf(lstm ? 'c' : 'h', time, notation),
    look: symbolOf(lstm ? 'o' : 'r', time, notation),
    state: symbolOf('h', time, notation),
  };
  return letters[row.id];
}

/** Where one stands: of the network on screen, whichever of the two it is. */
interface Stand {
  walk: WalkSchema;
  kind: Kind;
  time: number;
  position: number;
  back: boolean;
}
export function Both({ store }: { store: Store }) {
  const { session } = store;
  const both = useMemo(() => createBoth(store.spawn), [store]);
  useEffect(() => both.dispose, [both]);
  useSignalEffect(() => {
    if (session.text.value !== '') both.ask(session.text.value);
  });
  const theme = useTheme(session.theme.value);
  const read = both.read.value;
  const walk = session.schema.value;
  const problem = both.problem.value;
  if (problem) {
    return (
      <div class="panel lstm-both">
        <div class="notice" role="alert">
          <span>
            <Words>{t('lstm.both.problem', { message: problem.message })}</Words>
          </span>
        </div>
      </div>
    );
  }
  // While another text is on its way the two are not of one text.
  if (!read || !walk || read.lstm.walk.text !== walk.text) return <div class="panel lstm-both" />;
  const position = session.position.value;
  const token = session.token.value;
  const stand: Stand = {
    walk,
    kind: session.run.value?.settings.model === 'gru_lm' ? 'gru' : 'lstm',
    time: token > 0 ? token : position === 0 ? 1 : walk.tokens.length,
    position,
    back: position > walk.forward,
  };
  return <Cells store={store} read={read} stand={stand} theme={theme} />;
}

/** Ends of the colour scales: of the whole text, so that they stay while one walks. */
function scalesOf(read: Record<Kind, Read>, scale: Shared['scale']) {
  const all = (which: 'values' | 'grads') => KINDS.map((kind) => read[kind][which].flat().map(largest));
  return {
    memory: scale('cell', tightRange(Math.max(...all('values').flat()))),
    gradient: scale('both gradient', niceRange(Math.max(...all('grads').flat()))),
  };
}

interface CellsProps {
  store: Store;
  read: Record<Kind, Read>;
  stand: Stand;
  theme: Theme;
}
function Cells({ store, read, stand, theme }: CellsProps) {
  const { session } = store;
  const { walk, kind: own, time, position, back } = stand;
  const notation = session.notation.value;
  const scales = scalesOf(read, shared(session).scale);
  const operation = session.operation.value;
  const now = operation && 'node' in operation ? operation.node : -1;
  const text = tokenText(session.run.value?.vocabulary ?? []);
  const letter = bare(text(walk.tokens[time - 1] ?? -1));
  const range = (row: Row) => (back ? scales.gradient.range : MEMORY.includes(row.id) ? scales.memory.range : 1);
  const cells = (kind: Kind, row: number) => read[kind][back ? 'grads' : 'values'][time - 1]?.[row];
  const width = (kind: Kind) => read[kind].values[time - 1]?.[0]?.length ?? 0;
  return (
    <div class="panel lstm-both">
      <p id="lstm-both">
        <b>{t('lstm.both.at', { step: time, letter })}</b>{' '}
        <span class="dim">{t(back ? 'lstm.both.back' : 'lstm.both.forward')}</span>
      </p>
      <table class="lstm-pair num" aria-labelledby="lstm-both">
        <colgroup>
          <col class="for-words" />
          {KINDS.map((kind) => (
            <Fragment key={kind}>
              <col class="for-symbols" />
              <col span={width(kind)} />
            </Fragment>
          ))}
        </colgroup>
        <thead class="head">
          <tr>
            <td class="corner" />
            {KINDS.map((kind) => (
              <th key={kind} scope="colgroup" colSpan={1 + width(kind)} class="nets">
                {t(`lstm.both.${kind}`)} <span class="as dim">{t(`lstm.both.${kind}.what`)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="body">
          {ROWS.map((row, i) => {
            const at = arrives(walk, own, row, time, back);
            const there = position >= at;
            const here = there && nodeOf(walk, own, row, time)?.id === now;
            return (
              <tr key={row.id} class={ENDS.includes(row.id) ? 'end' : ''} aria-current={here ? 'step' : undefined}>
                <th scope="row" class="what">
                  <button
                    type="button"
                    class="btn link"
                    disabled={!Number.isFinite(at)}
                    onClick={() => session.goto(at)}
                  >
                    {t(back && row.id === 'past' ? 'lstm.both.past.back' : `lstm.both.${row.id}`)}
                  </button>
                </th>
                {KINDS.map((kind) => (
                  <Half
                    key={kind}
                    kind={kind}
                    tex={symbolFor(row, kind, time, notation)}
                    now={here}
                    numbers={there ? cells(kind, i) : undefined}
                    count={width(kind)}
                    digits={back ? 3 : 2}
                    range={range(row)}
                    theme={theme}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="lstm-both-legend legend small">
        {back ? (
          <Scale words={t('lstm.both.scale.gradient')} scale={scales.gradient} />
        ) : (
          <>
            <span>
              {t('lstm.both.scale.gates')} <span class="num">0</span> <i class="ramp half" aria-hidden="true" />{' '}
              <span class="num">1</span>
            </span>
            <Scale words={t('lstm.both.scale.memory')} scale={scales.memory} />
            <Scale words={t('lstm.both.scale.rest')} scale={{ range: 1, was: null, kept: false }} />
          </>
        )}
        <span class="dim">{t('lstm.both.note')}</span>
      </p>
    </div>
  );
}

function Scale({ words, scale }: { words: string; scale: Held }) {
  const end = scale.range;
  return (
    <span>
      {words} <span class="num">−{rangeText(end)}</span> <i class="ramp" aria-hidden="true" />{' '}
      <span class="num">+{rangeText(end)}</span> <Was scale={scale} />
    </span>
  );
}

interface HalfProps {
  kind: Kind;
  tex: string;
  now: boolean;
  numbers: Float32Array | undefined;
  count: number;
  digits: number;
  range: number;
  theme: Theme;
}
function Half({ kind, tex, now, numbers, count, digits, range, theme }: HalfProps) {
  return (
    <>
      <th scope="row" class={`symbol ${kind}`}>
        <span class="net">{t(`lstm.both.${kind}`)}</span> <M tex={tex} now={now} />
      </th>
      {Array.from({ length: count }, (_, unit) => {
        const value = numbers?.[unit];
        if (value === undefined) {
          return (
            <td key={unit} class={`cell ahead ${kind}`}>
              <span class="sr">{t('lstm.both.ahead')}</span>
            </td>
          );
        }
        const shade = signShade(theme, value, range);
        return (
          <td key={unit} class={`cell ${kind}`} style={{ background: shade.fill, color: shade.ink }}>
            {figures(value, digits)}
          </td>
        );
      })}
    </>
  );
}
