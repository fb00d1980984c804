// One token as what it is: a residue, a patch, a day.
import { useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { fixed } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { PATCH, patchOf, soldOf } from './lab';
import type { Lesson, Simple } from './lesson';

/** From 0; the first says nothing and answers. */
export function nameOf(lesson: Lesson, at: number): string {
  if (at === 0) return t('elsewhere.start');
  const { protein, days } = lesson.lab.value;
  switch (lesson.task.value) {
    case 'protein':
      return `${protein[at - 1] ?? ''}${at}`;
    case 'digits':
      return t('elsewhere.patch', { at });
    default:
      return t('elsewhere.day', { at, sold: fixed(soldOf(days)[at - 1] ?? Number.NaN) });
  }
}

export const HYDROPATHY = 4.5; // of the scale's ends: R and I

interface TokenProps {
  store: Store;
  lesson: Lesson;
  simple: Simple | null;
  at: number;
}
export function Token({ store, lesson, simple, at }: TokenProps) {
  const theme = useTheme(store.session.theme.value);
  if (at === 0) return <span class="elsewhere-answering">{t('elsewhere.start.short')}</span>;
  const { protein, digits, days } = lesson.lab.value;
  const task = lesson.task.value;
  if (task === 'digits') return <Patch picture={digits} patch={at} />;
  if (task === 'days') return <span class="num">{fixed(soldOf(days)[at - 1] ?? Number.NaN, 1)}</span>;
  const letter = protein[at - 1] ?? '';
  const shade = simple && signShade(theme, simple.hydropathy[letter] ?? 0, HYDROPATHY);
  return (
    <span class="elsewhere-residue" style={shade ? { background: shade.fill, color: shade.ink } : undefined}>
      {letter}
    </span>
  );
}

function Patch({ picture, patch }: { picture: string; patch: number }) {
  return (
    <svg class="elsewhere-patch" viewBox={`0 0 ${PATCH} ${PATCH}`} aria-hidden="true">
      {patchOf(picture, patch).map((ink, i) => (
        <rect key={i} x={i % PATCH} y={Math.floor(i / PATCH)} width={1.02} height={1.02} style={{ opacity: ink / 9 }} />
      ))}
    </svg>
  );
}
