// The race: a net with gates against one without, on tasks that nothing but memory can do.
import { useSignal, useSignalEffect } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { control } from '../../components/control';
import { Icon } from '../../components/Icon';
import { Words } from '../../components/Words';
import { NumberField } from '../../dock/NumberField';
import { ticks } from '../../dock/thin';
import { fixed, plain } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { BIASES, type Choice, choiceOf, isShipped, LEAST, MOST, RATES, SPREADS, type Task } from './contest';
import { createExperiment, EVERY, type Experiment, GOAL } from './experiment';
import { type Line, Plot } from './Plot';
import { Sequence } from './Sequence';

const LANES = ['lstm', 'rnn'] as const;
/** The variance of a sum of two numbers from 0 to 1: the squared error of always answering 1. */
const ALWAYS_ONE = 1 / 6;
const MEANS = 200; // points of a curve of losses

export function Race({ store }: { store: Store }) {
  const lab = store.lab.value;
  const choice = choiceOf(lab);
  // How it ends is not told before it starts: the weights of its end are shown when they are asked for.
  const shipped = isShipped(choice) && lab.from === 'end';
  const key = JSON.stringify([choice, shipped]);
  const starting = useSignal(false);
  const experiment = useMemo(() => createExperiment(store.spawn, choice, shipped), [key]);
  const set = (changes: Record<string, string>) => {
    const { at: _, from: __, ...rest } = store.lab.peek();
    store.lab.value = { ...rest, ...changes };
  };
  const stopped = (step: number) => store.setLab('at', String(step));
  const play = () => {
    if (shipped) {
      starting.value = true;
      set({});
    } else void experiment.play(stopped);
  };
  useEffect(() => {
    const at = Number(store.lab.peek().at ?? 0);
    if (starting.peek()) void experiment.play(stopped);
    else if (!shipped && at > 0 && at <= 1e5) void experiment.bring(at, stopped);
    starting.value = false;
    const { bringing, pause } = experiment.race;
    const off = store.replaying({ bringing, halt: pause });
    return () => {
      off();
      experiment.dispose();
    };
  }, [experiment]);
  useEffect(() => {
    const look = () => void experiment.race.advance(EVERY).then(() => stopped(experiment.race.step.peek()));
    return store.keyed({
      playOrPause: () => (experiment.playing.peek() ? experiment.pause() : play()),
      update: (by) => {
        if (by > 0 && !shipped && !experiment.playing.peek()) look();
      },
    });
  }, [experiment, shipped]);
  const asked = Number(lab.example ?? 0);
  useEffect(() => experiment.ask(Number.isSafeInteger(asked) ? asked : 0), [experiment, asked]);
  return (
    <div class="panel lstm-race">
      <Controls store={store} choice={choice} set={set} />
      <Transport
        store={store}
        experiment={experiment}
        ends={isShipped(choice)}
        shipped={shipped}
        play={play}
        set={set}
        stopped={stopped}
      />
      <Curves experiment={experiment} choice={choice} shipped={shipped} />
      <Sequence experiment={experiment} task={choice.task} onNext={() => store.setLab('example', String(asked + 1))} />
    </div>
  );
}

interface Setting {
  choice: Choice;
  set: (changes: Record<string, string>) => void;
}

