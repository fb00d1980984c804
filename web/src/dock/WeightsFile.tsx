import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { headOf } from '../../../wasm/bridge/head';
import type { CoreError } from '../../../wasm/bridge/protocol';
import { download } from '../components/download';
import { Words } from '../components/Words';
import { named, t } from '../i18n';
import type { Store } from '../session/create';
import { fileName, MOST_BYTES, toldOf } from '../session/weights';
import { Problem } from './Problem';

const TYPE = '.safetensors';

/** Why weights cannot be drawn here, in a sentence; null where they can. */
function undrawable(store: Store, file: ArrayBuffer): string | null {
  const head = headOf(new Uint8Array(file));
  // A model that nobody knows is for the core to refuse.
  if (!head || !store.session.core.peek()?.models.some(({ name }) => name === head.model)) return null;
  const { exhibit } = store;
  const models = exhibit.variants?.map(({ model }) => model) ?? [exhibit.model];
  const shown = models.map((model) => named('model', model)).join(', ');
  if (!models.includes(head.model)) return t('file.other', { model: named('model', head.model), shown });
  return head.layers === 1 && head.directions === 1 ? null : t('file.layers', { model: named('model', head.model) });
}

/** The weights of this run as a file, and those of a file as this run. */
export function WeightsFile({ store, refused }: { store: Store; refused: Signal<CoreError | null> }) {
  const input = useRef<HTMLInputElement>(null);
  const told = useSignal<{ words: string; bad: boolean } | null>(null);
  const over = useSignal(false);
  const box = useRef<HTMLElement>(null);
  const bad = refused.value !== null && refused.value === store.runs.problem.value;
  const words = bad ? refused.value?.message : told.value?.words;
  useEffect(() => {
    if (words !== undefined) box.current?.scrollIntoView({ block: 'nearest' });
  }, [words]);

  const save = async () => {
    told.value = null;
    refused.value = null;
    if (store.session.training.peek().running) await store.stop();
    const run = store.session.run.peek();
    const bytes = await store.runs.trying(() => store.session.bridge.call('save', { snapshot: false }));
    if (bytes && run) download(fileName(run, store.session.step.peek()), bytes);
    else refused.value = store.runs.problem.peek();
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    store.runs.problem.value = null;
    refused.value = null;
    told.value = null;
    const refuse = (words: string) => {
      told.value = { words, bad: true };
    };
    if (file.size > MOST_BYTES) return refuse(t('file.large', { most: MOST_BYTES / 2 ** 20 }));
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes) return refuse(t('file.unread', { name: file.name }));
    const reason = undrawable(store, bytes);
    if (reason) return refuse(reason);
    if (await store.openFile(file.name, bytes)) {
      const tensors = store.session.run.peek()?.tensors;
      const words = [t('file.opened', { name: file.name }), ...(tensors ? toldOf(tensors) : [])];
      told.value = { words: words.join(' '), bad: false };
    } else refused.value = store.runs.problem.peek();
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
        <button type="button" class="btn low" onClick={() => void save()}>
          {t('file.save')}
        </button>
        <button type="button" class="btn low" onClick={() => input.current?.click()}>
          {t('file.open')}
        </button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={TYPE}
        aria-label={t('file.open')}
        onChange={(event) => {
          const field = event.currentTarget;
          const file = field.files?.[0];
          void open(file).finally(() => {
            field.value = ''; // so that the same file can be chosen again
          });
        }}
      />
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
