// What was thrown when, on the loss curve: settings by which the graph is made anew, at the updates at which they changed.
import { named, t } from '../i18n';
import type { Session } from '../session/types';
import { valueText } from './deeds';

interface Thrown {
  at: number; // the update
  x: number; // in rem/16
  words: string; // none where there is no room
}

/** By update; several at one are told together. */
function thrown(session: Session): Map<number, string> {
  const run = session.run.value;
  const rows = session.core.value?.models.find(({ name }) => name === run?.settings.model)?.settings ?? [];
  const built = new Set(rows.filter((row) => row.built).map(({ key }) => key));
  const all = new Map<number, Map<string, string>>();
  for (const { step, key, value } of run?.log ?? []) {
    if (!built.has(key)) continue;
    const own = all.get(step) ?? new Map<string, string>();
    own.set(key, `${named('setting', key)}: ${valueText(value)}`);
    all.set(step, own);
  }
  return new Map([...all].map(([step, own]) => [step, [...own.values()].join(', ')]));
}

const LETTER = 6.2; // of 12 units, on average, at most

/** end: where the axis ends. The words of one end before the next begins; else its mark stands alone. */
export function thrownOn(session: Session, end: number): Thrown[] {
  const whole = session.timelineEnd.value;
  const marks = [...thrown(session)].map(([at, words]) => ({ at, words, x: (at / whole) * end }));
  marks.sort((a, b) => a.at - b.at);
  return marks.map(({ at, words, x }, i) => {
    const room = (marks[i + 1]?.x ?? end) - x - 10;
    return { at, x, words: words.length * LETTER <= room ? words : '' };
  });
}

/** For those who do not see it. */
export const thrownSaid = (session: Session): string =>
  [...thrown(session)].map(([step, words]) => t('curves.thrown', { step, words })).join(' ');
