// What every head of every block looks at, from one token: a bar over each token that there is, and the tokens beneath.
import { control } from '../../components/control';
import { cell, fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import type { Walked } from '../taped';
import { rowOf } from './Clocks';
import { type Lesson, type Simple, valuesOf } from './lesson';
import { nameOf, Token } from './Token';

export interface Head {
  block: number; // from 1
  head: number;
  weights: Float32Array; // [tokens, tokens]
}
export function headsOf(walked: Walked): Head[] {
  const heads: Head[] = [];
  for (let block = 1; ; block++)
    for (let head = 1; ; head++) {
      const own = valuesOf(walked, `blocks.${block}.head${head}.a`);
      const weights = own.length > 0 || head > 1 ? own : valuesOf(walked, `blocks.${block}.a`);
      if (weights.length > 0) heads.push({ block, head, weights });
      else if (head > 1) break;
      else return heads;
    }
}

interface LooksProps {
  store: Store;
  lesson: Lesson;
  walked: Walked;
  simple: Simple | null;
}
export function Looks({ store, lesson, walked, simple }: LooksProps) {
  const heads = headsOf(walked);
  const tokens = Math.round(Math.sqrt(heads[0]?.weights.length ?? 1));
  const row = Math.min(tokens, rowOf(lesson)) - 1;
  const all = Array.from({ length: tokens }, (_, i) => i);
  return (
    <div class="elsewhere-scroll" {...control(store.session, 'lab.looks')}>
      <div class="elsewhere-looks" style={{ '--tokens': String(tokens) }} data-row={row + 1}>
        {heads.map(({ block, head, weights }) => {
          const own = Array.from(weights.subarray(row * tokens, (row + 1) * tokens));
          const most = Math.max(...own);
          return (
            <div
              key={`${block}.${head}`}
              class="elsewhere-head"
              role="img"
              aria-label={t('elsewhere.head.label', {
                block,
                head,
                from: nameOf(lesson, row),
                to: nameOf(lesson, own.indexOf(most)),
                weight: fixed(most),
              })}
            >
              <span class="elsewhere-name small">
                {t('elsewhere.head', { block, head })}
                <b class="num">{fixed(most)}</b>
              </span>
              {own.map((weight, i) => (
                <span key={i} class="elsewhere-bar">
                  <i style={{ height: `${(100 * weight) / most}%` }} />
                </span>
              ))}
            </div>
          );
        })}
        <fieldset class="elsewhere-head tokens" aria-label={t('elsewhere.tokens')}>
          <span class="elsewhere-name small">{t('elsewhere.looking')}</span>
          {all.map((i) => (
            <button
              type="button"
              key={i}
              class="elsewhere-token"
              aria-pressed={i === row}
              aria-label={t('elsewhere.look.from', { token: nameOf(lesson, i) })}
              onClick={() => lesson.set({ row: String(i + 1) })}
            >
              <Token store={store} lesson={lesson} simple={simple} at={i} />
            </button>
          ))}
        </fieldset>
      </div>
      <p class="small dim">{t('elsewhere.looks.about')}</p>
      <Twin
        caption={t('elsewhere.looks.table', { token: nameOf(lesson, row) })}
        update={walked.step}
        head={[t('elsewhere.token'), ...heads.map(({ block, head }) => t('elsewhere.head', { block, head }))]}
        rows={all.map((i) => [
          `${i + 1} ${nameOf(lesson, i)}`,
          ...heads.map(({ weights }) => cell(weights[row * tokens + i] as number)),
        ])}
      />
    </div>
  );
}
