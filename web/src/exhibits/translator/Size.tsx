// How large it is: blocks and numbers of a row, with the parameters that follow and their bytes, beside the paper's.
import { batch, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Bridge, CoreError, Tried } from '../../../../wasm/bridge/protocol';
import { control } from '../../components/control';
import { type Box, useBox } from '../../draw/box';
import { fixed, whole } from '../../draw/format';
import { bytes, t } from '../../i18n';
import type { Store } from '../../session/create';
import { bytesOf, type Counts, countsOf, type Form, PAPER } from './counts';
import { labOf, MOST_BLOCKS, WIDTHS } from './lab';

/** Of the net that is open. */
function formOf(store: Store): Form | null {
  const run = store.session.run.value;
  if (!run) return null;
  const { settings } = run;
  return {
    blocks: Number(settings.num_blocks),
    width: Number(settings.hidden_size),
    inner: Number(settings.feed_forward_size),
    vocabulary: run.vocabulary.length,
    positions: settings.positions ?? 'none',
    context: Number(settings.context_size),
    joined: settings.positions_join === 'concatenated',
  };
}

export function Size({ store }: { store: Store }) {
  const here = formOf(store);
  if (!here) return null;
  const lab = labOf(store.lab.value);
  const blocks = lab.blocks ?? here.blocks;
  const width = lab.d ?? here.width;
  // as much wider inside as in the net that is open, if nothing else is said
  const inner = Math.round((lab.times ?? here.inner / here.width) * width);
  const form = { ...here, blocks, width, inner };
  const counts = countsOf(form);
  const paper = countsOf({ ...here, ...PAPER });
  return (
    <div class="panel translator-size" {...control(store.session, 'lab.size')}>
      <div class="translator-set">
        <label>
          <span>{t('translator.blocks')}</span>
          <input
            type="range"
            min={1}
            max={MOST_BLOCKS}
            value={blocks}
            onInput={(event) => store.setLab('blocks', event.currentTarget.value)}
          />
          <output class="num">{blocks}</output>
        </label>
        <label>
          <span>{t('translator.width')}</span>
          <input
            type="range"
            min={0}
            max={WIDTHS.length - 1}
            value={WIDTHS.findIndex((one) => one >= width)}
            aria-valuetext={String(width)}
            onInput={(event) => store.setLab('d', String(WIDTHS[Number(event.currentTarget.value)] ?? width))}
          />
          <output class="num">{width}</output>
        </label>
        <Build store={store} form={form} />
      </div>
      <Parts form={form} counts={counts} />
      <Chart form={form} here={countsOf(here)} paper={paper} at={here} />
      <p class="small dim">
        {t('translator.paper', { count: whole(paper.blocks), bytes: bytes(bytesOf(paper.blocks)) })}{' '}
        {t('translator.inner', { times: String(Math.round((10 * inner) / width) / 10) })}
      </p>
    </div>
  );
}

/** Builds a net of this size beside the one on screen, in a worker of its own, and does one update of it; or says what the
 *  core refuses it with. */
function Build({ store, form: { blocks, width, inner } }: { store: Store; form: Form }) {
  const busy = useSignal(false);
  const tried = useSignal<Tried | null>(null);
  const problem = useSignal<CoreError | null>(null);
  const worker = useRef<Bridge | null>(null);
  const size = [blocks, width, inner].join();
  const leave = () => {
    worker.current?.close();
    worker.current = null;
    batch(() => {
      busy.value = false;
      tried.value = null;
      problem.value = null;
    });
  };
  useEffect(() => leave, [size]);
  const build = async () => {
    const bridge = store.spawn();
    worker.current = bridge;
    busy.value = true;
    const settings = {
      ...store.session.run.peek()?.settings,
      ...{ num_blocks: String(blocks), hidden_size: String(width), feed_forward_size: String(inner), batch_size: '1' },
    };
    try {
      const told = await bridge.call('tried', { settings });
      if (worker.current === bridge) tried.value = told;
    } catch (error) {
      if (worker.current === bridge) problem.value = error as CoreError;
    }
    bridge.close();
    if (worker.current === bridge) busy.value = false;
  };
  const paper = () =>
    void store.edit(t('translator.paper.set'), () => {
      store.lab.value = { ...store.lab.peek(), ...PAPER_SET };
    });
  return (
    <>
      <button type="button" class="btn low" {...control(store.session, 'lab.paper')} onClick={paper}>
        {t('translator.paper.set')}
      </button>
      <button
        type="button"
        class="btn low"
        {...control(store.session, 'lab.build')}
        disabled={busy.value || tried.value !== null || problem.value !== null}
        onClick={() => void build()}
      >
        {t('translator.build')}
      </button>
      <p class="small translator-built" role="status">
        {busy.value
          ? t('translator.building')
          : tried.value
            ? builtSaid(tried.value)
            : problem.value
              ? t('translator.refused', { message: problem.value.message })
              : ''}
      </p>
    </>
  );
}
const PAPER_SET = { blocks: String(PAPER.blocks), d: String(PAPER.width), times: String(PAPER.inner / PAPER.width) };

