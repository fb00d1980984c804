// Clocks of these views: what each counts goes by buttons, slider and keys.
import { useEffect, useRef } from 'preact/hooks';
import { ClockButtons } from '../../components/ClockButtons';
import { type Playing, usePlaying } from '../../components/playing';
import { whole } from '../../draw/format';
import { type PlainKey, t } from '../../i18n';
import type { Store } from '../../session/create';

export interface Clocked {
  id: 'pair' | 'sentence' | 'epoch';
  at: number;
  end: number;
  go(to: number): void;
  /** Where one back and one on lead, if not to the number beside. */
  beside?: (by: 1 | -1) => number;
  shown?: string; // in place of "3 of 20"
}
const PACE = { pair: 700, sentence: 700, epoch: 350 }; // ms
const NAMES: Record<Clocked['id'], Record<'name' | 'back' | 'step' | 'play' | 'pause' | 'scrub', PlainKey>> = {
  pair: {
    name: 'meaning.pair',
    back: 'meaning.pair.back',
    step: 'meaning.pair.step',
    play: 'meaning.pair.play',
    pause: 'meaning.pair.pause',
    scrub: 'meaning.pair.scrub',
  },
  sentence: {
    name: 'meaning.sentence',
    back: 'meaning.sentence.back',
    step: 'meaning.sentence.step',
    play: 'meaning.sentence.play',
    pause: 'meaning.sentence.pause',
    scrub: 'meaning.sentence.scrub',
  },
  epoch: {
    name: 'meaning.epoch',
    back: 'meaning.epoch.back',
    step: 'meaning.epoch.step',
    play: 'meaning.epoch.play',
    pause: 'meaning.epoch.pause',
    scrub: 'meaning.epoch.scrub',
  },
};

/** The first plays and has the arrows of the network's operations, the last the keys of updates. */
export function Clocks({ store, clocks }: { store: Store; clocks: Clocked[] }) {
  const now = useRef(clocks);
  now.current = clocks;
  const one = (id: Clocked['id']) => now.current.find((clock) => clock.id === id);
  const ended = (clock: Clocked | undefined) => !clock || clock.at >= clock.end;
  const playing = usePlaying<Clocked['id']>({
    pace: PACE,
    onward: (id) => {
      const clock = one(id);
      if (clock && !ended(clock)) step(clock, 1);
      return !ended(clock);
    },
    ended: (id) => ended(one(id)),
    rewind: (id) => one(id)?.go(0),
  });
  useEffect(() => {
    const updates = () => one('epoch') ?? now.current.at(-1);
    const move = (clock: Clocked | undefined, by: 1 | -1) => {
      playing.stop();
      if (clock) step(clock, by);
    };
    return store.keyed({
      playOrPause: (what) => {
        const clock = what === 'update' ? updates() : now.current[0];
        if (clock) playing.playOrPause(clock.id);
        else playing.stop();
      },
      update: (by) => move(updates(), by),
      step: (by) => move(now.current[0], by),
    });
  }, [store, playing]);
  return (
    <section class="wv-clocks" aria-label={t('clock.label')}>
      {clocks.map((clock, i) => (
        <Row key={clock.id} store={store} clock={clock} primary={i === 0} playing={playing} />
      ))}
    </section>
  );
}

const step = ({ at, end, go, beside }: Clocked, by: 1 | -1) =>
  go(Math.max(0, Math.min(end, beside ? beside(by) : at + by)));

interface RowProps {
  store: Store;
  clock: Clocked;
  primary: boolean;
  playing: Playing<Clocked['id']>;
}
function Row({ store, clock, primary, playing }: RowProps) {
  const { id, at, end } = clock;
  const words = NAMES[id];
  const said = clock.shown ?? t('clock.of', { at: whole(at), end: whole(end) });
  const press = (by: 1 | -1) => {
    playing.stop();
    step(clock, by);
  };
  return (
    <div class="wv-clock">
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
