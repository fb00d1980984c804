// A text letter by letter: what is seen, what is likeliest then, what came, its probability, logs that add up; beneath, what
// other lengths of context say of the same text.
import { useSignal } from '@preact/signals';
import { control } from '../../components/control';
import { Form } from '../../components/Form';
import { useTheme } from '../../draw/box';
import type { Theme } from '../../draw/colour';
import { signShade } from '../../draw/colour';
import { cell, fixed, largest, niceRange } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { SignLegend } from '../../stage/Legend';
import { ChainClocks } from './Clocks';
import { type Chain as Of, ranked } from './counted';
import type { Counting } from './counting';
import { type At, atOf, isName, LOOKS, MOST_LETTERS, MOST_SEEN, SIDES } from './lab';
import { NumberSide, RowSide } from './Number';
import { letterOf, Smoothing } from './Parts';

const FIVE = 5;
/** The keyboard must reach what scrolls. */
const SCROLLS = { tabIndex: 0 };
const LOG = '\\t{log} p(x_t|…)';
const SUM = '\\t{log} p(x)';

export interface Props {
  store: Store;
  counting: Counting;
}

export function Chain({ store, counting }: Props) {
  const lab = counting.lab.value;
  const chain = counting.chain.value;
  return (
    <>
      <div class="nw-tools">
        <Name counting={counting} store={store} />
        <label class="nw-slide" {...control(store.session, 'lab.seen')}>
          {t('next-word.seen')}
          <input
            type="range"
            min={0}
            max={MOST_SEEN}
            value={lab.seen}
            onInput={(event) => counting.set({ seen: event.currentTarget.value, done: '' })}
          />
          <span class="num">{lab.seen}</span>
        </label>
        <Smoothing store={store} counting={counting} />
      </div>
      <section class="nw-main" aria-label={t('next-word.chain.label')} {...control(store.session, 'lab.chain')}>
        {chain && <Letters store={store} counting={counting} chain={chain} />}
        {chain && <Lengths store={store} counting={counting} chain={chain} />}
      </section>
      <section
        class="nw-side"
        aria-label={t('next-word.side')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        <fieldset class="seg" aria-label={t('next-word.side')} {...control(store.session, 'lab.side')}>
          {SIDES.map((one) => (
            <button type="button" key={one} aria-pressed={lab.side === one} onClick={() => counting.set({ side: one })}>
              {t(`next-word.side.${one}`)}
            </button>
          ))}
        </fieldset>
        {chain &&
          (lab.side === 'row' ? (
            <RowSide counting={counting} chain={chain} />
          ) : (
            <NumberSide counting={counting} chain={chain} />
          ))}
      </section>
      <ChainClocks store={store} counting={counting} />
    </>
  );
}

/** A name of the reader's own. */
function Name({ store, counting }: Props) {
  const typed = useSignal<string | null>(null);
  const wrong = useSignal('');
  const now = counting.lab.value.name;
  const send = () => {
    const name = (typed.peek() ?? now).trim().toLowerCase();
    wrong.value = isName(name) ? '' : t('next-word.name.wrong', { most: MOST_LETTERS });
    if (wrong.peek() !== '') return;
    typed.value = null;
    counting.edit('next-word.name', { name, done: '' });
  };
  return (
    <Form class="nw-name" onSend={send}>
      <input
        class="field low"
        aria-label={t('next-word.name')}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={wrong.value !== '' || undefined}
        value={typed.value ?? now}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        {...control(store.session, 'lab.name')}
      />
      <button type="submit" class="btn low">
        {t('next-word.read')}
      </button>
      {wrong.value && (
        <span class="small" role="alert">
          {wrong.value}
        </span>
      )}
    </Form>
  );
}

interface Inside extends Props {
  chain: Of;
}

/** What is done of a letter: which order was mixed in last, and whether its logarithm is there and added. */
export function doneOf(at: At | null, step: number, orders: number): { order: number; log: boolean; sum: boolean } {
  if (!at || step > at.t) return { order: -1, log: false, sum: false };
  if (step < at.t) return { order: orders, log: true, sum: true };
  return { order: at.order, log: at.what !== 'mix', sum: at.what === 'add' };
}

function Letters({ store, counting, chain }: Inside) {
  const theme = useTheme(store.session.theme.value);
  const lab = counting.lab.value;
  const orders = Number(lab.seen) + 1;
  const at = atOf({ ...lab, name: chain.text });
  const steps = Array.from({ length: chain.steps }, (_, i) => i);
  const covered = counting.covered.value !== null;
  const range = rangesOf(chain);
  const done = (step: number) => (covered ? { order: -1, log: false, sum: false } : doneOf(at, step, orders));
  const came = (step: number) => chain.came[step] ?? 0;
  const now = (step: number) => (at && step === at.t && lab.done !== '' ? 'true' : undefined);
  return (
    <div class="nw-scroll" {...SCROLLS}>
      <table class="nw-letters" style={columnsOf(chain)}>
        <caption class="sr">{t('next-word.chain.label')}</caption>
        <Columns />
        <tbody>
          <tr class="nw-seen">
            <th scope="row">{t('next-word.row.seen')}</th>
            {steps.map((step) => (
              <td key={step} data-now={now(step)}>
                <Context text={chain.text} step={step} seen={orders - 1} />
              </td>
            ))}
            <td class="nw-none" />
          </tr>
          {Array.from({ length: FIVE + 1 }, (_, place) => (
            <tr class={place === FIVE ? 'nw-likely other' : 'nw-likely'} key={place}>
              {place % FIVE === 0 && (
                <th scope="row" rowSpan={place === 0 ? FIVE : 1}>
                  {t(place === 0 ? 'next-word.row.five' : 'next-word.row.other')}
                </th>
              )}
              {steps.map((step) => {
                const { order } = done(step);
                const p = order < 0 ? [] : chain.row(order, step).p;
                const order_ = ranked(p);
                const token =
                  place < FIVE ? order_[place] : order_.indexOf(came(step)) >= FIVE ? came(step) : undefined;
                return (
                  <td key={step} data-now={now(step)} class={token === came(step) ? 'came' : undefined}>
                    {token !== undefined && (
                      <Bar letter={letterOf(chain, token)} p={p[token] ?? 0} most={p[order_[0] ?? 0] ?? 1} />
                    )}
                  </td>
                );
              })}
              <td class="nw-none" />
            </tr>
          ))}
          <tr class="nw-came">
            <th scope="row">{t('next-word.row.came')}</th>
            {steps.map((step) => (
              <td key={step} data-now={now(step)}>
                {letterOf(chain, came(step))}
              </td>
            ))}
            <td class="nw-none" />
          </tr>
          <tr class="nw-number">
            <th scope="row">
              <M tex="p(x_t|…)" />
            </th>
            {steps.map((step) => {
              const { order } = done(step);
              return (
                <td key={step} data-now={now(step)}>
                  {order === orders ? cell(chain.chosen[chain.at(orders, step)] ?? 0, 3) : ''}
                </td>
              );
            })}
            <td class="nw-none" />
          </tr>
          <Logs
            theme={theme}
            name={LOG}
            range={range.log}
            now={now}
            values={steps.map((step) => (done(step).log ? chain.logP[chain.at(orders, step)] : undefined))}
          />
          <Logs
            theme={theme}
            name={SUM}
            range={range.sum}
            now={now}
            values={steps.map((step) => (done(step).sum ? chain.sum[chain.at(orders, step)] : undefined))}
          />
          <tr class="nw-number">
            <th scope="row">{t('next-word.perplexity')}</th>
            {steps.map((step) => (
              <td key={step} data-now={now(step)}>
                {done(step).sum ? fixed(chain.perplexity[chain.at(orders, step)] ?? 0, 1) : ''}
              </td>
            ))}
            <td class="nw-none" />
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** A column a letter, and one for the perplexity of all. */
const columnsOf = (chain: Of) => ({ '--columns': String(chain.steps + 1) });

/** Only the first has a width of its own. */
const Columns = () => (
  <colgroup>
    <col class="nw-head" />
  </colgroup>
);

/** How far the colours of the logarithms and of their sums reach, over all that is counted. */
const rangesOf = (chain: Of) => ({
  log: niceRange(largest(chain.logP.subarray(chain.steps))),
  sum: niceRange(largest(chain.sum.subarray(chain.steps))),
});

function Logs({
  theme,
  name,
  range,
  values,
  now,
}: {
  theme: Theme;
  name: string;
  range: number;
  values: (number | undefined)[];
  now: (step: number) => string | undefined;
}) {
  return (
    <tr class="nw-number">
      <th scope="row">
        <M tex={name} />
      </th>
      {values.map((value, step) => {
        const shade = value === undefined ? null : signShade(theme, value, range);
        return (
          <td key={step} data-now={now(step)} style={shade ? { background: shade.fill, color: shade.ink } : undefined}>
            {value === undefined ? '' : fixed(value)}
          </td>
        );
      })}
      <td class="nw-none" />
    </tr>
  );
}

/** The letters before, those that are seen in a box; − where the text has not begun. */
function Context({ text, step, seen }: { text: string; step: number; seen: number }) {
  const before = `${'-'.repeat(seen)}${text.slice(0, step)}`;
  const from = before.length - seen;
  const gone = text.slice(0, Math.max(0, step - seen));
  return (
    <>
      <span class="nw-gone">{gone.slice(-2)}</span>
      <b>{seen === 0 ? t('next-word.nothing') : before.slice(from)}</b>
    </>
  );
}

function Bar({ letter, p, most }: { letter: string; p: number; most: number }) {
  return (
    <span class="nw-bar" style={{ '--part': String(p / most) }}>
      <span>{letter}</span>
      <span class="num">{cell(p)}</span>
    </span>
  );
}

/** The same text under every length of context. */
function Lengths({ store, counting, chain }: Inside) {
  const theme = useTheme(store.session.theme.value);
  const lab = counting.lab.value;
  const at = atOf({ ...lab, name: chain.text });
  const covered = counting.covered.value !== null;
  const last = covered || !at ? -1 : at.what === 'add' ? at.t : at.t - 1;
  const steps = Array.from({ length: chain.steps }, (_, i) => i);
  const range = rangesOf(chain);
  return (
    <div class="nw-scroll" {...SCROLLS} {...control(store.session, 'lab.lengths')}>
      <table class="nw-letters nw-lengths" style={columnsOf(chain)}>
        <caption>
          {t('next-word.lengths')}
          <SignLegend scale={{ range: range.log, was: null, kept: false }} tex={LOG} />
          <SignLegend scale={{ range: range.sum, was: null, kept: false }} tex={SUM} />
        </caption>
        <Columns />
        <thead>
          <tr>
            <th scope="col">{t('next-word.lengths.seen')}</th>
            {steps.map((step) => (
              <th scope="col" key={step}>
                {letterOf(chain, chain.came[step] ?? 0)}
              </th>
            ))}
            <th scope="col">{t('next-word.perplexity')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: MOST_SEEN + 1 }, (_, seen) => (
            <tr key={seen} aria-current={Number(lab.seen) === seen ? 'true' : undefined}>
              <th scope="row">
                <button type="button" class="plain-link" onClick={() => counting.set({ seen: String(seen), done: '' })}>
                  {seen === 0 ? t('next-word.none') : seen}
                </button>
              </th>
              {steps.map((step) => {
                const value = chain.logP[chain.at(seen + 1, step)] ?? 0;
                const shade = signShade(theme, value, range.log);
                return step > last ? (
                  <td key={step} />
                ) : (
                  <td key={step} style={{ background: shade.fill, color: shade.ink }}>
                    {fixed(value)}
                  </td>
                );
              })}
              <td>{last < 0 ? '' : fixed(chain.perplexity[chain.at(seen + 1, last)] ?? 0, 1)}</td>
            </tr>
          ))}
          <Net counting={counting} theme={theme} last={last} steps={steps.length} range={range.log} />
        </tbody>
      </table>
    </div>
  );
}

/** And under the net that sees three, once it is trained. */
function Net({
  counting,
  theme,
  last,
  steps,
  range,
}: {
  counting: Counting;
  theme: Theme;
  last: number;
  steps: number;
  range: number;
}) {
  const guess = counting.guess.value;
  const there = guess?.text === counting.lab.value.name ? guess : null;
  return (
    <tr>
      <th scope="row">
        {there ? (
          t('next-word.net')
        ) : (
          <button type="button" class="plain-link" onClick={() => counting.set({ look: String(LOOKS) })}>
            {t(counting.lab.value.look === '0' ? 'next-word.net.train' : 'next-word.net.training')}
          </button>
        )}
      </th>
      {Array.from({ length: steps }, (_, step) => {
        const value = there?.logP[step];
        if (value === undefined || step > last) return <td key={step} />;
        const shade = signShade(theme, value, range);
        return (
          <td key={step} style={{ background: shade.fill, color: shade.ink }}>
            {fixed(value)}
          </td>
        );
      })}
      <td>{there && last >= 0 ? fixed(there.perplexity[last] ?? 0, 1) : ''}</td>
    </tr>
  );
}
