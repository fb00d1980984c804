import { useEffect } from 'preact/hooks';
import { Failed } from '../components/Failed';
import { Dock } from '../dock/Dock';
import { PhoneBar } from '../dock/PhoneBar';
import { Stopped } from '../dock/Stopped';
import type { Mounted } from '../exhibits/types';
import { Figure } from '../figures/Figure';
import { t } from '../i18n';
import { Inspector } from '../inspector';
import type { Store } from '../session/create';
import { cornered, FigureBar, FigureTools, panelOf } from './FigureTools';
import { markFirstValues } from './marks';
import type { Page } from './page';
import { Text } from './Text';
import { TopBar } from './TopBar';
import { Worksheet } from './Worksheet';

export function Exhibit({ page, store, mounted }: { page: Page; store: Store; mounted: Mounted }) {
  const { text, views, spread } = mounted;
  const panel = panelOf(store, views);
  const unopened = store.session.run.value === null ? store.runs.problem.value : null;
  useEffect(() => markFirstValues(store), [store]);
  return (
    <div class="ex">
      <TopBar page={page} />
      <main class="sheet stage">
        <Text
          page={page}
          store={store}
          text={text}
          spread={spread}
          reads={store.exhibit.walks !== false && (!panel?.alone || panel.reads === true)}
        />
        <section class={`figure${panel?.wide ? ' wide' : ''}`} aria-label={panel ? t(panel.name) : t('figure.label')}>
          <FigureBar store={store} views={views} />
          <div class="plot">
            {!panel && cornered(store, views) && <FigureTools store={store} />}
            <div class="canvas">
              {unopened ? (
                <Failed error={unopened} />
              ) : panel ? (
                <panel.Component store={store} />
              ) : (
                <Figure session={store.session} />
              )}
            </div>
          </div>
        </section>
        {!panel?.wide && (
          <section class="side" aria-label={t('side.label')}>
            <Stopped store={store} />
            <Inspector session={store.session} />
          </section>
        )}
        <Worksheet store={store} text={text} />
      </main>
      {!panel?.alone && <Dock store={store} />}
      {!panel?.alone && <PhoneBar store={store} />}
    </div>
  );
}
