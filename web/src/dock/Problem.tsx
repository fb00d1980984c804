import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';

/** What the core refused, in its own words, with where. */
export function Problem({ store }: { store: Store }) {
  const problem = store.runs.problem.value;
  if (!problem) return null;
  const { node, message } = problem;
  const symbols = problem.code === 'text' && (node === 'vocabulary' || node === 'start'); // of a file of PyTorch
  const code = symbols ? 'vocabulary' : problem.code;
  const words =
    code === 'memory' || code === 'setting' || code === 'text' || code === 'format' || code === 'vocabulary'
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
