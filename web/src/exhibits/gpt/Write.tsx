// A letter is drawn: its logits, divided, as a distribution, cut, and laid end to end; column by column, letter by letter.
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { Sampling } from '../../dock/Sampling';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks, type ClockWords } from '../Clocks';
import { type Right, useRight } from '../right';
import { Candidates } from './Candidates';
import { EndToEnd } from './EndToEnd';
import { Letters } from './Letters';
import { after, type Lab, labFor, labOf, MOMENTS, MOST_LETTERS, type Moment, SIDES } from './lab';
import { LETTERS, letterOf } from './letters';
import { Prefix } from './Prefix';
import { type Candidate, candidatesOf, placeOf, useLooked, useWritten, type Written } from './writer';

const COLUMNS = MOMENTS.length;
const WORDS: Record<'column' | 'letter', ClockWords> = {
  column: {
    ...{ name: 'gpt.clock.column', back: 'gpt.clock.column.back', step: 'gpt.clock.column.step' },
    ...{ play: 'gpt.clock.column.play', pause: 'gpt.clock.column.pause', scrub: 'gpt.clock.column.done' },
  },
  letter: LETTERS,
};

export function Write({ store }: { store: Store }) {
  const lab = labOf(store.lab.value);
  const { now, problem, settled } = useWritten(store, lab);
  const written = now.value;
  const { draw, moments } = placeOf(lab, written);
  const looked = useLooked(store, written, draw);
  const set = (changed: Partial<Lab>): void => {
    store.lab.value = { ...store.lab.peek(), ...labFor(changed) };
  };
  const candidates = written && written.drawn.tokens.length > 0 ? candidatesOf(written, draw) : [];
  const covered = useAnswer(store, settled ? candidates : []);
  const end = (written?.drawn.tokens.length ?? 0) * COLUMNS;
  const done = Math.min(end, Number(lab.done));
  const goto = (to: number) => {
    if (covered === 0) set({ done: String(to) });
  };
  const shown = covered ? Math.min(moments, covered) : moments;
  return (
    <div class="panel gpt-panel gpt-write">
      <div class="gpt-tools">
        <Prefix
          store={store}
          text={lab.text}
          most={MOST_LETTERS}
          read={(text) => set({ text, done: '0' })}
          disabled={covered > 0}
        />
        <button
          type="button"
          class="btn low"
          disabled={covered > 0}
          onClick={() => set({ draw: String((Number(lab.draw) + 1) % 1000), done: '0' })}
          {...control(store.session, 'lab.draw')}
        >
          {t('gpt.again')}
        </button>
        <Sampling store={store} />
      </div>
      <Problem of={problem.value} />
      {written && written.drawn.tokens.length > 0 && (
        <>
          <section class="gpt-figure" aria-label={t('gpt.figure')}>
            <Letters
              store={store}
              written={written}
              draw={draw}
              moments={shown}
              looked={looked.now.value?.looked ?? null}
            />
            <EndToEnd
              candidates={candidates}
              moments={shown}
              u={written.drawn.u[draw] ?? 0}
              drawn={written.drawn.tokens[draw] ?? -1}
            />
            <Said written={written} draw={draw} moments={shown} candidates={candidates} />
          </section>
          <section class="side-column" aria-label={t('gpt.side')}>
            <fieldset class="seg" aria-label={t('gpt.side')}>
              {SIDES.map((one) => (
                <button type="button" key={one} aria-pressed={lab.side === one} onClick={() => set({ side: one })}>
                  {t(`gpt.side.${one}`)}
                </button>
              ))}
            </fieldset>
            <Candidates
              candidates={candidates}
              moments={shown}
              drawn={written.drawn.tokens[draw] ?? -1}
              all={lab.side === 'table'}
              temperature={written.sampling.temperature}
              update={written.drawn.step}
            />
          </section>
        </>
      )}
      <Clocks
        store={store}
        clocks={[
          { id: 'column', at: covered > 0 ? shown : done, end: covered > 0 ? shown : end, go: goto },
          {
            ...{ id: 'letter', at: Math.floor(done / COLUMNS), end: covered > 0 ? 0 : end / COLUMNS },
            go: (to) => goto(to * COLUMNS),
            beside: (by) => (by > 0 ? Math.floor(done / COLUMNS) + 1 : Math.ceil(done / COLUMNS) - 1),
          },
        ]}
        words={WORDS}
        pace={{ column: 500, letter: 900 }}
      />
    </div>
  );
}

/** What is asked about this letter: the view says what is right, and hides that column and all after it. Returns how many
 *  moments may be seen; 0: all. */
function useAnswer(store: Store, candidates: Candidate[]): number {
  const of = store.exhibit.questions[store.question.value - 1];
  const counted = of && 'count' in of ? of.count : null;
  const [what, name] = counted?.split('.') ?? [];
  const letter = candidates.find((one) => one.name === name);
  const right = (): Right => {
    if (counted === null || candidates.length === 0) return null;
    if (what === 'kept') return { value: candidates.filter((one) => one.left > 0).length };
    return letter ? { value: letter.left, than: letter.warmed } : null;
  };
  useRight(store, right());
  if (counted === null || store.session.asked.value?.revealed !== false) return 0;
  return after(counted === 'kept' ? 'warmed' : 'p');
}

/** What this column is, in a sentence with its numbers. */
function Said({
  written,
  draw,
  moments,
  candidates,
}: {
  written: Written;
  draw: number;
  moments: number;
  candidates: Candidate[];
}) {
  return (
    <p class="gpt-said" role="status">
      {saidOf(written, draw, MOMENTS[moments - 1], candidates)}
    </p>
  );
}

function saidOf(written: Written, draw: number, moment: Moment | undefined, candidates: Candidate[]): string {
  const { temperature, topK, topP } = written.sampling;
  const cut = (by: 'k' | 'p') => candidates.filter((one) => one.cut === by).length;
  switch (moment) {
    case undefined:
      return t('gpt.said.none');
    case 'logits':
      return t('gpt.said.logits');
    case 'divided':
      return temperature === 0
        ? t('gpt.said.greedy')
        : t('gpt.said.divided', { temperature: fixed(temperature, temperature < 0.1 ? 2 : 1) });
    case 'warmed':
      return t('gpt.said.warmed');
    case 'k':
      return topK === 0 ? t('gpt.said.k.off') : t('gpt.said.k', { k: topK, cut: cut('k') });
    case 'p':
      return topP === 1 ? t('gpt.said.p.off') : t('gpt.said.p', { p: fixed(topP, 2), cut: cut('p') });
    case 'left':
      return t('gpt.said.left', { left: candidates.filter(({ left }) => left > 0).length });
    case 'draw': {
      const picked = candidates.find(({ token }) => token === written.drawn.tokens[draw]);
      return t('gpt.said.draw', {
        u: fixed(written.drawn.u[draw] ?? 0, 3),
        ...{ from: fixed(picked?.from ?? 0, 3), to: fixed(picked?.to ?? 0, 3), letter: letterOf(picked?.name ?? '') },
      });
    }
  }
}
