// A race as a view of its own has it: from the address to where it stands, by keys, and its buttons.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { control } from '../components/control';
import { Icon } from '../components/Icon';
import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';
import type { createLooks } from '../session/looks';
import type { Race } from '../session/race';

export type Raced = { race: Race } & ReturnType<typeof createLooks>;
interface Of {
  store: Store;
  contest: Raced;
  /** Updates from one look to the next. */
  every: number;
}

const stoppedOf = (store: Store) => (step: number) => store.setLab('at', String(step));
const playOf = ({ store, contest }: Of) => void contest.play(stoppedOf(store));
const moreOf = ({ store, contest: { race }, every }: Of) =>
  void race.advance(every).then(() => stoppedOf(store)(race.step.peek()));

/** Goes to the update that the address names, and is gone with the view. */
export function useContest(of: Of): void {
  const { store, contest } = of;
  useEffect(() => {
    const at = Number(store.lab.peek().at ?? 0);
    if (at > 0 && at <= 1e5) void contest.bring(at, stoppedOf(store));
    const { bringing, pause } = contest.race;
    const off = store.replaying({ bringing, halt: pause });
    const keys = store.keyed({
      playOrPause: () => (contest.playing.peek() ? contest.pause() : playOf(of)),
      update: (by) => {
        if (by > 0 && !contest.playing.peek()) moreOf(of);
      },
    });
    return () => {
      off();
      keys();
      contest.dispose();
    };
  }, [contest]);
}

interface ButtonsProps extends Of {
  class: string;
  words: Record<'play' | 'pause' | 'more' | 'again', string>;
  /** How it stands, where nothing is wrong. */
  children: ComponentChildren;
}
export function ContestButtons({ class: name, words, children, ...of }: ButtonsProps) {
  const { store, contest } = of;
  const { race, playing } = contest;
  const on = playing.value;
  const problem = race.problem.value ?? race.lanes.find(({ broken }) => broken.value !== null)?.broken.value?.error;
  return (
    <div class={name}>
      <div class="thumb">
        <button
          type="button"
          class="btn primary low"
          {...control(store.session, 'clock.race')}
          onClick={on ? contest.pause : () => playOf(of)}
          disabled={race.ended.value}
        >
          <Icon name={on ? 'pause' : 'play'} />
          {on ? words.pause : words.play}
        </button>
        <button type="button" class="btn low" disabled={on || race.ended.value} onClick={() => moreOf(of)}>
          {words.more}
        </button>
      </div>
      <button
        type="button"
        class="btn low"
        disabled={on || race.step.value === 0}
        onClick={() => void race.seek(0).then(() => stoppedOf(store)(0))}
      >
        {words.again}
      </button>
      <p class="small" role="status">
        {problem ? <Words>{t('error.any', { message: problem.message })}</Words> : children}
      </p>
    </div>
  );
}
