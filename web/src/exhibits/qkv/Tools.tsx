// Over the matrices: the number that is selected, to be changed; the scale, the hold, whose keys; another order, another
// throw of the die.
import { control } from '../../components/control';
import { NumberField } from '../../dock/NumberField';
import { M } from '../../draw/Math';
import { shared } from '../../figures/shared';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { NodeSchema } from '../../session/types';
import { changeable, LIMIT, shuffled, THROWN } from './changed';
import { Work, type Worked } from './Work';

const settingsOf = (store: Store) => store.session.run.value?.settings ?? {};
const OTHERS = 'his uncle likes green tea'; // whose keys, until others are typed

export const toolsSaid = (store: Store): string => {
  const { scale, alpha } = settingsOf(store);
  return [t(scale === 'off' ? 'qkv.scale.off' : 'qkv.scale.on'), alpha === 'held' && t('qkv.held')]
    .filter((one) => one !== false)
    .join(', ');
};

export function Tools({ store }: { store: Store }) {
  const { session } = store;
  const { scale, alpha, keys } = settingsOf(store);
  return (
    <>
      <Changing store={store} />
      <Switch
        store={store}
        name="scale"
        label={t('qkv.scale')}
        on={scale !== 'off'}
        onSet={(on) => store.set('scale', on ? 'on' : 'off', false)}
      />
      <Switch
        store={store}
        name="alpha"
        label={t('qkv.hold')}
        on={alpha === 'held'}
        onSet={(on) => store.set('alpha', on ? 'held' : 'free', false)}
      />
      <Switch store={store} name="keys" label={t('qkv.cross')} on={keys === 'other'} onSet={(on) => cross(store, on)} />
      <button
        type="button"
        class="btn low"
        {...control(session, 'lab.shuffle')}
        onClick={() => void store.readText(shuffled(session.text.peek()))}
      >
        {t('qkv.shuffle')}
      </button>
    </>
  );
}

/** What can be worked out of a cell: its value where it is made, its gradient where that is looked at. */
function workedOf({ session, question }: Store, node: NodeSchema, cell: number, given: boolean): Worked | null {
  const picture = shared(session).picture.value;
  const back = session.view.value === 'gradient';
  if (!picture || question.value > 0 || (back ? !node.gradient : given || node.forward === 0)) return null;
  const width = node.shape.at(-1) ?? 1;
  const [row, column] = [Math.floor(cell / width) + 1, (cell % width) + 1];
  const letter = `${picture.kind.symbol(picture.anatomy, node, session.notation.value)}_{${row}${column}}`;
  return {
    ...{ node, cell },
    what: back ? 'grad' : 'value',
    tex: back ? `\\g{∂J}/∂${letter}` : letter,
    name: t(back ? 'qkv.work.grad' : 'qkv.number', { row, column, of: node.path }),
  };
}

/** Keys and values of another sentence, or of the same words again: one thing to undo. */
async function cross(store: Store, on: boolean): Promise<void> {
  const [own = ''] = store.session.text.peek().split('|');
  await store.readText(on ? `${own.trim()} | ${OTHERS}` : own.trim());
  await store.set('keys', on ? 'other' : 'same', false);
}

function Switch({
  store,
  name,
  label,
  on,
  onSet,
}: {
  store: Store;
  name: string;
  label: string;
  on: boolean;
  onSet: (on: boolean) => Promise<unknown>;
}) {
  return (
    <button
      type="button"
      role="switch"
      class="btn low switched"
      aria-checked={on}
      {...control(store.session, `lab.${name}`)}
      onClick={() => void onSet(!on)}
    >
      {label}
    </button>
  );
}

/** The number that is selected: typed, or with the arrows. What was there comes back with undo. */
function Changing({ store }: { store: Store }) {
  const { session } = store;
  const schema = session.schema.value;
  const at = session.selection.value;
  const node = at && schema?.nodes[at.node];
  const known = at && node && schema ? changeable(node.path, at.cell, schema.tokens) : null;
  const work = at && node ? workedOf(store, node, at.cell, known !== null) : null;
  if (work) return <Work key={`${work.what} ${work.node.path} ${work.cell}`} store={store} of={work} />;
  const values = node ? session.frame.value?.values(node.id, 'value') : null;
  if (!at || !node || !known || !values)
    return (
      <span class="qkv-number dim" {...control(session, 'lab.number')}>
        {t('qkv.number.none')}
      </span>
    );
  const put = async (value: string) => {
    const { path } = node;
    if (!(await store.set(known.key, value, false))) return;
    const again = session.find(path);
    if (again) session.select({ node: again.id, cell: at.cell });
  };
  const now = values[at.cell] ?? 0;
  const changed = Number(settingsOf(store)[known.key] ?? THROWN) !== Number(THROWN);
  return (
    <span class="qkv-number" {...control(session, 'lab.number')}>
      <M tex={known.tex} />
      <NumberField
        value={Number(now.toFixed(4))}
        min={-LIMIT}
        max={LIMIT}
        step={1}
        label={t('qkv.number', { row: known.row + 1, column: known.column + 1, of: node.path })}
        onChange={(value) => void put(String(value))}
      />
      {changed && (
        <button type="button" class="btn low" onClick={() => void put(THROWN)}>
          {t('qkv.thrown')}
        </button>
      )}
    </span>
  );
}
