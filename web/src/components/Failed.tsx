import type { CoreError } from '../../../wasm/bridge/protocol';
import { t } from '../i18n';
import { Words } from './Words';

/** A sentence ends with a full stop, whoever wrote it. */
const sentence = (words: string) => (words === '' ? '' : `${words.replace(/\.+$/, '')}.`);

function wording({ code, node, message }: CoreError): string {
  const browsers = t('start.browsers');
  if (code === 'file' || code === 'start-file' || code === 'start-part') {
    return t('start.part', { name: node.replace(/^.*\//, '').replace(/[`*]/g, '') });
  }
  if (code === 'start-wasm') return t('start.wasm');
  if (code === 'start-memory') return t('start.memory');
  if (code === 'start-compile') return t('start.compile', { browsers, message });
  if (code === 'start-worker') return t('start.worker', { message: sentence(message) });
  return t('start.core', { message: sentence(message) });
}

/** Why there is no exhibit on screen, and what to do. */
export const Failed = ({ error }: { error: CoreError }) => (
  <div class="notice" role="alert">
    <span>
      <Words>{wording(error)}</Words>
    </span>
    <span class="acts">
      <button type="button" class="btn low" onClick={() => location.reload()}>
        {t('start.again')}
      </button>
    </span>
  </div>
);
