// "a is to b as c is to ...": what is added to a word, and which word then lies nearest.
import { control } from '../../components/control';
import { type PlainKey, t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import type { Lesson } from './lesson';
import { Chart, epochClock, VectorTools } from './Map';
import { Aside, MarkLegend, Nearest } from './Parts';
import { ranked } from './words';

const ANSWERS = 8;
/** Those of the tour first; what the sentences would say. */
const KNOWN: { asked: string; says: string[] }[] = [
  { asked: 'king.queen.uncle', says: ['aunt'] },
  { asked: 'aunt.uncle.queen', says: ['king'] },
  { asked: 'king.crown.uncle', says: ['tea', 'newspaper'] },
  { asked: 'pear.tree.sony', says: [] },
];

export function Analogy({ store, lesson }: { store: Store; lesson: Lesson }) {
  const of = lesson.meaning.value;
  const lab = lesson.lab.value;
  const [a = '', b = '', c = ''] = lab.asked.split('.');
  const known = KNOWN.find(({ asked }) => asked === lab.asked);
  const said = lesson.answers.value;
  const isNow = said?.asked === lab.asked && said.by === lab.by && said.epoch === lesson.epoch.value;
  const found = isNow ? ranked(said.cosine) : [];
  const best = lesson.covered.value ? undefined : found[0];
  const number = (word: string) => of?.words.indexOf(word) ?? -1;
  const [from, to, third] = [number(a), number(b), number(c)];
  const set = (at: 0 | 1 | 2, word: string) => {
    const next = [a, b, c];
    next[at] = word;
    lesson.edit('meaning.asked', { asked: next.join('.') });
  };
  const choose = (at: 0 | 1 | 2, now: string) => (
    <select
      class="field low"
      aria-label={t(`meaning.asked.${at}` as PlainKey)}
      value={now}
      onChange={(event) => set(at, event.currentTarget.value)}
    >
      {(of?.words ?? [])
        .filter((word, w) => word === now || (of?.kinds[w] ?? []).length > 0)
        .map((word) => (
          <option key={word} value={word} disabled={word !== now && [a, b, c].includes(word)}>
            {word}
          </option>
        ))}
    </select>
  );
  const verdict =
    !best || !known
      ? null
      : known.says.length === 0
        ? 'meaning.answer.nothing'
        : known.says.includes(of?.words[best.word] ?? '')
          ? 'meaning.answer.holds'
          : 'meaning.answer.fails';
  return (
    <>
      <VectorTools store={store} lesson={lesson} />
      <section class="wv-main" aria-label={t('meaning.analogy.label')}>
        <div class="wv-asked" {...control(store.session, 'lab.asked')}>
          {choose(0, a)} <span>{t('meaning.isto')}</span> {choose(1, b)} <span>{t('meaning.as')}</span> {choose(2, c)}{' '}
          <span>{t('meaning.isto')}</span> <b class="wv-answer">{best ? of?.words[best.word] : '?'}</b>
        </div>
        <Chart
          store={store}
          lesson={lesson}
          named={[from, to, third, ...(best ? [best.word] : [])]}
          arrows={[{ from, to }, ...(best ? [{ from: third, to: best.word, dashed: true }] : [])]}
        />
        <MarkLegend />
      </section>
      <Aside label={t('meaning.answers.label')}>
        <fieldset class="wv-known" aria-label={t('meaning.known')} {...control(store.session, 'lab.known')}>
          {KNOWN.map(({ asked }) => {
            const [x = '', y = '', z = ''] = asked.split('.');
            return (
              <button
                type="button"
                class="btn low"
                key={asked}
                aria-pressed={asked === lab.asked}
                onClick={() => asked !== lab.asked && lesson.edit('meaning.asked', { asked })}
              >
                {t('meaning.known.one', { x, y, z })}
              </button>
            );
          })}
        </fieldset>
        <div class="wv-company" {...control(store.session, 'lab.answers')}>
          <p class="wv-title">{t('meaning.answers', { a, b, c })}</p>
          {lesson.covered.value ? (
            <p class="small">{t('meaning.covered')}</p>
          ) : (
            <>
              {of && (
                <Nearest of={of} near={found.slice(0, ANSWERS)} meant={(word) => known?.says.includes(word) ?? false} />
              )}
              {verdict && (
                <p class="small" role="status">
                  {t(verdict, {
                    answer: of?.words[best?.word ?? 0] ?? '',
                    wanted: (known?.says ?? []).join(t('meaning.or')),
                  })}
                </p>
              )}
            </>
          )}
        </div>
      </Aside>
      <Clocks store={store} clocks={[epochClock(lesson)]} />
    </>
  );
}
