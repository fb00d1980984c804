import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';

/** What the core refused, in its own words, with where. */
export function Problem({ store }: { store: Store }) {
  const problem = store.runs.problem.value;
  if (!problem) return null;
  const { code, message } = problem;
  const words =
    code === 'memory' || code === 'setting' || code === 'text' || code === 'format'
      ? t(`error.${code}`, { message })
      : t('error.any', { message });
  return (
    <div class="notice" role="alert">
      <span>
        <Words>{words}</Words>
      </span>
    </div>
  );
}
