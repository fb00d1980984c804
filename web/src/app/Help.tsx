import { Sheet } from '../components/Sheet';
import { t } from '../i18n';
import { BINDINGS } from './keys';
import type { Page } from './page';

export function Help({ page }: { page: Page }) {
  return (
    <Sheet
      title={t('keys.title')}
      onClose={() => {
        page.help.value = false;
      }}
    >
      <dl class="keys">
        {BINDINGS.map(({ shown, help }) => (
          <div key={help}>
            <dt>
              <kbd>{shown()}</kbd>
            </dt>
            <dd>{t(help)}</dd>
          </div>
        ))}
      </dl>
      <p class="small dim">{t('keys.mouse')}</p>
    </Sheet>
  );
}
