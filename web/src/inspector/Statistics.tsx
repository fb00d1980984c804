import { plain, statistics } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Values } from '../session/types.ts';

/** Least, largest, mean, deviation and norm of what is shown. */
export function Statistics({ values, of }: { values: Values; of: string }) {
  const s = statistics(values);
  if (s.count < 2) return null;
  const rows: [string, number][] = [
    [t('inspector.least'), s.min],
    [t('inspector.largest'), s.max],
    [t('inspector.mean'), s.mean],
    [t('inspector.deviation'), s.deviation],
    [t('inspector.norm'), s.norm],
  ];
  return (
    <dl class="statistics" aria-label={of}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">{plain(value, 3)}</dd>
        </div>
      ))}
    </dl>
  );
}
