// What a probability for every text is good for: spelling, finishing, telling authors apart.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { control } from '../../components/control';
import { Form } from '../../components/Form';
import { fixed, result, whole } from '../../draw/format';
import { type PlainKey, t } from '../../i18n';
import type { Props } from './Chain';
import type { Lab } from './defaults';
import { isName, MOST_LETTERS, MOST_SEEN } from './lab';
import { Smoothing } from './Parts';

const SLIPS = ['kept', 'swap', 'change', 'out', 'in'] as const;

export function Uses({ store, counting }: Props) {
  const lab = counting.lab.value;
  const covered = counting.covered.value !== null;
  const spelling = counting.spelling.value;
  const endings = counting.endings.value;
  const author = counting.author.value;
  const most = Math.max(...(author?.loss ?? [1]));
  return (
    <>
      <div class="nw-tools">
        <label class="nw-slide" {...control(store.session, 'lab.seen')}>
          {t('next-word.seen')}
          <input
            type="range"
            min={0}
            max={MOST_SEEN}
            value={lab.seen}
            disabled={covered}
            onInput={(event) => counting.set({ seen: event.currentTarget.value, done: '' })}
          />
          <span class="num">{lab.seen}</span>
        </label>
        <Smoothing store={store} counting={counting} />
      </div>
      <div class="nw-uses">
        <Use store={store} counting={counting} of="typed" words="next-word.spelling" how={t('next-word.spelling.how')}>
          {spelling && (
            <table class="nw-row">
              <caption>{t('next-word.spelling.of', { count: whole(spelling.candidates) })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('next-word.spelling.meant')}</th>
                  <th scope="col">{t('next-word.spelling.slip')}</th>
                  <th scope="col">{t('next-word.p')}</th>
                  <th scope="col">{t('next-word.share')}</th>
                </tr>
              </thead>
              <tbody>
                {spelling.meant.map((one, i) => (
                  <tr key={one} aria-current={i === 0 ? 'true' : undefined}>
                    <th scope="row">{one}</th>
                    <td>{t(`next-word.slip.${SLIPS[spelling.slip[i] ?? 0] ?? 'kept'}`)}</td>
                    <td>{result(spelling.p[i] ?? 0, 4)}</td>
                    <td>{fixed(spelling.share[i] ?? 0, 3)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Use>
        <Use
          store={store}
          counting={counting}
          of="beginning"
          words="next-word.endings"
          how={t('next-word.endings.how')}
        >
          {endings && (
            <table class="nw-row">
              <caption>{t('next-word.endings.of', { beginning: endings.beginning })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('next-word.endings.text')}</th>
                  <th scope="col">{t('next-word.endings.p')}</th>
                </tr>
              </thead>
              <tbody>
                {endings.texts.map((one, i) => (
                  <tr key={one} aria-current={i === 0 ? 'true' : undefined}>
                    <th scope="row">
                      {one} {t('next-word.end')}
                    </th>
                    <td>
                      <Part of={(endings.p[i] ?? 0) / (endings.p[0] ?? 1)}>{fixed(endings.p[i] ?? 0, 3)}</Part>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Use>
        <Use store={store} counting={counting} of="word" words="next-word.author" how={t('next-word.author.how')}>
          {author && (
            <table class="nw-row">
              <caption>
                {t('next-word.author.is', {
                  who: t(
                    (author.loss[0] ?? 0) <= (author.loss[1] ?? 0)
                      ? 'next-word.author.names'
                      : 'next-word.author.novel',
                  ),
                })}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{t('next-word.counts.letter')}</th>
                  <th scope="col">{t('next-word.author.names')}</th>
                  <th scope="col">{t('next-word.author.novel')}</th>
                </tr>
              </thead>
              <tbody>
                {author.came.map((one, step) => (
                  <tr key={step}>
                    <th scope="row">{step === author.came.length - 1 ? t('next-word.end') : one}</th>
                    {[0, 1].map((who) => (
                      <td key={who}>{fixed(author.logP[who * author.came.length + step] ?? 0)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('next-word.author.loss')}</th>
                  {[0, 1].map((who) => (
                    <td key={who}>
                      <Part of={(author.loss[who] ?? 0) / most}>{fixed(author.loss[who] ?? 0, 3)}</Part>
                    </td>
                  ))}
                </tr>
              </tfoot>
            </table>
          )}
        </Use>
      </div>
    </>
  );
}

const Part = ({ of, children }: { of: number; children: ComponentChildren }) => (
  <span class="nw-bar" style={{ '--part': String(of) }}>
    <span />
    <span>{children}</span>
  </span>
);

interface UseProps extends Props {
  of: 'typed' | 'beginning' | 'word';
  words: PlainKey;
  how: string;
  children: ComponentChildren;
}
/** A field, and what the counts say of it while one types. */
function Use({ store, counting, of, words, how, children }: UseProps) {
  const typed = useSignal<string | null>(null);
  const now = counting.lab.value[of];
  const wrong = typed.value !== null && !isName(typed.value);
  const type = (text: string) => {
    const word = text.trim().toLowerCase();
    typed.value = isName(word) ? null : word;
    if (isName(word)) counting.set({ [of]: word } as Partial<Lab>);
  };
  return (
    <section class="nw-use" aria-label={t(words)} {...control(store.session, `lab.${of}`)}>
      <h3>{t(words)}</h3>
      <Form class="nw-name" onSend={() => {}}>
        <input
          class="field low"
          aria-label={t(words)}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={wrong || undefined}
          value={typed.value ?? now}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </Form>
      {wrong && (
        <p class="small" role="alert">
          {t('next-word.name.wrong', { most: MOST_LETTERS })}
        </p>
      )}
      <p class="small dim">{how}</p>
      {children}
    </section>
  );
}
