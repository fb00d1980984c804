// Scales of colour that keep: the same number has the same colour until the legend says otherwise.

export interface Held {
  range: number; // ± of the ends
  was: number | null; // what it was before it changed here, for the legend to say
  kept: boolean; // it is that of another place or run: who opens this one anew has another
}

/** When a scale is asked for. */
export interface Moment {
  run: number | null; // another network is another scale
  text: string;
  position: number;
  step: number;
  arrived: boolean; // the numbers are those of this place, not of the one before
  known: boolean; // and so is how far all scales of the figure reach
  training: boolean;
  fixed: boolean; // something of the network is held by a setting
}

/** whole: how far it reaches over the whole walk, where that is known. */
export type Hold = (key: string, needed: number, moment: Moment, whole?: number | null) => Held;

const same = (a: Moment, b: Moment) =>
  a.run === b.run && a.position === b.position && a.step === b.step && a.text === b.text && a.fixed === b.fixed;

/**
 * Each scale by its key. One that is known over the whole walk reaches so far wherever one stands, so that a link shows what
 * walking there shows; any other only grows, so that what was drawn once keeps its colour wherever it comes up again. Neither
 * changes while training runs, nor in place where something is held, where colours are compared: what lies beyond is drawn as
 * beyond. Another run's scale is made anew.
 */
export function createScales(): Hold {
  interface Known extends Held {
    moment: Moment;
    making: boolean; // several views ask for it where it first comes up: what they need together is one scale
  }
  const all = new Map<string, Known>();
  return (key, needed, moment, whole = null) => {
    const known = all.get(key);
    const wanted = whole ?? needed;
    // At the start nothing is computed yet that could be compared.
    const nothing = !known && whole === null && moment.position === 0;
    if (!moment.arrived || nothing || !(moment.known || moment.training))
      return known ?? { range: wanted, was: null, kept: false };
    const own = known?.moment.run === moment.run ? known : null;
    const here = own !== null && same(own.moment, moment);
    const making = !own || (here && own.making);
    const stays = own && (moment.training || (moment.fixed && own.moment.position === moment.position && !making));
    const range = stays ? own.range : whole !== null ? whole : Math.max(own?.range ?? 0, needed);
    const before = here ? (own.was ?? (making ? null : own.range)) : (known?.range ?? null);
    const next: Known = {
      range,
      was: before === range ? null : before,
      kept: !moment.training && range > wanted,
      moment,
      making,
    };
    all.set(key, next);
    return next;
  };
}
