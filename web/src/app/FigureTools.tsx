import type { Views } from '../exhibits/types';
import { named, t } from '../i18n';
import type { Store } from '../session/create';

/** Over the figure: what stands there, which network, the course's two notations, folded or unrolled. */
export function FigureTools({ store, views }: { store: Store; views: Views }) {
  const { notation, folded } = store.session;
  const { panels = [], Tools } = views;
  const { variants = [] } = store.exhibit;
  const panel = panels.find(({ id }) => id === store.panel.value);
  const own = panels.length > 0 || variants.length > 0 || Tools !== undefined;
  return (
    <div class={`figure-tools${own ? ' row' : ''}`}>
      {panels.length > 0 && (
        <fieldset class="seg views" aria-label={t('figure.views')}>
          {[null, ...panels].map((one) => (
            <button
              type="button"
              key={one?.id ?? ''}
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
      {!panel && Tools && <Tools store={store} />}
      <fieldset class="seg" aria-label={t('text.notation')}>
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
      {!panel && (
        <button
          type="button"
          class="btn"
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

function Variants({ store, variants }: { store: Store; variants: { model: string }[] }) {
  if (variants.length === 0) return null;
  const now = store.runs.origin.value.model;
  return (
    <fieldset class="seg" aria-label={t('figure.variants')}>
      {variants.map(({ model }) => (
        <button
          type="button"
          key={model}
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
