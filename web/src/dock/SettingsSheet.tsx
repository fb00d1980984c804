// Everything about the run, over the page: it comes when it is first opened.
import { useSignal } from '@preact/signals';
import type { CoreError, RunInfo } from '../../../wasm/bridge/protocol';
import { Sheet } from '../components/Sheet';
import { Words } from '../components/Words';
import { named, t } from '../i18n';
import { unseenOf } from '../session/corpus';
import type { Store } from '../session/create';
import { valueText } from './deeds';
import { Kept } from './Kept';
import { NumberField } from './NumberField';
import { OwnText } from './OwnText';
import { Problem } from './Problem';
import { Row, rowsOf } from './Row';
import { Sampling } from './Sampling';
import { SliceLink } from './SliceLink';
import { Undo, Undone } from './Undo';
import { WeightsFile } from './WeightsFile';

function parametersOf({ sequences, settings }: RunInfo) {
  const { train, validation, trainDistinct, validationDistinct } = sequences;
  if (train + validation === 0) return 'settings.parameters.none';
  const of = unseenOf(settings);
  if (of !== 'lines') return of === 'names' ? 'settings.parameters' : 'settings.parameters.any';
  const repeats = trainDistinct + validationDistinct < train + validation;
  return repeats ? 'settings.parameters.repeats' : 'settings.parameters.own';
}

function countsOf({ sequences, parameters }: RunInfo) {
  const { train, validation, trainDistinct, validationDistinct } = sequences;
  return { count: parameters, train, validation, trainDistinct, validationDistinct };
}

/** Everything about the run: what the network is, how it is trained, on what, and how it writes. */
export function SettingsSheet({ store, onClose }: { store: Store; onClose: () => void }) {
  const updates = useSignal(100);
  const ofText = useSignal<CoreError | null>(null); // the refusal of an own text stands beside it
  const ofFile = useSignal<CoreError | null>(null); // that of a file beside that
  const run = store.session.run.value;
  if (!run) return null;
  const { exhibit } = store;
  const { model, weights } = store.runs.origin.value;
  const file = store.runs.files.get(weights);
  const ofTasks = Object.values(exhibit.tasks ?? {});
  const choices = (store.session.core.value?.weights ?? []).filter(
    (id) => id.startsWith(store.runs.shipped(model).weights) || ofTasks.includes(id),
  );
  return (
    <Sheet title={t('settings.opened')} onClose={onClose}>
      <div class="panel">
        <p class="small dim">{t(parametersOf(run), countsOf(run))}</p>
        {![ofText.value, ofFile.value].includes(store.runs.problem.value) && <Problem store={store} />}
        <span>{t('settings.start')}</span>
        <select
          class="field low"
          aria-label={t('settings.start')}
          value={weights}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            void store.open(
              chosen === 'none' ? store.runs.untrained() : { ...store.runs.shipped(model), weights: chosen },
            );
          }}
        >
          {['none', ...choices].map((id) => (
            <option key={id} value={id}>
              {named('weights', id)}
            </option>
          ))}
          {file && <option value={weights}>{t('weights.file', { name: file.name })}</option>}
        </select>
        <span>{t('settings.n')}</span>
        <NumberField
          value={updates.value}
          min={1}
          max={100000}
          step={1}
          label={t('settings.n.label')}
          onChange={(value) => {
            updates.value = Math.round(value);
          }}
        />
        <div class="acts">
          <button type="button" class="btn primary low" onClick={() => void store.train(updates.value)}>
            {t('settings.n.go', { count: updates.value })}
          </button>
          <Undo store={store} look="low" />
        </div>
        <p class="small" role="status">
          <Undone store={store} />
        </p>
        <SliceLink store={store} />
        <h3>{t('settings.training')}</h3>
        {rowsOf(store, exhibit.panel.training).map((info) => (
          <Row key={info.key} store={store} info={info} />
        ))}
        <h3>{t('settings.model')}</h3>
        {rowsOf(store, exhibit.panel.model).map((info) => (
          <Row key={info.key} store={store} info={info} />
        ))}
        {!store.session.answers.value && (
          <>
            <h3>{t('settings.writing')}</h3>
            <Sampling store={store} />
          </>
        )}
        <h3>{t('settings.own')}</h3>
        <OwnText store={store} refused={ofText} />
        <h3>{t('file.title')}</h3>
        <WeightsFile store={store} refused={ofFile} />
        <h3>{t('kept.title')}</h3>
        <Kept
          store={store}
          onGo={(address) => {
            onClose();
            location.hash = address;
          }}
        />
        {run.log.length > 0 && (
          <>
            <h3>{t('settings.log')}</h3>
            {run.log.map(({ step, key, value }, i) => (
              <p class="small" key={`${i}${key}`}>
                <Words>{t('settings.log.row', { step, name: named('setting', key), value: valueText(value) })}</Words>
              </p>
            ))}
          </>
        )}
      </div>
    </Sheet>
  );
}
