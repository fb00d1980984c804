import { useEffect } from 'preact/hooks';
import type { ExhibitText } from '../../build/markdown';
import { Dock } from '../dock/Dock';
import { PhoneBar } from '../dock/PhoneBar';
import { Stopped } from '../dock/Stopped';
import { Figure } from '../figure';
import { t } from '../i18n';
import { Inspector } from '../inspector';
import type { Store } from '../session/create';
import { FigureTools } from './FigureTools';
import { markFirstValues } from './marks';
import type { Page } from './page';
import { Text } from './Text';
import { TopBar } from './TopBar';

export function Exhibit({ page, store, text }: { page: Page; store: Store; text: ExhibitText }) {
  useEffect(() => markFirstValues(store.session), [store]);
  return (
    <div class="ex">
      <TopBar page={page} />
      <main class="sheet stage">
        <Text page={page} store={store} text={text} />
        <section class="figure" aria-label={t('figure.label')}>
          <FigureTools session={store.session} />
          <div class="canvas">
            <Figure session={store.session} />
          </div>
        </section>
        <section class="side" aria-label={t('side.label')}>
          <Stopped store={store} />
          <Inspector session={store.session} />
        </section>
      </main>
      <Dock store={store} />
      <PhoneBar store={store} />
    </div>
  );
}
