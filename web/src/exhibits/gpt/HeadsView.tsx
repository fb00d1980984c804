// Every head of every block over a text; and of one letter what it looked at, what came through, and what mattered.

import type { Looked } from '../../../../wasm/bridge/protocol';
import { Problem } from '../../components/Problem';
import { useTheme } from '../../draw/box';
import { rampShade, signShade } from '../../draw/colour';
import { cell, fixed, largest, niceRange, plain } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { useRight } from '../right';
import { type LookedAt, TwoSizes, useHeads, wordsOf } from './heads';
import { type Lab, labFor, labOf, MOST_LETTERS } from './lab';
import { letterOf } from './letters';
import { Prefix } from './Prefix';
import { rowsOf } from './rows';

export function HeadsView({ store }: { store: Store }) {
  const lab = labOf(store.lab.value);
  const { text } = lab;
  const { now, problem, settled } = useHeads(store, lab);
  const set = (changed: Partial<Lab>): void => {
    store.lab.value = { ...store.lab.peek(), ...labFor(changed) };
  };
  const looked = now.value;
  const covered = useAnswer(store, settled ? looked : null);
  return (
    <div class="panel gpt-panel gpt-heads">
      <div class="gpt-tools">
        <Prefix store={store} text={text} most={MOST_LETTERS} read={(read) => set({ text: read, row: '0' })} />
        {looked && <Asked looked={looked} store={store} />}
      </div>
      <Problem of={problem.value} />
      {looked && <Shown looked={looked} lab={lab} store={store} set={set} covered={covered} />}
    </div>
  );
}

/** What is asked about two letters: how much the score hangs on the one, and on the other. */
function useAnswer(store: Store, looked: Looked | null): boolean {
  const of = store.exhibit.questions[store.question.value - 1];
  const counted = of && 'count' in of && of.panel === 'heads' ? of.count : null;
  const [, a, b] = counted?.split('.').map(Number) ?? [];
  const size = (letter = -1) => Math.abs(looked?.times[letter] ?? Number.NaN);
  useRight(store, counted === null || !looked ? null : { value: size(a), than: size(b) });
  return counted !== null && store.session.asked.value?.revealed === false;
}

/** Whose score the gradient is of. */
function Asked({ looked, store }: { looked: Looked; store: Store }) {
  const vocabulary = store.session.run.value?.vocabulary ?? [];
  return (
    <span class="small">
      {t('gpt.asked', { letter: letterOf(vocabulary[looked.token] ?? ''), score: fixed(looked.score, 2) })}
    </span>
  );
}

function Shown({ covered, ...of }: LookedAt & { covered: boolean }) {
  const { looked, store } = of;
  const words = wordsOf(looked, store.session.run.value?.vocabulary ?? []);
  return (
    <>
      <TwoSizes {...of} />
      <section class="gpt-against" aria-label={t('gpt.against')}>
        <Against looked={looked} words={words} store={store} covered={covered} />
        <Depth looked={looked} />
      </section>
    </>
  );
}

/** Looked at beside mattered: letter by letter, of the row that is read. */
function Against({
  looked,
  words,
  store,
  covered,
}: {
  looked: Looked;
  words: string[];
  store: Store;
  covered: boolean;
}) {
  const theme = useTheme(store.session.theme.value);
  const rows = rowsOf(looked);
  const range = niceRange(largest(looked.times));
  return (
    <>
      <h2>{t('gpt.against')}</h2>
      <table class="gpt-against-table" data-update={looked.step}>
        <thead>
          <tr>
            <th scope="col">{t('gpt.letter')}</th>
            {rows.map(({ id }) => (
              <th scope="col" key={id}>
                {t(`gpt.row.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {words.slice(0, looked.at).map((word, i) => (
            <tr key={i}>
              <th scope="row">{word}</th>
              {rows.map(({ id, values }) => {
                const value = values[i] ?? 0;
                if (covered && id === 'mattered') return <td key={id} class="gpt-none" />;
                const { fill, ink } =
                  id === 'mattered' ? signShade(theme, value, range) : rampShade(theme, theme.share, value, 1);
                return (
                  <td key={id} class="num" style={{ background: fill, color: ink }}>
                    {cell(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="gpt-legends small dim">
        <SignLegend scale={{ range, was: null, kept: false }} words={t('gpt.legend.mattered')} />
      </p>
    </>
  );
}

/** How large the gradient of the loss is at what each block reads. */
function Depth({ looked: { depth } }: { looked: Looked }) {
  const most = Math.max(...depth, Number.MIN_VALUE);
  return (
    <>
      <h2>{t('gpt.depth')}</h2>
      <dl class="gpt-depth">
        {depth.map((size, l) => (
          <div key={l}>
            <dt>{l < depth.length - 1 ? t('gpt.depth.at', { block: l + 1 }) : t('gpt.depth.end')}</dt>
            <dd>
              <i style={{ width: `${(size / most) * 70}%` }} aria-hidden="true" />
              <span class="num">{plain(size, 3)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
