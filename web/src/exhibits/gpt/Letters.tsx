// The letters so far, and under each what the heads and the gradient say of it.
import type { Looked } from '../../../../wasm/bridge/protocol';
import { useTheme } from '../../draw/box';
import { rampShade, signShade } from '../../draw/colour';
import { cell, largest, niceRange } from '../../draw/format';
import { ShareLegend } from '../../figures/heads/Share';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { after } from './lab';
import { letterOf } from './letters';
import { rowsOf } from './rows';
import type { Written } from './writer';

const SHOWN = 14; // letters that have room

/** The letters, and under each how much the heads look at it, what of it comes through, and how much the choice hung on it. */
export function Letters({
  store,
  written,
  draw,
  moments,
  looked,
}: {
  store: Store;
  written: Written;
  draw: number;
  moments: number;
  looked: Looked | null;
}) {
  const theme = useTheme(store.session.theme.value);
  const { vocabulary, letters, drawn } = written;
  const done = moments >= after('draw');
  const read = [t('mark.start'), ...[...written.given, ...letters.slice(0, draw)].map(letterOf)];
  const now = done ? letterOf(vocabulary[drawn.tokens[draw] ?? -1] ?? '') : '';
  const first = Math.max(0, read.length - SHOWN);
  const seen = read.slice(first).map((letter, i) => ({ letter, at: first + i }));
  const rows = looked ? rowsOf(looked) : [];
  const range = niceRange(largest(looked?.times ?? []));
  const name = (of: number) => (of === 0 ? 'start' : of <= [...written.given].length ? 'given' : 'drawn');
  return (
    <>
      <table class="gpt-letters" data-update={drawn.step}>
        <caption class="sr">{t('gpt.letters.caption')}</caption>
        <thead>
          <tr>
            <th scope="row">{t('gpt.name')}</th>
            {seen.map(({ letter, at }) => (
              <th scope="col" key={at} class={`gpt-letter is-${name(at)}${at === read.length - 1 ? ' is-now' : ''}`}>
                <b>{letter}</b>
              </th>
            ))}
            <th scope="col" class={done ? 'gpt-letter is-picked' : 'gpt-letter is-ahead'}>
              <b>{now || t('gpt.ahead')}</b>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, values }) => (
            <tr key={id}>
              <th scope="row">{t(`gpt.row.${id}`)}</th>
              {seen.map(({ at }) => {
                const value = values[at] ?? 0;
                if (id === 'mattered' && !done) return <td key={at} class="gpt-none" />;
                const { fill, ink } =
                  id === 'mattered' ? signShade(theme, value, range) : rampShade(theme, theme.share, value, 1);
                return (
                  <td key={at} class="num" style={{ background: fill, color: ink }}>
                    {cell(value)}
                  </td>
                );
              })}
              <td class="gpt-none" />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="gpt-legends small dim">
        <ShareLegend words={t('gpt.legend.share')} />
        <SignLegend scale={{ range, was: null, kept: false }} words={t('gpt.legend.mattered')} />
      </p>
    </>
  );
}
