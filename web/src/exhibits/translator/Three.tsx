// One sentence through one vector, attention and the Transformer, side by side.
import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { Problem } from '../../components/Problem';
import { useTheme } from '../../draw/box';
import { cell, fixed, whole } from '../../draw/format';
import { Share } from '../../figures/heads/Share';
import { spoken } from '../../figures/search/words';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { bare, tokenText } from '../../stage/tokens';
import { createThree, NETS, type Net, type Three as Read, type Written } from './three';

export function Three({ store }: { store: Store }) {
  const { text } = store.session;
  const three = useMemo(() => createThree(store.spawn, store.exhibit), [store]);
  useEffect(() => three.dispose, [three]);
  useSignalEffect(() => {
    if (text.value !== '') three.ask(text.value);
  });
  const read = three.now.value;
  return (
    <div class="panel translator-three" {...control(store.session, 'lab.three')}>
      <Problem of={three.problem.value} />
      {read && (
        <>
          <p class="small" data-text={read.text}>
            {read.right === null ? t('translator.three.unknown') : t('translator.three.right', { right: read.right })}
          </p>
          <div class="translator-nets">
            {NETS.map((net) => (
              <One key={net} net={net} read={read} theme={store.session.theme.value} />
            ))}
          </div>
          <Counts read={read} />
          <p class="small dim">{t('translator.three.note')}</p>
        </>
      )}
    </div>
  );
}

/** What it writes, a row a word: how sure it is, and where it looked. */
function One({ net, read, theme: seen }: { net: Net; read: Read; theme: 'light' | 'dark' }) {
  const theme = useTheme(seen);
  const { run, source, tokens, chances, looks } = read.nets[net];
  const text = tokenText(run.vocabulary);
  const words = spoken(run.vocabulary, tokens);
  return (
    <section class="translator-net head-large" aria-label={t(`translator.three.${net}`)}>
      <h3>{t(`translator.three.${net}`)}</h3>
      <p>
        <b class="mono">{words}</b>{' '}
        {read.right !== null && (
          <span class="dim">{t(words === read.right ? 'search.is.right' : 'search.is.wrong')}</span>
        )}
      </p>
      <table class="head-rows">
        <caption class="sr">{t('translator.three.table', { net: t(`translator.three.${net}`) })}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">p</th>
            {source.map((token, key) => (
              <th scope="col" key={key}>
                {bare(text(token))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token, i) => (
            <tr key={i}>
              <th scope="row">{bare(text(token))}</th>
              <td class="num">{fixed(chances[i] ?? 0, 2)}</td>
              {looks?.[i]?.map((weight, key) => (
                <Share key={key} value={weight} theme={theme}>
                  {cell(weight)}
                </Share>
              ))}
              {!looks && i === 0 && (
                <td class="translator-neck" colSpan={source.length} rowSpan={tokens.length}>
                  {t('translator.three.neck', { count: run.settings.hidden_size ?? '' })}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What is counted of each. */
function Counts({ read }: { read: Read }) {
  const rows: [string, (net: Written) => string][] = [
    [
      t('translator.three.all'),
      ({ chances }) =>
        fixed(
          chances.reduce((all, p) => all * p, 1),
          2,
        ),
    ],
    [t('translator.three.longest'), ({ longest }) => whole(longest)],
    [t('translator.three.shortest'), ({ shortest }) => whole(shortest)],
    [t('translator.count'), ({ run }) => whole(run.parameters)],
  ];
  return (
    <table class="translator-parts">
      <caption class="sr">{t('translator.three.counts')}</caption>
      <thead>
        <tr>
          <td />
          {NETS.map((net) => (
            <th scope="col" key={net}>
              {t(`translator.three.${net}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {NETS.map((net) => (
              <td class="num" key={net}>
                {of(read.nets[net])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
