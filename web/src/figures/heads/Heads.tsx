// Heads side by side: every head of every block as a small square, rows heads and columns blocks; and one of them large,
// with the words at its sides and the numbers of the row that is looked at.

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useTheme } from '../../draw/box.ts';
import type { Ramp } from '../../draw/colour.ts';
import { cell } from '../../draw/format.ts';
import { t } from '../../i18n/index.ts';
import { Share, ShareLegend } from './Share.tsx';
import './index.ts';
import { type Chosen, hueOf, isMasked, type Looks, most } from './looks.ts';

interface HeadsOf {
  looks: Looks;
  chosen: Chosen;
  row: number; // the word that is read, from 0
  theme: 'light' | 'dark';
  onChoose(chosen: Chosen): void;
}

/** All of them. Each is a button: it is seen large where it is pressed. */
export function Heads({ looks, chosen, row, theme, onChoose }: HeadsOf) {
  const { share: ramp } = useTheme(theme);
  const count = (n: number) => Array.from({ length: n }, (_, i) => i);
  return (
    <fieldset class="heads" style={{ '--blocks': looks.blocks }} aria-label={t('heads.all')}>
      {looks.blocks > 1 && <span aria-hidden="true" />}
      {looks.blocks > 1 &&
        count(looks.blocks).map((block) => (
          <span key={block} class="heads-block small dim" aria-hidden="true">
            {t('heads.block', { block: block + 1 })}
          </span>
        ))}
      {count(looks.heads).map((head) => (
        <HeadRow key={head} head={head} many={looks.blocks > 1}>
          {count(looks.blocks).map((block) => {
            const weights = looks.at(block, head);
            const at = weights && most(weights, row, looks.keys.length);
            return (
              <button
                key={block}
                type="button"
                class="head-tile"
                style={{ '--hue': hueOf(head) }}
                aria-pressed={chosen.block === block && chosen.head === head}
                disabled={!weights}
                aria-label={
                  at === null
                    ? t('heads.head.ahead', { head: head + 1, block: block + 1 })
                    : t('heads.head', {
                        head: head + 1,
                        block: block + 1,
                        word: looks.words[row] ?? '',
                        most: looks.keys[at] ?? '',
                        weight: cell(weights?.[row * looks.keys.length + at] ?? 0),
                      })
                }
                onClick={() => onChoose({ block, head })}
              >
                {looks.blocks === 1 && <HeadNumber head={head} />}
                <Square looks={looks} weights={weights} ramp={ramp} row={row} />
              </button>
            );
          })}
        </HeadRow>
      ))}
    </fieldset>
  );
}

function HeadRow({ head, many, children }: { head: number; many: boolean; children: ComponentChildren }) {
  return (
    <>
      {many && <HeadNumber head={head} />}
      {children}
    </>
  );
}

/** Its number on its hue: never told by the hue alone. */
export const HeadNumber = ({ head }: { head: number }) => (
  <span class="head-number" style={{ '--hue': hueOf(head) }} aria-hidden="true">
    {head + 1}
  </span>
);

/** Its weights as colours, a pixel a weight; what the mask takes is hatched, and so is all of what is not there yet. */
function Square({
  looks,
  weights,
  ramp,
  row,
}: {
  looks: Looks;
  weights: ArrayLike<number> | null;
  ramp: Ramp;
  row: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [rows, keys] = [looks.words.length, looks.keys.length];
  useLayoutEffect(() => {
    const ctx = canvas.current?.getContext('2d');
    if (!ctx) return;
    const picture = ctx.createImageData(keys, rows);
    for (let i = 0; weights && i < rows * keys; i++) {
      if (isMasked(looks, Math.floor(i / keys), i % keys)) continue;
      const place = Math.round(255 * Math.max(0, Math.min(1, weights[i] as number)));
      picture.data.set(ramp.rgb.subarray(3 * place, 3 * place + 3), 4 * i);
      picture.data[4 * i + 3] = 255;
    }
    ctx.putImageData(picture, 0, 0);
  });
  return (
    <span class="head-square" style={{ '--rows': rows, '--keys': keys, '--row': row }}>
      <canvas ref={canvas} width={keys} height={rows} />
    </span>
  );
}

const FIGURES = 14; // keys whose numbers have room

/** One head: a row a word that looks. `onRow` where a word can be pressed. */
export function Head({
  looks,
  chosen,
  row,
  theme: seen,
  onRow,
}: Omit<HeadsOf, 'onChoose'> & { onRow?: (row: number) => void }) {
  const theme = useTheme(seen);
  const weights = looks.at(chosen.block, chosen.head);
  const keys = looks.keys.length;
  const figures = keys <= FIGURES;
  return (
    <div class="head-large">
      <table class={figures ? '' : 'tight'}>
        <caption class="small">
          <HeadNumber head={chosen.head} /> {t('heads.large', { head: chosen.head + 1, block: chosen.block + 1 })}
        </caption>
        <thead>
          <tr>
            <td />
            {looks.keys.map((word, key) => (
              <th scope="col" key={key}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looks.words.map((word, i) => (
            <tr key={i} class={i === row ? 'now' : ''}>
              <th scope="row">
                {onRow ? (
                  <button type="button" class="head-word" aria-pressed={i === row} onClick={() => onRow(i)}>
                    {word}
                  </button>
                ) : (
                  word
                )}
              </th>
              {looks.keys.map((_, key) => {
                const weight = weights?.[i * keys + key];
                if (weight === undefined || isMasked(looks, i, key))
                  return <td key={key} class="masked" title={weight === undefined ? '' : t('heads.masked')} />;
                return (
                  <Share key={key} value={weight} theme={theme}>
                    {figures || i === row ? cell(weight) : ''}
                  </Share>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small dim legend-line">
        <ShareLegend />
        {looks.masked && (
          <span class="legend">
            <i class="hatched" aria-hidden="true" /> {t('heads.masked')}
          </span>
        )}
      </p>
    </div>
  );
}
