import { t } from '../i18n';
import { Words } from './Words';

/** What the core says is wrong, in a view's place of its own; nothing where nothing is. */
export function Problem({ of }: { of: { message: string } | null }) {
  if (!of) return null;
  return (
    <div class="notice" role="alert">
      <span>
        <Words>{t('error.any', { message: of.message.charAt(0).toUpperCase() + of.message.slice(1) })}</Words>
      </span>
    </div>
  );
}