function Seg<T extends string>({
  label,
  among,
  now,
  onChoose,
}: {
  label: string;
  among: { value: T; words: string }[];
  now: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="seg" aria-label={label}>
      {among.map(({ value, words }) => (
        <button type="button" key={value} aria-pressed={value === now} onClick={() => onChoose(value)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}

function Controls({ store, choice, set }: Setting & { store: Store }) {
  const sliding = useSignal(choice.k);
  useSignalEffect(() => {
    sliding.value = choiceOf(store.lab.value).k;
  });
  const number = (net: string, key: 'lstm' | 'rnn') => (
    <label>
      {t('lstm.rate')}
      <select
        class="field low"
        aria-label={t('lstm.rate.of', { net })}
        value={String(choice[key])}
        onChange={(event) => set({ [key]: event.currentTarget.value })}
      >
        {RATES.map((rate) => (
          <option key={rate} value={String(rate)}>
            {rate}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="lstm-controls">
      <Seg<Task>
        label={t('lstm.task')}
        among={[
          { value: 'remember', words: t('lstm.task.remember') },
          { value: 'adding', words: t('lstm.task.adding') },
        ]}
        now={choice.task}
        onChoose={(task) => {
          if (task !== choice.task) store.lab.value = task === 'remember' ? {} : { task };
        }}
      />
      <label class="lstm-slide" {...control(store.session, 'lab.k')}>
        {t(choice.task === 'remember' ? 'lstm.k' : 'lstm.k.adding')}
        <input
          type="range"
          min={LEAST}
          max={MOST}
          value={sliding.value}
          onInput={(event) => {
            sliding.value = Number(event.currentTarget.value);
          }}
          onChange={(event) => set({ k: event.currentTarget.value })}
        />
        <output class="num">{sliding.value}</output>
      </label>
      <fieldset class="lstm-net" aria-label={t('lstm.lstm')}>
        <b>{t('lstm.lstm')}</b>
        <label {...control(store.session, 'lab.bias')}>
          {t('lstm.bias')}
          <select
            class="field low"
            value={String(choice.bias)}
            onChange={(event) => set({ bias: event.currentTarget.value })}
          >
            {BIASES.map((bias) => (
              <option key={bias} value={String(bias)}>
                {bias}
              </option>
            ))}
          </select>
        </label>
        {number(t('lstm.lstm'), 'lstm')}
      </fieldset>
      <fieldset class="lstm-net" aria-label={t('lstm.rnn')} {...control(store.session, 'lab.start')}>
        <b>{t('lstm.rnn')}</b>
        <Seg<Choice['start']>
          label={t('lstm.start')}
          among={[
            { value: 'uniform', words: t('lstm.start.uniform') },
            { value: 'orthogonal', words: t('lstm.start.orthogonal') },
          ]}
          now={choice.start}
          onChoose={(start) => set({ start })}
        />
        {number(t('lstm.rnn'), 'rnn')}
      </fieldset>
      {choice.task === 'remember' && <Alike choice={choice} set={set} />}
      <span class="lstm-seed">
        {t('setting.seed')}
        <NumberField
          label={t('setting.seed')}
          value={choice.seed}
          min={0}
          max={1e9}
          step={1}
          onChange={(seed) => set({ seed: String(Math.round(seed)) })}
        />
      </span>
    </div>
  );
}

/** What both nets read and answer among, where they read symbols. */
function Alike({ choice, set }: Setting) {
  return (
    <fieldset class="lstm-net" aria-label={t('lstm.both')}>
      <b>{t('lstm.both')}</b>
      <label>
        {t('lstm.spread')}
        <select
          class="field low"
          value={String(choice.spread)}
          onChange={(event) => set({ spread: event.currentTarget.value })}
        >
          {SPREADS.map((spread) => (
            <option key={spread} value={String(spread)}>
              {spread}
            </option>
          ))}
        </select>
      </label>
      <Seg<Choice['answers']>
        label={t('lstm.answers')}
        among={[
          { value: 'vocabulary', words: t('lstm.answers.vocabulary') },
          { value: 'symbols', words: t('lstm.answers.symbols') },
        ]}
        now={choice.answers}
        onChoose={(answers) => set({ answers })}
      />
    </fieldset>
  );
}

function Transport({
  store,
  experiment,
  ends,
  shipped,
  play,
  set,
  stopped,
}: {
  store: Store;
  experiment: Experiment;
  ends: boolean; // its end is shipped
  shipped: boolean;
  play: () => void;
  set: Setting['set'];
  stopped: (step: number) => void;
}) {
  const { race, playing, points } = experiment;
  const [lstm, rnn] = points.value.map((of) => of.at(-1));
  const result = (point: { right: number; loss: number }) =>
    point.right >= 0 ? fixed(point.right, 2) : plain(point.loss, 4);
  const on = playing.value;
  const broken = race.lanes.find((lane) => lane.broken.value !== null)?.broken.value;
  const problem = race.problem.value ?? broken?.error;
  return (
    <div class="lstm-transport">
      <div class="thumb">
        <button
          type="button"
          class="btn primary low"
          {...control(store.session, 'clock.race')}
          onClick={on ? experiment.pause : play}
          disabled={race.ended.value}
        >
          <Icon name={on ? 'pause' : 'play'} />
          {t(on ? 'lstm.pause' : shipped || race.step.value === 0 ? 'lstm.start.race' : 'lstm.go')}
        </button>
        <button
          type="button"
          class="btn low"
          disabled={on || shipped || race.ended.value}
          onClick={() => void race.advance(EVERY).then(() => stopped(race.step.peek()))}
        >
          {t('lstm.more', { count: EVERY })}
        </button>
      </div>
      <button
        type="button"
        class="btn low"
        disabled={shipped || race.step.value === 0}
        onClick={() => {
          experiment.pause();
          void race.seek(0).then(() => set({}));
        }}
      >
        {t('lstm.again')}
      </button>
      {ends && (
        <button
          type="button"
          class="btn low"
          aria-pressed={shipped}
          onClick={() => set(shipped ? {} : { from: 'end' })}
        >
          {t('lstm.end')}
        </button>
      )}
      <p class="small" role="status">
        {problem ? (
          <Words>{t('error.any', { message: problem.message })}</Words>
        ) : lstm && rnn ? (
          <Words>
            {t(lstm.right < 0 ? 'lstm.result.adding' : shipped ? 'lstm.result.shipped' : 'lstm.result', {
              step: lstm.step,
              lstm: result(lstm),
              rnn: result(rnn),
            })}
          </Words>
        ) : (
          t('lstm.opening')
        )}
      </p>
    </div>
  );
}

/** Means over stretches of updates. */
function means(losses: readonly number[]): { x: number; y: number }[] {
  const each = Math.max(1, Math.ceil(losses.length / MEANS));
  const out: { x: number; y: number }[] = [];
  for (let from = 0; from < losses.length; from += each) {
    const some = losses.slice(from, from + each).filter(Number.isFinite);
    if (some.length > 0)
      out.push({ x: Math.min(from + each, losses.length), y: some.reduce((sum, loss) => sum + loss, 0) / some.length });
  }
  return out;
}

function Curves({ experiment, choice, shipped }: { experiment: Experiment; choice: Choice; shipped: boolean }) {
  const { race, points } = experiment;
  const step = race.step.value;
  const end = GOAL * Math.max(1, Math.ceil(step / GOAL));
  const adding = choice.task === 'adding';
  const lines = (of: (lane: number) => { x: number; y: number }[]): Line[] =>
    LANES.map((id, i) => ({ name: t(`lstm.${id}.short`), dash: id === 'rnn', points: of(i) }));
  const seen = lines((i) => (points.value[i] ?? []).map((one) => ({ x: one.step, y: adding ? one.loss : one.right })));
  const symbols = Number(race.lanes[0]?.run.value?.settings.symbols ?? 0);
  const level = adding ? ALWAYS_ONE : symbols > 0 ? 1 / symbols : undefined;
  const losses = lines((i) =>
    shipped
      ? (points.value[i] ?? []).map((one) => ({ x: one.step, y: one.loss }))
      : means((race.lanes[i]?.losses.value ?? []).slice(0, step)),
  );
  const topOf = (of: Line[], least: number) =>
    Math.max(least, ...of.flatMap((line) => line.points.map((point) => point.y))) * 1.04;
  const [most, highest] = adding ? [topOf(seen, 0.25), topOf(losses, 0.25)] : [1, topOf(losses, 2.2)];
  return (
    <div class="lstm-curves">
      <h3>
        {t(adding ? 'lstm.curve.error' : 'lstm.curve.right')}
        {level !== undefined && (
          <span class="lstm-level-name">
            {adding ? t('lstm.always', { error: fixed(level, 3) }) : t('lstm.chance', { share: fixed(level, 3) })}
          </span>
        )}
      </h3>
      <Plot
        label={t(adding ? 'lstm.curve.error.label' : 'lstm.curve.right.label')}
        lines={seen}
        end={end}
        top={most}
        ticks={ticks(0, most)}
        level={level}
      />
      <h3>{t(shipped ? 'lstm.curve.loss.unseen' : adding ? 'lstm.curve.loss.adding' : 'lstm.curve.loss')}</h3>
      <Plot label={t('lstm.curve.loss.label')} lines={losses} end={end} top={highest} ticks={ticks(0, highest)} />
      <div class="sr">
        <table>
          <caption>{t('lstm.twin')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('clock.update')}</th>
              {seen.map(({ name }) => (
                <Fragment key={name}>
                  <th scope="col">{t('lstm.twin.right', { name })}</th>
                  <th scope="col">{t('lstm.twin.loss', { name })}</th>
                </Fragment>
              ))}
            </tr>
          </thead>
          <tbody>
            {(points.value[0] ?? []).map((point, row) => (
              <tr key={point.step}>
                <th scope="row">{point.step}</th>
                {points.value.map((of, lane) => (
                  <Fragment key={lane}>
                    <td>{(of[row]?.right ?? -1) < 0 ? '' : fixed(of[row]?.right ?? Number.NaN, 4)}</td>
                    <td>{plain(of[row]?.loss ?? Number.NaN, 4)}</td>
                  </Fragment>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
