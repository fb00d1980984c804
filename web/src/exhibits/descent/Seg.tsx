// One of a few, chosen: named before them, or where each says itself what it is, for those who hear.
import { control } from '../../components/control';
import type { Store } from '../../session/create';

interface SegProps<T extends string> {
  store: Store;
  /** The control of the lab; a text can name each of them, as id.one. */
  id: string;
  name: string;
  all: readonly T[];
  /** null: none of them. */
  now: string | null;
  locked?: boolean;
  /** What each says; without, it says itself, after the name. */
  words?: (one: T) => string;
  set(to: T): void;
}
export function Seg<T extends string>({ store, id, name, all, now, locked, words, set }: SegProps<T>) {
  return (
    <fieldset class="seg" {...(words && { 'aria-label': name })} {...control(store.session, `lab.${id}`)}>
      {!words && <legend class="seg-name">{name}</legend>}
      {all.map((one) => (
        <button
          type="button"
          key={one}
          {...control(store.session, `${id}.${one}`)}
          aria-pressed={one === now}
          disabled={locked}
          onClick={() => set(one)}
        >
          {words ? words(one) : one}
        </button>
      ))}
    </fieldset>
  );
}
