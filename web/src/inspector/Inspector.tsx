import { useEffect, useMemo, useRef } from 'preact/hooks';
import { control } from '../components/control.ts';
import { useTheme } from '../draw/box.ts';
import { fixed, plain, result } from '../draw/format.ts';
import { M } from '../draw/Math.tsx';
import { drawnFrame, shared } from '../figures/shared.ts';
import { type Key, t } from '../i18n/index.ts';
import type { FrameView, Session, View, Wanted } from '../session/types.ts';
import { stopOf } from '../stage/stops.ts';
import { cells, gradientState, hasValue } from '../stage/tape.ts';
import { tokenText } from '../stage/tokens.ts';
import type { Inspected } from './context.ts';
import { GradientView } from './GradientView.tsx';
import { kept } from './held.ts';
import './inspector.css';
import { shapeText } from './subject.ts';
import { TableView } from './TableView.tsx';
import { UpdateView } from './UpdateView.tsx';
import { ValueView } from './ValueView.tsx';

const VIEWS: View[] = ['value', 'gradient', 'table'];
const TITLES: Record<string, Key> = {
  embedding: 'inspector.op.embedding',
  matmul: 'inspector.op.matmul',
  add: 'inspector.op.add',
  tanh: 'inspector.op.activation',
  sigmoid: 'inspector.op.activation',
  relu: 'inspector.op.activation',
  softmax: 'inspector.op.softmax',
  nll: 'inspector.op.nll',
  mean_loss: 'inspector.op.mean',
  flatten: 'inspector.op.flatten',
  gate: 'inspector.op.gate',
  mul: 'inspector.op.mul',
  one_minus: 'inspector.op.one-minus',
  slice: 'inspector.op.slice',
  concat: 'inspector.op.concat',
  reverse: 'inspector.op.reverse',
  last: 'inspector.op.last',
  cross_entropy: 'inspector.op.nll',
  squared_error: 'inspector.op.squared',
  rnn: 'inspector.op.layer',
  lstm: 'inspector.op.layer',
  gru: 'inspector.op.layer',
};

function title({ kind, anatomy, node }: Inspected, updating: boolean): string {
  if (updating) return t('inspector.op.update');
  if (node.role === 'parameter') return t('inspector.op.parameter');
  const key = TITLES[node.op];
  return kind.title?.(anatomy, node) ?? (key ? t(key as 'inspector.op.matmul') : t('inspector.op.input'));
}

function clipWords(frame: FrameView, limit: number): string {
  const norm = t('inspector.clip.words', { norm: plain(frame.gradNorm, 3) });
  const scale =
    limit > 0 ? t('inspector.clip.limit', { limit, scale: fixed(frame.clipScale, 3) }) : t('inspector.clip.none');
  return `${norm} ${scale}`;
}

