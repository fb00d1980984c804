// The gradient's way from the last word that is written to the first that was read: through the one vector, and in a net
// that is alike but looks back. Counted by the core on both graphs.
import { useRef } from 'preact/hooks';
import type { WalkSchema } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { useBox } from '../../draw/box';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import { bare, cut, tokenText } from '../../stage/tokens';
import { useAsked } from '../asked';
import { Problem } from './asked';
import { type Way as Counted, lastWritten, wayOf, wayWithAttention } from './ways';

interface Ways {
  schema: WalkSchema;
  vector: Counted;
  attention: Counted;
}

export function Way({ store }: { store: Store }) {
  const { session } = store;
  const { run, bridge } = session;
  const schema = session.schema.value;
  const settings = run.value?.settings;
  const key = JSON.stringify([schema?.text, schema?.pair?.target, settings?.hidden_size, settings?.cell]);
  const { now, problem } = useAsked<Ways | null>(store, key, async () => {
    if (!schema || !settings) return null;
    const vector = await wayOf(bridge, schema);
    return { schema, vector, attention: await wayWithAttention(store.spawn, settings, schema) };
  });
  const ways = now.value;
  return (
    <div class="panel seq2seq-panel">
      <Problem of={problem} />
      {ways && <Both store={store} ways={ways} />}
    </div>
  );
}

function Both({ store, ways }: { store: Store; ways: Ways }) {
  const { schema, vector, attention } = ways;
  const text = tokenText(store.session.run.value?.vocabulary ?? []);
  const source = (schema.pair?.source ?? []).map((token) => bare(text(token)));
  const target = schema.targets.slice(0, lastWritten(schema)).map((token) => bare(text(token)));
  const [first = '', last = ''] = [source[0], target.at(-1)];
  return (
    <>
      <p class="small" role="status">
        {t('seq2seq.way.said', {
          ...{ first, last, vector: vector.steps, attention: attention.steps },
          ...{ states: vector.states.size, few: attention.states.size },
        })}
      </p>
      <div class="seq2seq-ways" {...control(store.session, 'lab.way')}>
        <Row name={t('seq2seq.way.vector')} way={vector} source={source} target={target} />
        <Row name={t('seq2seq.way.attention')} way={attention} source={source} target={target} />
      </div>
      <p class="small dim">{t('seq2seq.way.counted')}</p>
      <Twin
        caption={t('seq2seq.way.table')}
        head={[t('seq2seq.way.step'), t('seq2seq.way.vector'), t('seq2seq.way.attention')]}
        rows={[...Array(Math.max(vector.nodes.length, attention.nodes.length)).keys()].map((i) => [
          String(i),
          vector.nodes.at(-1 - i)?.path ?? '',
          attention.nodes.at(-1 - i)?.path ?? '',
        ])}
      />
    </>
  );
}

const HEAD = 22; // in rem/16: what the row is called, and how long its way is
const WORD = 22; // under the states
const STATE = 30;

/** The states of both nets in the order of the way, those that it goes through filled. */
function Row({ name, way, source, target }: { name: string; way: Counted; source: string[]; target: string[] }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const { width, height } = box ?? { width: 0, height: 0 };
  const words = [...source, ...target];
  const each = width / Math.max(1, words.length + 1); // one for the vector's place
  const x = (at: number) => each * (at + 0.5 + (at < source.length ? 0 : 1));
  const stateOf = (at: number) => (at < source.length ? `encoder.${at + 1}` : `decoder.${at - source.length + 1}`);
  const wide = Math.min(40, each - 8);
  const top = HEAD + Math.max(8, (height - HEAD - WORD - STATE) / 2);
  const middle = top + STATE / 2;
  const through = words.flatMap((_, at) => (way.states.has(stateOf(at)) ? [at] : []));
  const last = words.length - 1;
  const stops = through.includes(last) ? through : [...through, last]; // its loss, without its state
  const line = stops.slice(1).map((to, i) => {
    const from = stops[i] as number;
    const [x0, x1] = [x(from) + wide / 2, x(to) - wide / 2];
    if (to - from === 1) return `M${x1} ${middle}H${x0 + 5}`;
    const high = Math.max(HEAD + 4, top - 26);
    return `M${x(to)} ${top}C${x(to)} ${high} ${x(from)} ${high} ${x(from)} ${top - 5}`;
  });
  return (
    <div class="seq2seq-way" ref={area}>
      {box && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <text class="t13 b" x={0} y={14}>
            {name}
          </text>
          <text class="t13 t2 end num" x={width} y={14}>
            {t('seq2seq.way.steps', { count: way.steps })}
          </text>
          {line.map((d, i) => (
            <path key={i} class="way" d={d} />
          ))}
          {stops.slice(0, -1).map((at, i) => {
            const near = (stops[i + 1] as number) - at === 1;
            const tip = near ? [x(at) + wide / 2, middle] : [x(at), top - 1];
            const arms = near ? 'l7 -4.5v9Z' : 'l-4.5 -7h9Z';
            return <path key={at} class="way-head" d={`M${tip[0]} ${tip[1]}${arms}`} />;
          })}
          {words.map((word, at) => (
            <g key={at}>
              <rect
                class={through.includes(at) ? 'f-ink' : 'state-off'}
                x={x(at) - wide / 2}
                y={top}
                width={wide}
                height={STATE}
                rx={2}
              />
              <text class={`t12 mid${at === 0 || at === last ? ' b' : ' t2'}`} x={x(at)} y={top + STATE + 17}>
                {cut(word, Math.max(2, Math.floor(each / 6.6)))}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
