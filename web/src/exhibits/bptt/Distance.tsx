import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Words } from '../../components/Words';
import { exponent, fixed, plain } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Lane } from '../../session/race';
import { Controls, Presets } from './Controls';
import { DistancePlot, LINES } from './DistancePlot';
import { History } from './History';
import { createReach, type Reach, type Sizes } from './reach';
import { type Change, changeOf, times } from './scale';
import { TextField } from './TextField';
import { Transport } from './Transport';
import type { Told } from './why';

/** How far the gradient of one loss reaches back, of two networks that train in step. */
export function Distance({ store }: { store: Store }) {
  const reach = useMemo(() => createReach(store), [store]);
  useEffect(() => () => reach.dispose(), [reach]);
  const table = useSignal(false);
  const now = reach.now.value;
  const race = reach.race.value;
  const notation = store.session.notation.value;
  const wrong = race !== null && (race.ended.value || race.problem.value !== null);
  const letters = [t('mark.start'), ...reach.lab.value.text].reverse();
  return (
    <div class="panel bptt-reach-panel">
      <Presets store={store} reach={reach} />
      <TextField store={store} reach={reach} />
      <Controls store={store} reach={reach} />
      <section class="bptt-lines" aria-label={t('bptt.plot.name')} data-update={now?.step}>
        <div class="row">
          {wrong ? <Stop reach={reach} /> : now && <Summary now={now} />}
          <fieldset class="seg" aria-label={t('bptt.shown')}>
            {[false, true].map((one) => (
              <button
                type="button"
                key={String(one)}
                aria-pressed={table.value === one}
                onClick={() => {
                  table.value = one;
                }}
              >
                {t(one ? 'bptt.table' : 'bptt.plot')}
              </button>
            ))}
          </fieldset>
        </div>
        {now && reach.puzzling.value && <Whys now={now} />}
        {now &&
          (table.value ? (
            <Table now={now} first={reach.first.value} letters={letters} />
          ) : (
            <DistancePlot
              now={now}
              first={reach.first.value}
              letters={letters.map((letter, i) => (i === letters.length - 1 ? '▸' : letter))}
              notation={notation}
            />
          ))}
      </section>
      {race && <Courses race={race} clip={Number(reach.lab.value.clip)} />}
      {race && <Transport store={store} race={race} />}
    </div>
  );
}

