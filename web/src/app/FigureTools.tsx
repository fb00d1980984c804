import { useSignal } from '@preact/signals';
import { control } from '../components/control';
import type { Views } from '../exhibits/types';
import { shared } from '../figures/shared';
import { named, t } from '../i18n';
import type { Store } from '../session/create';

/** The exhibit's own view that is on screen; none: the network, if it has one. */
export const panelOf = (store: Store, { panels = [] }: Views) =>
  panels.find(({ id }) => id === store.panel.value) ?? (store.exhibit.walks === false ? panels[0] : undefined);

/** Over the figure, where there is a choice: what stands there, and which network. */
export function FigureBar({ store, views }: { store: Store; views: Views }) {
  const { panels = [], Tools } = views;
  const { variants = [] } = store.exhibit;
  const panel = panelOf(store, views);
  const network = store.exhibit.walks !== false;
  const open = useSignal(false);
  if (panels.length + variants.length === 0 && !Tools) return null;
  return (
    <div class="figure-bar">
      {/* on a phone alone: the style sheet folds what follows it */}
      <button
        type="button"
        class="btn figure-more"
        aria-expanded={open.value}
        aria-label={t('figure.more', { set: said(store, views) })}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span>{said(store, views)}</span>
      </button>
      {panels.length > 0 && (
        <fieldset class="seg views" aria-label={t('figure.views')}>
          {[...(network ? [null] : []), ...panels].map((one) => (
            <button
              type="button"
              key={one?.id ?? ''}
              {...control(store.session, `panel.${one?.id ?? 'network'}`)}
              aria-pressed={one === (panel ?? null)}
              onClick={() => {
                store.panel.value = one?.id ?? null;
              }}
            >
              {t(one?.name ?? 'figure.network')}
            </button>
          ))}
        </fieldset>
      )}
      {!panel && <Variants store={store} variants={variants} />}
      {(!panel || !network) && Tools && <Tools store={store} />}
      {panel && <Notations store={store} />}
      {!panel && !cornered(store, views) && <FigureTools store={store} />}
    </div>
  );
}

/** What is set over the figure, in words. */
function said(store: Store, views: Views): string {
  const { panels = [], toolsSaid } = views;
  const { notation, folded } = store.session;
  const panel = panelOf(store, views);
  const { model } = store.runs.origin.value;
  const variants = store.exhibit.variants ?? [];
  return [
    panels.length > 0 && t(panel?.name ?? 'figure.network'),
    !panel && variants.some((one) => one.model === model) && named('model', model),
    (!panel || store.exhibit.walks === false) && toolsSaid?.(store),
    t('figure.more.notation', { notation: notation.value }),
    !panel && folded.value && t('figure.more.folded'),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** True where the bar has no room for notation and fold: they stand in the network's corner. */
export const cornered = (store: Store, { panels = [], Tools }: Views): boolean =>
  panels.length === 0 || Tools !== undefined || (store.exhibit.variants?.length ?? 0) > 0;

/** In the bar or in the corner of the network: the course's two notations, folded or unrolled. */
export function FigureTools({ store }: { store: Store }) {
  const { folded } = store.session;
  return (
    <div class="figure-tools">
      <Notations store={store} />
      {shared(store.session).picture.value?.kind.folds && (
        <button
          type="button"
          class="btn"
          {...control(store.session, 'fold')}
          onClick={() => {
            folded.value = !folded.value;
          }}
        >
          {t(folded.value ? 'figure.unfold' : 'figure.fold')}
        </button>
      )}
    </div>
  );
}

function Notations({ store }: { store: Store }) {
  const { notation } = store.session;
  return (
    <fieldset class="seg" aria-label={t('text.notation')} {...control(store.session, 'notation')}>
      {(['a', 'b'] as const).map((one) => (
        <button
          type="button"
          key={one}
          aria-label={t(`text.notation.${one}`)}
          title={t(`text.notation.${one}`)}
          aria-pressed={notation.value === one}
          onClick={() => {
            notation.value = one;
          }}
        >
          {one}
        </button>
      ))}
    </fieldset>
  );
}

function Variants({ store, variants }: { store: Store; variants: { model: string }[] }) {
  if (variants.length === 0) return null;
  const now = store.runs.origin.value.model;
  return (
    <fieldset class="seg" aria-label={t('figure.variants')}>
      {variants.map(({ model }) => (
        <button
          type="button"
          key={model}
          {...control(store.session, `variant.${model}`)}
          aria-pressed={model === now}
          onClick={() => {
            if (model !== now) void store.open(store.runs.shipped(model));
          }}
        >
          {named('model', model)}
        </button>
      ))}
    </fieldset>
  );
}
