// Over every view but the race: which net it is, as it is shipped or from the start.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { labFor } from './lab';
import { NETS, netOf, originOf, TEXTS } from './nets';

const nameOf = (store: Store) => {
  const net = netOf(store.runs.origin.value);
  return t(`gpt.net.${net?.id ?? 'own'}`);
};
export const toolsSaid = (store: Store): string => (store.panel.value === 'race' ? '' : nameOf(store));

export function Tools({ store }: { store: Store }) {
  if (store.panel.value === 'race') return null; // it has nets of its own
  const net = netOf(store.runs.origin.value);
  const choose = (id: string) => {
    const next = NETS.find((one) => one.id === id);
    if (!next) return;
    const label = t('deed.change', { from: nameOf(store), to: t(`gpt.net.${next.id}`) });
    void store.openFor(label, originOf(store.runs.shipped(), next), () => {
      if (next.corpus === net?.corpus) return;
      // what is read, and how far it is, is of the other text
      const text = TEXTS[next.corpus];
      store.lab.value = { ...store.lab.peek(), ...labFor({ text, was: '', row: '0', done: '0', read: '0' }) };
    });
  };
  return (
    <select
      class="field low"
      aria-label={t('gpt.net')}
      {...control(store.session, 'lab.net')}
      value={net?.id ?? 'own'}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {NETS.map(({ id }) => (
        <option key={id} value={id}>
          {t(`gpt.net.${id}`)}
        </option>
      ))}
      {!net && <option value="own">{t('gpt.net.own')}</option>}
    </select>
  );
}