/** Each line in words: the far end against the near one. */
function Summary({ now }: { now: Sizes }) {
  return (
    <ul class="bptt-summary" aria-live="off">
      {LINES.map(({ of, class: line }) => {
        const change = changeOf(now[of]);
        return (
          <li key={of}>
            <svg viewBox="0 0 28 8" aria-hidden="true">
              <path class={line} d="M0 4H28" />
            </svg>
            <span>
              <b>{t(`bptt.line.${of}`)}</b> {change && saying(change)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function saying(change: Change): string {
  const { kind, steps } = change;
  if (kind === 'gone' || kind === 'broken') return t(`bptt.${kind}`, { steps });
  return t(`bptt.${kind}`, { steps, times: times(change.times) });
}

/** Why a size is 0, where the core's own numbers say so. */
function Whys({ now }: { now: Sizes }) {
  return (
    <div class="bptt-whys">
      {(['rnn', 'lstm'] as const).map((of) => {
        const told = now.why[of];
        return (
          told && (
            <p key={of}>
              <Words>{because(t(`bptt.line.${of}`), told)}</Words>
            </p>
          )
        );
      })}
    </div>
  );
}

function because(line: string, { why, share }: Told): string {
  const rest = share === null ? '' : ` ${t('bptt.why.share', { percent: fixed(100 * share, 0) })}`;
  if (why.kind === 'certain') return t('bptt.why.certain', { line }) + rest;
  if (why.kind === 'small') return t('bptt.why.small', { line, last: exponent(why.last, 0) }) + rest;
  if (why.kind === 'matrix') return t('bptt.why.matrix', { line, back: why.back }) + rest;
  const { back, off, units } = why;
  const all = off === units;
  return t(all ? 'bptt.why.all-off' : 'bptt.why.off', { line, back, off, units }) + rest;
}

function Table({ now, first, letters }: { now: Sizes; first: Sizes | null; letters: string[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div class="bptt-numbers" tabIndex={0}>
      <table>
        <caption>{t('bptt.table.caption', { step: now.step })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('bptt.table.distance')}</th>
            <th scope="col">{t('bptt.table.letter')}</th>
            {LINES.map(({ of }) => (
              <th scope="col" key={of}>
                {t(`bptt.line.${of}`)}
              </th>
            ))}
            <th scope="col">{t('bptt.table.first')}</th>
          </tr>
        </thead>
        <tbody>
          {now.rnn.map((_, distance) => (
            <tr key={distance}>
              <th scope="row">{distance}</th>
              <td>{letters[distance]}</td>
              {LINES.map(({ of }) => (
                <td key={of}>{plain(now[of][distance] ?? Number.NaN, 4)}</td>
              ))}
              <td>{first ? plain(first.rnn[distance] ?? Number.NaN, 4) : '·'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Courses({ race, clip }: { race: NonNullable<Reach['race']['value']>; clip: number }) {
  const step = race.step.value;
  const tip = race.tip.value;
  const name = (lane: Lane) => t(lane.id === 'rnn_lm' ? 'bptt.group.rnn' : 'bptt.group.lstm');
  const dash = (lane: Lane) => lane.id !== 'rnn_lm';
  const stopped = race.lanes.map((lane) => lane.broken.value?.at ?? null).find((at) => at !== null) ?? null;
  return (
    <div class="bptt-courses">
      <History
        title={t('bptt.loss')}
        label={t('bptt.loss.label')}
        step={step}
        tip={tip}
        stopped={stopped}
        courses={race.lanes.map((lane) => ({
          name: name(lane),
          dash: dash(lane),
          points: lane.losses.value.map((value, i) => ({ step: i + 1, value })),
        }))}
      />
      <History
        title={t('bptt.norm')}
        label={t('bptt.norm.label')}
        log
        step={step}
        tip={tip}
        stopped={stopped}
        line={clip > 0 ? { value: clip, name: t('bptt.clip', { clip }) } : null}
        courses={race.lanes.map((lane) => ({
          name: name(lane),
          dash: dash(lane),
          points: lane.gradNorms.value.map(({ step: at, norm }) => ({ step: at, value: norm })),
        }))}
      />
    </div>
  );
}

/** The core's words begin in lower case. */
const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Training stopped by itself, or the core refused: what, where, and ways on. */
function Stop({ reach }: { reach: Reach }) {
  const race = reach.race.value;
  const problem = race?.problem.value;
  if (problem) return <Refused message={problem.message} />;
  const lane = race?.lanes.find((one) => one.broken.value);
  const broken = lane?.broken.value;
  if (!race || !lane || !broken) return null;
  const net = t(lane.id === 'rnn_lm' ? 'bptt.group.rnn' : 'bptt.group.lstm');
  if (broken.error.code !== 'number') return <Refused message={broken.error.message} />;
  // The loss of the first update is that of the start: no step was taken yet that could have been shorter.
  const atOnce = broken.at === 1;
  const clipped = Number(reach.lab.value.clip) > 0;
  return (
    <div class="notice" role="alert">
      <span>
        <Words>{t('bptt.stopped', { net, message: sentence(broken.error.message) })}</Words>{' '}
        {t(atOnce ? 'bptt.stopped.once' : 'bptt.stopped.shown', { step: race.step.value })}
      </span>
      <span class="acts">
        {!clipped && !atOnce && (
          <button type="button" class="btn primary low" onClick={() => reach.set({ clip: '1' })}>
            {t('bptt.stopped.clip')}
          </button>
        )}
        {!atOnce && (
          <button type="button" class="btn low" onClick={() => void race.seek(0)}>
            {t('bptt.zero')}
          </button>
        )}
      </span>
    </div>
  );
}

function Refused({ message }: { message: string }) {
  return (
    <div class="notice" role="alert">
      <span>
        <Words>{t('error.any', { message: sentence(message) })}</Words>
      </span>
    </div>
  );
}
