import { type Signal, useSignal } from '@preact/signals';
import type { PyTorchForm, PyTorchSaid } from '../../../wasm/bridge/protocol';
import { Choose } from '../components/Choose';
import { Words } from '../components/Words';
import { named, t } from '../i18n';
import { symbolCount, vocabularyJson } from '../session/pytorch';

const ACTIVATIONS = ['tanh', 'relu'];
const MOST_BYTES = 2 ** 20; // of a vocabulary

interface Props {
  name: string;
  form: PyTorchForm;
  onOpen: (said: PyTorchSaid) => void;
  onCancel: () => void;
}

/** The symbol that begins or ends a text. */
function MarkField({ id, label, symbol }: { id: string; label: string; symbol: Signal<string> }) {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field low"
        autocomplete="off"
        value={symbol.value}
        onInput={(event) => {
          symbol.value = event.currentTarget.value;
        }}
      />
    </>
  );
}

/** What a file of PyTorch does not say of itself: its symbols, its marks, its activation. */
export function PyTorchFile({ name, form, onOpen, onCancel }: Props) {
  const symbols = useSignal('');
  const start = useSignal('');
  const end = useSignal('');
  const activation = useSignal('tanh');
  const unread = useSignal<string | null>(null);
  const asked = form.symbols > 0 && !form.vocabulary;
  const read = async (from: File | undefined) => {
    if (!from) return;
    const text = from.size > MOST_BYTES ? null : await from.text().catch(() => null);
    unread.value = text === null ? from.name : null;
    if (text !== null) symbols.value = text;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const said: PyTorchSaid = { model: form.model };
    if (asked) said.vocabulary = vocabularyJson(symbols.value);
    if (start.value !== '') said.start = start.value;
    if (end.value !== '') said.end = end.value;
    if (form.activation) said.activation = activation.value;
    onOpen(said);
  };
  const shape = { model: named('model', form.model), rows: form.symbols, table: form.table, name };
  return (
    <form class="pytorch" aria-label={t('pytorch.title')} onSubmit={submit}>
      <p>
        <Words>{t('pytorch.what', shape)}</Words>
      </p>
      {asked && (
        <>
          <label for="pytorch-symbols">{t('pytorch.symbols', shape)}</label>
          <textarea
            id="pytorch-symbols"
            class="field own"
            rows={4}
            spellcheck={false}
            placeholder={t('pytorch.placeholder')}
            value={symbols.value}
            onInput={(event) => {
              symbols.value = event.currentTarget.value;
            }}
          />
          <p class="small dim" role="status">
            {t('pytorch.count', { count: symbolCount(symbols.value), rows: form.symbols })}
          </p>
          <p class="small dim">{t('pytorch.marks')}</p>
          <MarkField id="pytorch-start" label={t('pytorch.start')} symbol={start} />
          <MarkField id="pytorch-end" label={t('pytorch.end')} symbol={end} />
        </>
      )}
      {form.activation && (
        <>
          <label for="pytorch-activation">{t('pytorch.activation')}</label>
          <select
            id="pytorch-activation"
            class="field low"
            value={activation.value}
            onChange={(event) => {
              activation.value = event.currentTarget.value;
            }}
          >
            {ACTIVATIONS.map((one) => (
              <option key={one} value={one}>
                {named('choice', one)}
              </option>
            ))}
          </select>
        </>
      )}
      {unread.value !== null && (
        <div class="notice" role="alert">
          <span>
            <Words>{t('file.unread', { name: unread.value })}</Words>
          </span>
        </div>
      )}
      <div class="acts">
        <button type="submit" class="btn primary low">
          {t('pytorch.open')}
        </button>
        {asked && <Choose words={t('pytorch.file')} accept=".json,.txt,application/json,text/plain" onFile={read} />}
        <button type="button" class="btn low" onClick={onCancel}>
          {t('pytorch.cancel')}
        </button>
      </div>
    </form>
  );
}
