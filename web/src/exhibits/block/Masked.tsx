// The mask, twice: as minus infinity before the softmax, as the figure walks it; and as a smaller set of keys, as the graph
// that trains has it, which computes nothing of the others. Number by number the same.
import { Problem } from '../../components/Problem';
import { useTheme } from '../../draw/box';
import { rampShade } from '../../draw/colour';
import { cell as figure, fixed } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { useAsked } from '../asked';
import { labOf } from './lab';
import { useLooks } from './looked';

export function MaskPanel({ store }: { store: Store }) {
  const { session } = store;
  const { looks, problem } = useLooks(store);
  const schema = session.schema.value;
  const settings = session.run.value?.settings ?? {};
  const tape = useAsked(store, JSON.stringify([schema?.text, settings, schema?.nodes.length]), async () => {
    const { nodes } = session.schema.peek() ?? { nodes: [] };
    const { values } = await session.bridge.call('tape');
    return { nodes, values };
  });
  const theme = useTheme(session.theme.value);
  const lab = labOf(store.lab.value);
  const walked = tape.now.value;
  if (!looks || !walked || walked.nodes !== schema?.nodes)
    return (
      <div class="panel block-panel">
        <Problem of={problem ?? tape.problem.value} />
      </div>
    );
  const T = looks.words.length;
  const row = Math.min(lab.row, T) - 1;
  const block = Math.min(lab.block, looks.blocks);
  const head = Math.min(lab.head, looks.heads);
  const scope = looks.heads > 1 ? `blocks.${block}.head${head}` : `blocks.${block}`;
  const of = (name: string) => {
    const node = walked.nodes.find(({ path }) => path === `${scope}.${name}`);
    return node ? walked.values[node.id] : undefined;
  };
  const [scores, masked, weights] = [of('e'), of('masked') ?? of('e'), of('a')];
  const smaller = looks.at(block - 1, head - 1);
  if (!scores || !masked || !weights || !smaller) return null;
  const at = (values: ArrayLike<number>, key: number) => values[row * T + key] as number;
  const seen = (key: number) => !looks.masked || key <= row;
  const keys = looks.keys.map((_, key) => key);
  const sum = keys.reduce((all, key) => all + Math.exp(at(masked, key)), 0);
  const differ = Array.from({ length: T * T }, (_, i) => weights[i] !== smaller[i]).filter(Boolean).length;
  const set = (changed: Record<string, number>) => {
    const words = Object.entries(changed).map(([key, value]) => [key, String(value)]);
    store.lab.value = { ...store.lab.peek(), ...Object.fromEntries(words) };
  };
  const share = (v: number) => {
    const { fill, ink } = rampShade(theme, theme.share, v, 1);
    return { background: fill, color: ink };
  };
  const told = (v: number) => (Number.isFinite(v) ? fixed(v, 3) : '−∞');
  return (
    <div class="panel block-panel">
      <div class="block-tools">
        <fieldset class="seg" aria-label={t('block.mask.head')}>
          <legend class="seg-name">{t('block.mask.head')}</legend>
          {Array.from({ length: looks.blocks * looks.heads }, (_, i) => {
            const own = { block: Math.floor(i / looks.heads) + 1, head: (i % looks.heads) + 1 };
            return (
              <button
                key={i}
                type="button"
                aria-pressed={own.block === block && own.head === head}
                title={t('block.heads.of', own)}
                onClick={() => set(own)}
              >
                {t('block.mask.of', own)}
              </button>
            );
          })}
        </fieldset>
        <fieldset class="seg" aria-label={t('block.mask.row')}>
          <legend class="seg-name">{t('block.mask.row')}</legend>
          {looks.words.map((word, i) => (
            <button key={i} type="button" aria-pressed={i === row} onClick={() => set({ row: i + 1 })}>
              {word}
            </button>
          ))}
        </fieldset>
      </div>
      <div class="block-masks">
        <table class="block-mask">
          <caption>{t('block.mask.infinite')}</caption>
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
            <tr>
              <th scope="row">
                <M tex="\a{s}_{ij}" />
              </th>
              {keys.map((key) => (
                <td key={key} class="num">
                  {told(at(scores, key))}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('block.mask.then')}</th>
              {keys.map((key) => (
                <td key={key} class={seen(key) ? 'num' : 'num b'}>
                  {told(at(masked, key))}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">
                <M tex="\t{exp}" />
              </th>
              {keys.map((key) => (
                <td key={key} class="num">
                  {fixed(Math.exp(at(masked, key)), 3)}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">
                <M tex="\a{α}_{ij}" />
              </th>
              {keys.map((key) => (
                <td key={key} class="num" style={share(at(weights, key))} data-weight={at(weights, key)}>
                  {figure(at(weights, key), 3)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
        <table class="block-mask">
          <caption>{t('block.mask.smaller', { count: looks.masked ? row + 1 : T })}</caption>
          <thead>
            <tr>
              <td />
              {looks.keys.map((word, key) => (
                <Named key={key} word={seen(key) ? word : null} />
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                <M tex="\a{s}_{ij}" />
              </th>
              {keys.map((key) => (
                <td key={key} class={seen(key) ? 'num' : 'masked'}>
                  {seen(key) ? told(at(scores, key)) : ''}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">
                <M tex="\t{exp}" />
              </th>
              {keys.map((key) => (
                <td key={key} class={seen(key) ? 'num' : 'masked'}>
                  {seen(key) ? fixed(Math.exp(at(scores, key)), 3) : ''}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">
                <M tex="\a{α}_{ij}" />
              </th>
              {keys.map((key) => (
                <td
                  key={key}
                  class={seen(key) ? 'num' : 'masked'}
                  style={seen(key) ? share(at(smaller, key)) : {}}
                  data-smaller={at(smaller, key)}
                >
                  {seen(key) ? figure(at(smaller, key), 3) : ''}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
        <p class="small" role="status">
          {t('block.mask.sum', { sum: fixed(sum, 3), word: looks.words[row] ?? '' })}{' '}
          <b>{t(differ === 0 ? 'block.mask.same' : 'block.mask.differ', { count: differ, all: T * T })}</b>
        </p>
      </div>
    </div>
  );
}

const Named = ({ word }: { word: string | null }) => (word === null ? <td /> : <th scope="col">{word}</th>);
