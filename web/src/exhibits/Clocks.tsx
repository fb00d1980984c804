// Clocks of an exhibit's own views: what each counts goes by buttons, slider and keys.
import { useEffect, useRef } from 'preact/hooks';
import { ClockButtons } from '../components/ClockButtons';
import { type Playing, usePlaying } from '../components/playing';
import { playOrPause } from '../dock/clocks';
import { whole } from '../draw/format';
import { type PlainKey, t } from '../i18n';
import type { Store } from '../session/create';
import './clocks.css';
import { UpdateRow } from './UpdateRow';

export interface Clocked<Id extends string = string> {
  id: Id;
  at: number;
  end: number;
  go(to: number): void;
  /** Where one back and one on lead, if not to the number beside. */
  beside?: (by: 1 | -1) => number;
  shown?: string; // in place of "3 of 20"
}
export type ClockWords = Record<'name' | 'back' | 'step' | 'play' | 'pause' | 'scrub', PlainKey>;
interface ClocksProps<Id extends string> {
  store: Store;
  clocks: Clocked<Id>[];
  words: Record<Id, ClockWords>;
  /** Milliseconds between two steps. */
  pace: Record<Id, number>;
  /** The one that has the keys of updates; else the last. */
  updates?: Id;
  /** Below them the clock of the run's updates, which then has those keys. */
  trains?: boolean;
}

/** The first plays and has the arrows of the network's operations. */
export function Clocks<Id extends string>({ store, clocks, words, pace, updates, trains = false }: ClocksProps<Id>) {
  const now = useRef(clocks);
  now.current = clocks;
  const one = (id: Id) => now.current.find((clock) => clock.id === id);
  const ended = (clock: Clocked<Id> | undefined) => !clock || clock.at >= clock.end;
  const playing = usePlaying<Id>({
    pace,
    onward: (id) => {
      const clock = one(id);
      if (clock && !ended(clock)) step(clock, 1);
      return !ended(clock);
    },
    ended: (id) => ended(one(id)),
    rewind: (id) => one(id)?.go(0),
  });
  useEffect(() => {
    const slow = () => now.current.find(({ id }) => id === updates) ?? now.current.at(-1);
    const move = (clock: Clocked<Id> | undefined, by: 1 | -1) => {
      playing.stop();
      if (clock) step(clock, by);
    };
    return store.keyed({
      playOrPause: (what) => {
        if (what === 'update' && trains) {
          playOrPause(store, 'update');
          return;
        }
        const clock = what === 'update' ? slow() : now.current[0];
        if (clock) playing.playOrPause(clock.id);
        else playing.stop();
      },
      update: (by) => (trains ? store.session.move('update', by) : move(slow(), by)),
      step: (by) => move(now.current[0], by),
    });
  }, [store, playing, updates, trains]);
  return (
    <section class="own-clocks" aria-label={t('clock.label')}>
      {clocks.map((clock, i) => (
        <Row key={clock.id} store={store} clock={clock} words={words[clock.id]} primary={i === 0} playing={playing} />
      ))}
      {trains && <UpdateRow store={store} />}
    </section>
  );
}

const step = ({ at, end, go, beside }: Clocked, by: 1 | -1) =>
  go(Math.max(0, Math.min(end, beside ? beside(by) : at + by)));

interface RowProps<Id extends string> {
  store: Store;
  clock: Clocked<Id>;
  words: ClockWords;
  primary: boolean;
  playing: Playing<Id>;
}
function Row<Id extends string>({ store, clock, words, primary, playing }: RowProps<Id>) {
  const { id, at, end } = clock;
  const said = clock.shown ?? t('clock.of', { at: whole(at), end: whole(end) });
  const press = (by: 1 | -1) => {
    playing.stop();
    step(clock, by);
  };
  return (
    <div class="own-clock">
      <ClockButtons
        session={store.session}
        id={`clock.${id}`}
        name={t(words.name)}
        said={said}
        labels={{ back: t(words.back), play: t(words.play), pause: t(words.pause), step: t(words.step) }}
        playing={playing.now.value === id}
        canBack={at > 0}
        canStep={at < end}
        primary={primary}
        play={() => playing.playOrPause(id)}
        go={press}
      />
      <input
        type="range"
        aria-label={t(words.scrub)}
        aria-valuetext={said}
        min={0}
        max={Math.max(1, end)}
        value={at}
        onInput={(event) => {
          playing.stop();
          clock.go(Number(event.currentTarget.value));
        }}
      />
    </div>
  );
}
