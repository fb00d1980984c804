// What a row guesses, the likeliest first, and what really comes.

import { rampShade } from '../draw/colour.ts';
import { cell } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { NodeSchema } from '../session/types.ts';
import { bare } from '../stage/tokens.ts';
import './heads/index.ts';
import type { Spelled } from './kind.ts';

const SHOWN = 6;

/** done: of the row's numbers, those that are there. */
export function Likeliest({ of, node, row, done }: { of: Spelled; node: NodeSchema; row: number; done: number }) {
  const { theme, session, text } = of;
  const all = of.frame.values(node.id, 'value');
  const count = node.shape.at(-1) ?? 0;
  const from = row * count;
  const asked = Array.from({ length: count }, (_, token) => session.isAsked(node.id, from + token, 'value')).some(
    Boolean,
  );
  const comes = session.schema.value?.targets[row];
  if (!all || done < count || asked || comes === undefined) return null;
  const order = Array.from({ length: count }, (_, token) => token).sort(
    (a, b) => (all[from + b] as number) - (all[from + a] as number),
  );
  const shown = order.slice(0, SHOWN);
  return (
    <table class="look-up">
      <caption>{t('heads.likeliest')}</caption>
      <tbody>
        {[...shown, ...(shown.includes(comes) ? [] : [comes])].map((token) => {
          const p = all[from + token] as number;
          const { fill, ink } = rampShade(theme, theme.share, p, 1);
          return (
            <tr key={token} class={token === comes ? 'best' : ''}>
              <th scope="row">{bare(text(token))}</th>
              <td class="cell num" style={{ background: fill, color: ink }}>
                {cell(p, 3)}
              </td>
              <td class="comes">{token === comes ? t('heads.likeliest.comes') : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
