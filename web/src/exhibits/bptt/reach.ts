// The two networks side by side and what is measured of them at every common update.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { Store } from '../../session/create';
import { createRace, type Lane, type Race } from '../../session/race';
import { contestants, type LabKey, labOf } from './lab';
import { askWhy, type Told } from './why';

/** |∂J^(T)/∂h^(i)| and |∂J^(T)/∂c^(i)| by distance T − i, from 0. */
export interface Sizes {
  step: number;
  rnn: number[];
  lstm: number[];
  cell: number[];
  why: Record<'rnn' | 'lstm', Told | null>; // of a size of h that is 0
}

async function measure(lanes: readonly Lane[], step: number, text: string): Promise<Sizes> {
  const at = [...text].length + 1; // the start mark is read first
  const [rnn, lstm] = await Promise.all(lanes.map(({ bridge }) => bridge.call('reach', { text, at })));
  const back = (sizes: number[] | null | undefined) => [...(sizes ?? [])].reverse();
  const sizes = { rnn: back(rnn?.h), lstm: back(lstm?.h), cell: back(lstm?.c) };
  const [first, second] = await Promise.all(
    lanes.map(({ bridge, run }, i) => {
      const relu = run.peek()?.settings.activation === 'relu';
      return askWhy(bridge, i === 0 ? sizes.rnn : sizes.lstm, text, relu);
    }),
  );
  return { step, ...sizes, why: { rnn: first ?? null, lstm: second ?? null } };
}

export function createReach(store: Store) {
  const lab = computed(() => labOf(store.lab.value));
  const race = signal<Race | null>(null);
  const now = signal<Sizes | null>(null);
  const first = signal<Sizes | null>(null); // at update 0
  const puzzling = signal(false); // a size was 0 since then: the place where it is told stays
  // Whatever the networks are made of makes new ones; the update on screen does not.
  const made = computed(() => JSON.stringify({ ...lab.value, at: '' }));
  let known = ''; // the update that the address had when it was last looked at
  const offRace = effect(() => {
    made.value;
    const { text, at, ...rest } = untracked(() => lab.value);
    const fresh = createRace(store.spawn, contestants({ text, at, ...rest }));
    const target = Number(at);
    known = at;
    batch(() => {
      race.value = fresh;
      first.value = null;
      puzzling.value = false;
    });
    fresh.each(async (lanes, step) => {
      const sizes = await measure(lanes, step, text);
      if (race.peek() !== fresh) return;
      batch(() => {
        now.value = sizes;
        if (step === 0) first.value = sizes;
        if (sizes.why.rnn ?? sizes.why.lstm) puzzling.value = true;
      });
    });
    if (target > 0) void fresh.bring(target);
    const off = store.replaying({ bringing: fresh.bringing, halt: fresh.pause });
    return () => {
      off();
      fresh.dispose();
    };
  });
  // The update is in the address once the networks stand still; another one in the address is gone to.
  const offAt = effect(() => {
    const one = race.value;
    const wanted = lab.value.at;
    if (!one?.ready.value || one.running.value || now.value === null) return;
    const at = String(now.value.step);
    if (now.value.step !== one.step.value || at === wanted) return;
    if (wanted === known) {
      known = at;
      store.setLab('at', at);
    } else {
      known = wanted;
      void (Number(wanted) <= one.tip.peek() ? one.seek(Number(wanted)) : one.bring(Number(wanted)));
    }
  });

  return {
    lab,
    race,
    now,
    first,
    puzzling,
    /** New settings begin at update 0. */
    set(changed: Partial<Record<LabKey, string>>): void {
      batch(() => {
        for (const [key, value] of Object.entries(changed)) store.setLab(key, value);
        if (!('at' in changed)) store.setLab('at', '0');
      });
    },
    dispose: () => {
      offAt();
      offRace();
    },
  };
}
export type Reach = ReturnType<typeof createReach>;
