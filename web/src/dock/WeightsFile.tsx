import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { headOf } from '../../../wasm/bridge/head';
import type { CoreError, PyTorchForm, PyTorchSaid, TensorsRead } from '../../../wasm/bridge/protocol';
import { Choose } from '../components/Choose';
import { download } from '../components/download';
import { Words } from '../components/Words';
import { ENTRIES } from '../course';
import { named, t } from '../i18n';
import type { Store } from '../session/create';
import { misfit, placeOf } from '../session/own';
import { fileName, MOST_BYTES, toldOf } from '../session/weights';
import { Problem } from './Problem';
import { PyTorchFile } from './PyTorchFile';

const TYPE = '.safetensors';

/** Why weights cannot be drawn here, in a sentence; null where they can. */
function undrawable(store: Store, file: ArrayBuffer): string | null {
  const head = headOf(new Uint8Array(file));
  // A model that nobody knows is for the core to refuse.
  if (!head || !store.session.core.peek()?.models.some(({ name }) => name === head.model)) return null;
  const { exhibit } = store;
  const misses = misfit(exhibit, head);
  if (misses === null) return null;
  const { cell } = head.settings;
  const model = named('model', head.model);
  const entry = ENTRIES.find(({ slug }) => slug === placeOf(head));
  const there = entry ? t('file.there', { number: entry.number }) : '';
  if (misses !== 'model') return t(`file.${misses}`, { model, there });
  const models = exhibit.variants?.map(({ model }) => model) ?? [exhibit.model];
  const shown = models.map((model) => named('model', model)).join(', ');
  return t('file.other', {
    model: cell ? t('file.cells', { model, cell: named('choice', cell) }) : model,
    shown,
    there,
  });
}

/** A file of PyTorch, until what it does not say is said. */
interface Asked {
  name: string;
  bytes: ArrayBuffer;
  form: PyTorchForm;
}

/** The weights of this run as a file, and those of a file as this run. */
export function WeightsFile({ store, refused }: { store: Store; refused: Signal<CoreError | null> }) {
  const told = useSignal<{ words: string; bad: boolean } | null>(null);
  const asked = useSignal<Asked | null>(null);
  const over = useSignal(false);
  const box = useRef<HTMLElement>(null);
  const bad = refused.value !== null && refused.value === store.runs.problem.value;
  const words = bad ? refused.value?.message : told.value?.words;
  useEffect(() => {
    if (words !== undefined) box.current?.scrollIntoView({ block: 'nearest' });
  }, [words]);

  const save = async (pytorch: boolean) => {
    told.value = null;
    refused.value = null;
    if (store.session.training.peek().running) await store.stop();
    const run = store.session.run.peek();
    const { bridge, step } = store.session;
    const saved = await store.runs.trying(async () =>
      pytorch ? bridge.call('toPyTorch') : { file: await bridge.call('save', { snapshot: false }), program: null },
    );
    if (!saved || !run) {
      refused.value = store.runs.problem.peek();
      return;
    }
    const name = fileName(run, step.peek());
    if (saved.program === null) return download(name, saved.file);
    const stem = name.replace(TYPE, '-pytorch');
    download(`${stem}${TYPE}`, saved.file);
    download(`${stem}.py`, new TextEncoder().encode(saved.program).buffer);
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    store.runs.problem.value = null;
    refused.value = null;
    told.value = null;
    asked.value = null;
    const refuse = (words: string) => {
      told.value = { words, bad: true };
    };
    if (file.size > MOST_BYTES) return refuse(t('file.large', { most: MOST_BYTES / 2 ** 20 }));
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes) return refuse(t('file.unread', { name: file.name }));
    if (headOf(new Uint8Array(bytes))) return take(file.name, bytes);
    // Not of ours, or broken: the core knows.
    const found = await store.runs.trying(async () => ({
      form: await store.session.bridge.call('pytorch', { file: bytes }),
    }));
    if (!found) refused.value = store.runs.problem.peek();
    else if (!found.form) await take(file.name, bytes);
    else asked.value = { name: file.name, bytes, form: found.form };
  };
  /** Opens a file of ours; what was done with its tensors, or already with those of the file it was made from. */
  const take = async (name: string, bytes: ArrayBuffer, read?: TensorsRead) => {
    const reason = undrawable(store, bytes);
    if (reason) {
      told.value = { words: reason, bad: true };
    } else if (await store.openFile(name, bytes)) {
      asked.value = null;
      const tensors = read ?? store.session.run.peek()?.tensors;
      const words = [t('file.opened', { name }), ...(tensors ? toldOf(tensors) : [])];
      told.value = { words: words.join(' '), bad: false };
    } else refused.value = store.runs.problem.peek();
  };
  const convert = async ({ name, bytes }: Asked, said: PyTorchSaid) => {
    told.value = null;
    refused.value = null;
    const ours = await store.runs.trying(() => store.session.bridge.call('fromPyTorch', { file: bytes, said }));
    if (ours) await take(name, ours.file, ours.tensors);
    else refused.value = store.runs.problem.peek();
  };

  return (
    <section
      ref={box}
      class={over.value ? 'weights-file over' : 'weights-file'}
      aria-label={t('file.title')}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        void open(event.dataTransfer?.files[0]);
      }}
    >
      <p class="small dim">{t('file.hint')}</p>
      <div class="acts">
        <button type="button" class="btn low" onClick={() => void save(false)}>
          {t('file.save')}
        </button>
        <button type="button" class="btn low" onClick={() => void save(true)}>
          {t('file.pytorch')}
        </button>
        <Choose words={t('file.open')} accept={TYPE} onFile={open} />
      </div>
      {asked.value && (
        <PyTorchFile
          key={asked.value.name}
          name={asked.value.name}
          form={asked.value.form}
          onOpen={(said) => asked.value && void convert(asked.value, said)}
          onCancel={() => {
            asked.value = null;
          }}
        />
      )}
      {told.value && (
        <div class="notice" role={told.value.bad ? 'alert' : 'status'}>
          <span>
            <Words>{told.value.words}</Words>
          </span>
        </div>
      )}
      {bad && <Problem store={store} />}
    </section>
  );
}