/** What a cell is, where it comes from, and where it goes: formula, numbers, picture, table. */
export function Inspector({ session }: { session: Session }) {
  const picture = shared(session).picture.value;
  const a = picture?.anatomy ?? null;
  const schema = session.schema.value;
  const drawn = drawnFrame(session);
  const frame = useMemo(() => drawn && kept(drawn), [drawn]);
  const theme = useTheme(session.theme.value);
  const vocabulary = session.run.value?.vocabulary;
  const text = useMemo(() => tokenText(vocabulary ?? []), [vocabulary]);
  const at = session.hover.value ?? session.focus.value;
  const node = a && at ? a.node(at.node) : null;
  const view = session.view.value;
  const update =
    schema && node && frame && frame.position > 2 * schema.forward
      ? schema.updates.find((u) => u.node === node.id && u.position <= frame.position)
      : undefined;
  const updating = !!update && view !== 'table';

  const id = node?.id;
  const lines = update?.lines.length ?? 0;
  useEffect(() => {
    if (!a || id === undefined) return;
    const target = a.node(id);
    const beside = a.stops[stopOf(a.stops, target)]?.nodes ?? [];
    const wanted: Wanted[] = [id, ...target.inputs, ...beside.map((o) => o.id)].map((n) => ({
      node: n,
      what: 'value',
    }));
    if (target.gradient) wanted.push({ node: id, what: 'grad' });
    for (let line = 0; line < lines; line++) wanted.push({ node: id, what: { line } });
    return session.want(wanted);
  }, [a, id, lines, session]);

  const last = useRef<Shown | null>(null);
  if (picture && a && schema && frame && node && at) {
    const cell = Math.min(at.cell, cells(node) - 1);
    const known = session.explanation.value;
    const direction = view === 'gradient' ? 'backward' : 'forward';
    const ours = known !== null && known.node === node.id && known.cell === cell && known.direction === direction;
    const of = { session, theme, ...picture, schema, frame, node, cell, explanation: ours ? known : null, text };
    const done = session.operation.value;
    const back = view === 'gradient' && done?.kind === 'backward' && done.node === node.id;
    const here =
      (!hasValue(node, frame.position) || frame.values(node.id, 'value') !== null) &&
      (view !== 'gradient' ||
        gradientState(a, node, frame.position, schema.forward) !== 'whole' ||
        frame.values(node.id, 'grad') !== null) &&
      (lines === 0 || frame.values(node.id, { line: 0 }) !== null);
    // Of another cell is what was explained last; that of this one comes with the next answer.
    const whole = here && (ours || known === null || !session.training.value.running);
    if (whole || last.current === null) last.current = { of, view, updating, back };
  } else if (!at) last.current = null;
  if (!last.current) {
    const clip = session.operation.value?.kind === 'clip';
    return (
      <header>
        <div>
          <h2>{t(clip ? 'inspector.clip' : 'inspector.title')}</h2>
          <p class="small dim">
            {clip && frame
              ? clipWords(frame, Number(session.run.value?.settings.clip_norm ?? 0))
              : t('inspector.nothing')}
          </p>
        </div>
      </header>
    );
  }
  return <Shown {...last.current} />;
}

interface Shown {
  of: Inspected;
  view: View;
  updating: boolean;
  back: boolean; // the operation of this moment is what goes back through it
}
function Shown({ of, view, updating, back }: Shown) {
  const { session, kind, anatomy: a, node } = of;
  return (
    <>
      <header>
        <div>
          <h2>
            {back && !updating ? (
              <>
                {t('inspector.back')} <M tex={kind.symbol(a, node, session.notation.value)} />
              </>
            ) : (
              title(of, updating)
            )}
          </h2>
          <div class="path">
            {node.path} {shapeText(node) && <span class="whole">{`· ${shapeText(node)}`}</span>}
          </div>
        </div>
        <fieldset class="seg" aria-label={t('inspector.show')}>
          {VIEWS.map((v) => (
            <button
              type="button"
              key={v}
              {...control(session, `view.${v}`)}
              aria-pressed={view === v}
              onClick={() => {
                session.view.value = v;
              }}
            >
              {t(`inspector.view.${v}`)}
            </button>
          ))}
        </fieldset>
      </header>
      <Before {...of} what={view === 'gradient' ? 'grad' : 'value'} />
      {view === 'table' ? (
        <TableView {...of} />
      ) : updating ? (
        <UpdateView {...of} />
      ) : view === 'gradient' ? (
        <GradientView {...of} />
      ) : (
        <ValueView {...of} />
      )}
    </>
  );
}

/** What this cell was with the text that was read before. */
function Before({ session, kind, anatomy, node, cell, frame, what }: Inspected & { what: 'value' | 'grad' }) {
  const before = session.readBefore.value;
  if (before?.step !== frame.step || node.role === 'parameter') return null;
  if (kind.inside?.(anatomy, node)) return null; // a row is a word's, and the word of this row may be another now
  const value = before.value(node.path, cell, what);
  if (value === null || session.isAsked(node.id, cell, what)) return null;
  return <p class="small">{t('inspector.before', { text: before.text, cell: cell + 1, value: result(value, 3) })}</p>;
}