const builtSaid = ({ parameters, bytes: taken, made, update, loss }: Tried): string =>
  t('translator.built', {
    ...{ count: whole(parameters), bytes: bytes(taken), loss: fixed(loss, 2) },
    ...{ made: fixed(made / 1000, 1), update: fixed(update / 1000, 2) },
  });

function Parts({ form, counts }: { form: Form; counts: Counts }) {
  const { blocks } = form;
  const rows: [string, number][] = [
    [t('translator.encoder', { blocks, each: whole(counts.encoder) }), blocks * counts.encoder],
    [t('translator.decoder', { blocks, each: whole(counts.decoder) }), blocks * counts.decoder],
    [t('translator.words'), counts.words],
    [t('translator.norms'), counts.norms],
    [t('translator.sum'), counts.all],
  ];
  return (
    <table class="translator-parts">
      <caption class="sr">{t('translator.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('translator.part')}</th>
          <th scope="col">{t('translator.count')}</th>
          <th scope="col">{t('translator.share')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, count], i) => (
          <tr key={name} class={i === rows.length - 1 ? 'sum' : ''}>
            <th scope="row">{name}</th>
            <td class="num">{whole(count)}</td>
            <td class="num">{bytes(bytesOf(count))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const [LEFT, RIGHT, TOP, FOOT] = [58, 84, 14, 34];
const POWERS = [3, 4, 5, 6, 7, 8, 9];

interface Charted {
  form: Form;
  here: Counts;
  paper: Counts;
  at: Form;
}
function Chart(of: Charted) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="translator-chart" ref={area}>
      {box && box.height > 90 && <Drawing {...of} box={box} />}
    </div>
  );
}

/** Parameters of the blocks over d, both by their logarithm: the N that is chosen, and the paper's. */
function Drawing({ form, here, paper, at, box }: Charted & { box: Box }) {
  const { width, height } = box;
  const [first, last] = [Math.log2(WIDTHS[0] as number), Math.log2(WIDTHS.at(-1) as number)];
  const ofForm = (blocks: number, d: number, ratio: number) =>
    countsOf({ ...form, blocks, width: d, inner: ratio * d }).blocks;
  const ratio = form.inner / form.width;
  const most = Math.log10(Math.max(ofForm(form.blocks, 1024, ratio), ofForm(PAPER.blocks, 1024, 4)));
  const powers = POWERS.filter((power) => power <= most);
  const x = (d: number) => LEFT + ((Math.log2(d) - first) / (last - first)) * (width - LEFT - RIGHT);
  const y = (count: number) => {
    const share = (Math.log10(count) - 3) / (most - 3);
    return height - FOOT - Math.max(0, share) * (height - FOOT - TOP);
  };
  const line = (blocks: number, times: number) =>
    WIDTHS.map((d, i) => `${i ? 'L' : 'M'}${x(d).toFixed(1)} ${y(ofForm(blocks, d, times)).toFixed(1)}`).join('');
  const end = (blocks: number, times: number) => y(ofForm(blocks, 1024, times)) + 4;
  const near = Math.abs(end(form.blocks, ratio) - end(PAPER.blocks, 4)) < 14;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {powers.map((power) => (
        <g key={power}>
          <path class="l-rule" d={`M${LEFT} ${y(10 ** power)}H${width - RIGHT}`} />
          <text class="t12 t2 end" x={LEFT - 5} y={y(10 ** power) + 4}>
            {power < 6 ? whole(10 ** power) : `${10 ** (power - 6)} M`}
          </text>
        </g>
      ))}
      {WIDTHS.map((d) => (
        <text key={d} class="t12 t2 mid" x={x(d)} y={height - FOOT + 16}>
          {d}
        </text>
      ))}
      <text class="t12 t2 end" x={width - RIGHT} y={height - 3}>
        {t('translator.axis')}
      </text>
      <path class="l-ink translator-theirs" d={line(PAPER.blocks, 4)} />
      <path class="l-ink" d={line(form.blocks, ratio)} />
      <text class="t12" x={width - RIGHT + 5} y={end(form.blocks, ratio) + (near ? 12 : 0)}>
        N = {form.blocks}
      </text>
      <text class="t12 t2" x={width - RIGHT + 5} y={end(PAPER.blocks, 4) - (near ? 6 : 0)}>
        N = {PAPER.blocks}
      </text>
      <circle class="f-paper translator-ring" cx={x(PAPER.width)} cy={y(paper.blocks)} r={4.5} />
      <text class="t12 t2 end" x={x(PAPER.width) - 9} y={y(paper.blocks) - 5}>
        {t('translator.there')}
      </text>
      <circle class="f-ink" cx={x(form.width)} cy={y(ofForm(form.blocks, form.width, ratio))} r={4.5} />
      {form.blocks === at.blocks && form.width === at.width && (
        <text class="t12" x={x(at.width) + 9} y={y(here.blocks) + 15}>
          {t('translator.here')}
        </text>
      )}
    </svg>
  );
}
