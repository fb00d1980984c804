// One state looked into: its operations with their steps, and the numbers that the core holds for one of them.
import { useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { cell as figure, largest, niceRange } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { wordsOf } from '../sentence';
import type { Read } from './layout';
import type { Readers } from './readers';
import { symbolOf } from './symbols';
import { nameOfNet } from './Tapes';

/** One scale for an operation, wherever it is done: from word to word a number keeps its colour. */
function rangeOf({ tape, states }: Read, name: string): number {
  const all = states.flat().flatMap(({ operations }) => operations.filter((one) => one.name === name));
  return niceRange(Math.max(...all.map(({ node }) => largest(tape.nodes[node]?.value ?? []))));
}

export function Values({ store, readers }: { store: Store; readers: Readers }) {
  const theme = useTheme(store.session.theme.value);
  const reads = readers.reads.value;
  const lab = readers.lab.value;
  if (!reads) return null;
  const words = wordsOf(lab.text);
  const [net, layerText = '1', wordText = '1', name] = lab.cell.split('.');
  const read = reads[net === 'attention' ? 'attention' : 'recurrent'];
  const state = read.states[Number(layerText)]?.[Number(wordText) - 1] ?? read.states[1]?.[0];
  const shown = state?.operations.find((one) => one.name === name) ?? state?.operations.at(-1);
  if (!state || !shown) return null;
  const now = Number(lab.step);
  const node = read.tape.nodes[shown.node];
  const values = node?.value ?? [];
  const columns = node?.axes.endsWith('S') ? Math.min(words.length, 8) : 8;
  const range = rangeOf(read, shown.name);
  const notation = store.session.notation.value;
  const word = words[state.word] ?? '';
  return (
    <div class="look-into">
      <p class="small">
        <b>{t('steps.look', { net: nameOfNet(read.net), layer: state.layer, word })}</b>{' '}
        {t('steps.look.step', { step: state.step })}
      </p>
      <fieldset class="steps-operations" aria-label={t('steps.operations')}>
        {state.operations.map((one) => (
          <button
            type="button"
            key={one.node}
            class={one.step <= now ? 'operation done' : 'operation'}
            aria-pressed={one === shown}
            aria-label={t('steps.operation', { name: t(`steps.op.${one.name}` as 'steps.op.h'), step: one.step })}
            title={t(`steps.op.${one.name}` as 'steps.op.h')}
            onClick={() => readers.set({ cell: `${read.net}.${state.layer}.${state.word + 1}.${one.name}` })}
          >
            <M tex={symbolOf(read.net, one.name, notation)} />
            <span class="num dim">{one.step}</span>
          </button>
        ))}
      </fieldset>
      <p class="small dim">{t(`steps.op.${shown.name}` as 'steps.op.h')}</p>
      {shown.step > now ? (
        <p class="small">{t('steps.values.ahead', { step: shown.step, now })}</p>
      ) : (
        <>
          <div
            class="value-grid"
            style={{ '--columns': String(columns) }}
            role="img"
            aria-label={t('steps.values', { list: values.map((value) => figure(value)).join(', ') })}
          >
            {values.map((value, i) => {
              const shade = signShade(theme, value, range);
              return (
                <span key={i} class="num" style={{ background: shade.fill, color: shade.ink }} aria-hidden="true">
                  {figure(value)}
                </span>
              );
            })}
          </div>
          <SignLegend scale={{ range, was: null, kept: false }} words={t('steps.values.scale')} />
        </>
      )}
    </div>
  );
}
