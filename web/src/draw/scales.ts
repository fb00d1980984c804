// Scales of colour that keep: the same number has the same colour until the legend says otherwise.

export interface Held {
  range: number; // ± of the ends
  was: number | null; // what it was before it changed here, for the legend to say
}

/** When a scale is asked for. */
export interface Moment {
  run: number | null; // another network is another scale
  text: string;
  position: number;
  step: number;
  arrived: boolean; // the numbers are those of this place, not of the one before
  training: boolean;
  fixed: boolean; // something of the network is held by a setting
}

export type Hold = (key: string, needed: number, moment: Moment) => Held;

const same = (a: Moment, b: Moment) =>
  a.position === b.position && a.step === b.step && a.text === b.text && a.fixed === b.fixed;

/**
 * Each scale by its key. It only grows, so that what was drawn once keeps its colour wherever it comes up again; not while
 * training runs, nor in place where something is held, where colours are compared: what lies beyond is drawn as beyond. Another
 * run's scale is made anew.
 */
export function createScales(): Hold {
  interface Known extends Held {
    moment: Moment;
    making: boolean; // several views ask for it where it first comes up: what they need together is one scale
  }
  const all = new Map<string, Known>();
  const keep = (key: string, known: Known): Held => {
    all.set(key, known);
    return known;
  };
  return (key, needed, moment) => {
    const known = all.get(key);
    // At the start nothing is computed yet that could be compared.
    if (!moment.arrived || (!known && moment.position === 0)) return known ?? { range: needed, was: null };
    if (!known || known.moment.run !== moment.run)
      return keep(key, {
        range: needed,
        was: known && known.range !== needed ? known.range : null,
        moment,
        making: true,
      });
    const here = same(known.moment, moment);
    const { range } = known;
    const was = here ? known.was : null;
    const making = here && known.making;
    const kept = moment.training || (moment.fixed && known.moment.position === moment.position && !making);
    if (needed <= range || kept) return keep(key, { range, was, moment, making });
    return keep(key, { range: needed, was: was ?? (making ? null : range), moment, making });
  };
}
