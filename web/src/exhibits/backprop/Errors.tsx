// Four kinds of answers: the likelihood of each, the output that belongs to it, the error as minus its logarithm, and the
// same δ for all of them.
import { control } from '../../components/control';
import { plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import { Figure } from './Figure';
import { ANSWERS, type Answers, answersOf, type Lesson } from './lesson';
import { answered, drawnOf } from './topology';
import { Check, Points } from './Walk';

const FORMULAS: Record<Answers, { output: string; error: string }> = {
  squares: { output: 'y_{k} = \\a{a}_{k}', error: '½ Σ_{k} (y_{k} − t_{k})^{2}' },
  bernoulli: { output: 'y = σ(\\a{a})', error: '−t \\t{ln }y − (1 − t) \\t{ln}(1 − y)' },
  binaries: { output: 'y_{k} = σ(\\a{a}_{k})', error: '−Σ_{k} t_{k} \\t{ln }y_{k} + (1 − t_{k}) \\t{ln}(1 − y_{k})' },
  softmax: { output: 'y_{k} = \\t{softmax}(\\a{a})_{k}', error: '−Σ_{k} t_{k} \\t{ln }y_{k}' },
};

export function Errors({ store, lesson }: { store: Store; lesson: Lesson }) {
  const seen = lesson.seen.value;
  const now = lesson.answers.value;
  return (
    <>
      <section class="bp-net" aria-label={t('backprop.net')}>
        <div class="bp-errors" {...control(store.session, 'lab.errors')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('backprop.errors.likelihood')}</th>
                <th scope="col">{t('backprop.errors.output')}</th>
                <th scope="col">{t('backprop.errors.error')}</th>
                <th scope="col">
                  <M tex="\\g{δ}_{k}" />
                </th>
              </tr>
            </thead>
            <tbody>
              {ANSWERS.map((one) => (
                <tr key={one} aria-current={one === now ? 'true' : undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      class="btn low"
                      aria-pressed={one === now}
                      {...control(store.session, `error.${one}`)}
                      onClick={() =>
                        seen && one !== now && void lesson.draw(answered(drawnOf(seen.net), answersOf(one)), one)
                      }
                    >
                      {t(`backprop.errors.${one}`)}
                    </button>
                    <span class="small dim">{t(`backprop.errors.${one}.of`)}</span>
                  </th>
                  <td>
                    <M tex={FORMULAS[one].output} />
                  </td>
                  <td>
                    <M tex={FORMULAS[one].error} />
                  </td>
                  <td>
                    <M tex="y_{k} − t_{k}" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="bp-said small">
            {now === 'squares' && seen
              ? t('backprop.errors.variance', { variance: plain(seen.each.variance, 4) })
              : t('backprop.errors.sum')}
          </p>
        </div>
      </section>
      <section class="bp-side" aria-label={t('backprop.errors.side')}>
        <Check store={store} lesson={lesson} />
        <Figure store={store} lesson={lesson} />
      </section>
      <Clocks store={store} lesson={lesson} />
      <Points store={store} lesson={lesson} />
    </>
  );
}
