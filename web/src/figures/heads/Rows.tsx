// What every head looks at for one word that is written, a row a head, and the mean of them beneath.
import { useTheme } from '../../draw/box.ts';
import type { Theme } from '../../draw/colour.ts';
import { cell } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import { HeadNumber } from './Heads.tsx';
import { Share, ShareLegend } from './Share.tsx';
import './index.ts';

interface RowsOf {
  caption: string;
  keys: readonly string[];
  heads: number; // of each block
  /** [block, head, key]: of each head they add up to 1; null: nothing was looked at yet. */
  weights: ArrayLike<number> | null;
  theme: 'light' | 'dark';
}

export function HeadRows({ caption, keys, heads, weights, theme: seen }: RowsOf) {
  const theme = useTheme(seen);
  const S = keys.length;
  const count = weights ? weights.length / Math.max(1, S) : heads;
  const blocks = count / heads;
  const at = (row: number, key: number) => weights?.[row * S + key];
  const mean = (key: number) => {
    if (!weights) return undefined;
    let sum = 0;
    for (let row = 0; row < count; row++) sum += at(row, key) as number;
    return sum / count;
  };
  return (
    <div class="head-large">
      <table class="head-rows">
        <caption class="small">{caption}</caption>
        <thead>
          <tr>
            <td />
            {keys.map((word, key) => (
              <th scope="col" key={key}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, row) => (
            <tr key={row}>
              <th scope="row">
                <span class="sr">{t('heads.of', { head: (row % heads) + 1, block: Math.floor(row / heads) + 1 })}</span>
                {blocks > 1 && (
                  <span class="dim" aria-hidden="true">
                    {t('heads.block', { block: Math.floor(row / heads) + 1 })}{' '}
                  </span>
                )}
                <HeadNumber head={row % heads} />
              </th>
              {keys.map((_, key) => (
                <Weight key={key} value={at(row, key)} theme={theme} />
              ))}
            </tr>
          ))}
          {count > 1 && (
            <tr class="mean">
              <th scope="row">{t('heads.mean')}</th>
              {keys.map((_, key) => (
                <Weight key={key} value={mean(key)} theme={theme} />
              ))}
            </tr>
          )}
        </tbody>
      </table>
      <p class="small dim legend-line">
        <ShareLegend />
      </p>
    </div>
  );
}

function Weight({ value, theme }: { value: number | undefined; theme: Theme }) {
  if (value === undefined) return <td class="masked" />;
  return (
    <Share value={value} theme={theme}>
      {cell(value)}
    </Share>
  );
}
