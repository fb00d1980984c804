// Features that combine: three units that say yes or no tell eight faces apart, where one unit a face takes eight.
import { control } from '../../components/control';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useRight } from '../right';
import type { Lesson } from './lesson';

export const FEATURES = ['glasses', 'hat', 'beard'] as const;
const FACES = Array.from({ length: 2 ** FEATURES.length }, (_, i) =>
  FEATURES.map((_, k) => (i >> (FEATURES.length - 1 - k)) & 1),
);
const ASKED = 4; // units
const MOST = 8;

export function Faces({ store, lesson }: { store: Store; lesson: Lesson }) {
  const lab = lesson.lab.value;
  const now = [...lab.face].map(Number);
  const covered = lesson.covered.value !== null;
  const shown = FACES.findIndex((face) => face.join('') === lab.face);
  useRight(store, lesson.asked.value === 'faces' ? { value: 2 ** ASKED } : null);
  const toggle = (k: number) => lesson.set({ face: now.map((bit, i) => (i === k ? 1 - bit : bit)).join('') });
  return (
    <>
      <section class="depth-main" aria-label={t('depth.faces')}>
        <div class="depth-head">
          <h2>{t('depth.faces')}</h2>
          <fieldset
            class="depth-features"
            aria-label={t('depth.faces.features')}
            {...control(store.session, 'lab.features')}
          >
            {FEATURES.map((feature, k) => (
              <label key={feature} class="check">
                <input type="checkbox" checked={now[k] === 1} onChange={() => toggle(k)} />
                {t(`depth.face.${feature}`)}
              </label>
            ))}
          </fieldset>
        </div>
        <div class="depth-faces" {...control(store.session, 'lab.faces')}>
          <table>
            <caption>{t('depth.faces.three')}</caption>
            <thead>
              <tr>
                <td />
                {FACES.map((face, i) => (
                  <th scope="col" key={face.join('')} aria-current={i === shown ? 'true' : undefined}>
                    <button
                      type="button"
                      class="depth-face-button"
                      aria-pressed={i === shown}
                      aria-label={faceName(face)}
                      onClick={() => lesson.set({ face: face.join('') })}
                    >
                      <Face face={face} />
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {FEATURES.map((feature, k) => (
                <tr key={feature}>
                  <th scope="row">{t(`depth.face.${feature}`)}</th>
                  {FACES.map((face, i) => (
                    <td key={face.join('')} class={face[k] ? 'on' : ''} aria-current={i === shown ? 'true' : undefined}>
                      {face[k]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <table>
            <caption>{t('depth.faces.eight')}</caption>
            <tbody>
              {FACES.map((own, unit) => (
                <tr key={own.join('')}>
                  <th scope="row">{t('depth.faces.unit', { unit: unit + 1 })}</th>
                  {FACES.map((face, i) => (
                    <td
                      key={face.join('')}
                      class={i === unit ? 'on' : ''}
                      aria-current={i === shown ? 'true' : undefined}
                    >
                      {i === unit ? 1 : 0}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section class="depth-side" aria-label={t('depth.faces.side')}>
        <div class="depth-table">
          <table>
            <caption>{t('depth.faces.table')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('depth.faces.units')}</th>
                <th scope="col">{t('depth.faces.combined')}</th>
                <th scope="col">{t('depth.faces.alone')}</th>
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: MOST }, (_, i) => i + 1).map((units) => (
                <tr key={units}>
                  <th scope="row">{units}</th>
                  <td>{covered && units >= ASKED ? '·' : 2 ** units}</td>
                  <td>{units}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="small">{t('depth.faces.why')}</p>
        <p class="small dim">{t('depth.faces.edges')}</p>
      </section>
    </>
  );
}

const faceName = (face: readonly number[]) => {
  const has = FEATURES.filter((_, k) => face[k] === 1).map((feature) => t(`depth.face.${feature}`));
  return has.length > 0 ? has.join(', ') : t('depth.face.plain');
};

function Face({ face }: { face: readonly number[] }) {
  const [glasses, hat, beard] = face;
  return (
    <svg viewBox="0 0 48 64" aria-hidden="true" class="depth-face">
      <circle cx={24} cy={36} r={18} class="depth-head-line" />
      <circle cx={17.5} cy={33} r={1.8} class="f-ink" />
      <circle cx={30.5} cy={33} r={1.8} class="f-ink" />
      {beard ? (
        <path class="f-ink" d="M6 38Q8 58 24 60Q40 58 42 38Q34 44 24 42Q14 44 6 38Z" />
      ) : (
        <path class="depth-head-line" d="M17 44Q24 49 31 44" />
      )}
      {beard ? <path class="depth-mouth" d="M19 49H29" /> : null}
      {glasses ? (
        <path
          class="depth-head-line"
          d="M12 33a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0M25 33a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0M23 33h2"
        />
      ) : null}
      {hat ? <path class="f-ink" d="M6 22V18.5H13V4H35V18.5H42V22Z" /> : null}
    </svg>
  );
}
