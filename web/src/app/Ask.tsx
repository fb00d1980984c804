import { type Signal, untracked, useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ExhibitText, Item } from '../../build/markdown';
import { Form } from '../components/Form';
import { Html } from '../components/Html';
import { fill } from '../components/tex';
import { Words } from '../components/Words';
import { fixed, plain, result } from '../draw/format';
import { cellOf, numberOf, type Side, sideOf } from '../exhibits/answer';
import { ofView, type Question } from '../exhibits/types';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { askedValues, numberAt, wantedOf } from '../session/given';

const DIGITS = 3;
type Of<K extends Question['kind']> = Extract<Question, { kind: K }>;
/** What was said to the last answer; with a hint where it can be tried again. */
type Verdict = { words: string; hint?: boolean } | null;

interface AskProps<K extends Question['kind']> {
  store: Store;
  of: Of<K>;
  said: Signal<Verdict>;
}

/** Predict, then reveal: what is asked for is hidden everywhere until it was guessed or given up. */
export function Ask({ store, text, slots }: { store: Store; text: ExhibitText; slots: Record<string, string> }) {
  const { session, exhibit, question } = store;
  const said = useSignal<Verdict>(null);
  const of = exhibit.questions[question.value - 1];
  const item = text.sections.questions?.items.find(({ id }) => id === of?.id);
  const asked = session.asked.value;
  const schema = session.schema.value;
  useEffect(
    () => (of && !ofView(of) && schema ? session.want(wantedOf(session, of)) : undefined),
    [of, schema, session],
  );
  if (!of || !item) return null;
  const count = exhibit.questions.length;
  const props = { store, said };
  return (
    <div class="ask">
      <p class="asking small dim">
        {t('ask.of', { at: question.value, count })}
        {of.kind === 'count' && ` · ${t('ask.exact')}`}
        {of.kind === 'number' && ` · ${t('ask.within', { tolerance: of.tolerance })}`}
      </p>
      <Sentence store={store} of={of} item={item} slots={slots} said={said} />
      {of.kind === 'number' && <AskNumber {...props} of={of} />}
      {of.kind === 'choice' && <AskSide {...props} of={of} />}
      {of.kind === 'side' && <AskSide {...props} of={of} />}
      {of.kind === 'cell' && <AskCell {...props} of={of} />}
      {of.kind === 'count' && <AskCount {...props} of={of} />}
      {asked?.revealed && question.value < count && (
        <button type="button" class="btn primary" onClick={() => store.ask(question.value + 1)}>
          {t('text.predict.next')}
        </button>
      )}
    </div>
  );
}

/** The question with what one needs for a guess; cells count from 1, as in the figure. */
function Sentence({
  store,
  of,
  item,
  slots,
  said,
}: AskProps<Question['kind']> & { item: Item; slots: Record<string, string> }) {
  const { session } = store;
  const asked = session.asked.value;
  const cell = asked?.cell ?? 0;
  const given = Object.entries((!ofView(of) && of.given) || {}).map(([name, one]) => {
    const value = numberAt(session, one, cell);
    return [name, Number.isNaN(value) ? '…' : result(value, one.what ? DIGITS : 2)];
  });
  const all = { ...slots, ...Object.fromEntries(given), cell: cell + 1 };
  const sentence = (html: string) => fill(html.replace(/^<p>|<\/p>$/g, ''), all);
  return (
    <>
      <div class="question" id="question">
        <Html inline html={sentence(item.first)} />
      </div>
      <div class="verdict" role="status">
        {said.value && <Words>{said.value.words}</Words>}
        {said.value?.hint && !asked?.revealed && (
          <>
            {' '}
            <Html inline html={sentence(item.more)} />
          </>
        )}
      </div>
    </>
  );
}

/** Check and Reveal, until it is over. */
function Send({ store, onReveal, children }: { store: Store; onReveal: () => void; children?: ComponentChildren }) {
  if (store.session.asked.value?.revealed) return null;
  const reveal = () => {
    store.reveal();
    onReveal();
  };
  return (
    <>
      {children}
      <button type="button" class="btn" onClick={reveal}>
        {t('ask.reveal')}
      </button>
    </>
  );
}

const Check = () => (
  <button type="submit" class="btn primary">
    {t('ask.check')}
  </button>
);

interface TypedProps {
  store: Store;
  whole?: boolean;
  check: (typed: string) => void;
  onReveal: () => void;
}
/** The field of a number, with what one may do with it. */
function Typed({ store, whole, check, onReveal }: TypedProps) {
  const typed = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const over = store.session.asked.value?.revealed === true;
  return (
    <Form class="answer" onSend={() => !over && check(typed.value)}>
      <input
        ref={field}
        class="field"
        inputMode={whole ? 'numeric' : 'text'}
        aria-label={t('ask.answer')}
        aria-describedby="question"
        placeholder={whole ? undefined : '0.000'}
        value={typed.value}
        disabled={over}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <Send store={store} onReveal={onReveal}>
        <Check />
      </Send>
    </Form>
  );
}

/** A whole number, as the view counts it. */
function AskCount({ store, said }: AskProps<'count'>) {
  const early = useRef<string | null>(null); // typed before the view had counted
  const check = (typed: string) => {
    const actual = store.answer.peek()?.value;
    const guess = numberOf(typed);
    if (!Number.isInteger(guess)) said.value = { words: t('ask.whole') };
    else if (actual === undefined) early.current = typed;
    else if (guess !== actual) said.value = { words: t(guess < actual ? 'ask.low' : 'ask.high'), hint: true };
    else {
      said.value = { words: t('ask.right', { value: actual }) };
      store.reveal();
    }
  };
  useSignalEffect(() => {
    const typed = early.current;
    if (!store.answer.value || typed === null) return;
    early.current = null;
    untracked(() => check(typed));
  });
  const onReveal = () => {
    said.value = { words: t('ask.revealed', { value: store.answer.peek()?.value ?? '' }) };
  };
  return <Typed store={store} whole check={check} onReveal={onReveal} />;
}

function AskNumber({ store, of, said }: AskProps<'number'>) {
  const { session } = store;
  const actual = () => askedValues(session)?.[session.asked.peek()?.cell ?? 0] ?? Number.NaN;
  const check = (typed: string) => {
    const guess = numberOf(typed);
    const off = guess - actual();
    const { tolerance } = of;
    if (Number.isNaN(guess)) said.value = { words: t('ask.number') };
    else if (Math.abs(off) > tolerance) said.value = { words: t(off < 0 ? 'ask.low' : 'ask.high'), hint: true };
    else if (Math.abs(off) <= tolerance) {
      said.value = { words: t('ask.close', { value: fixed(actual(), DIGITS), said: typed, tolerance }) };
      store.reveal();
    } // else its number is not there yet
  };
  const onReveal = () => {
    said.value = { words: t('ask.revealed', { value: plain(actual(), DIGITS) }) };
  };
  return <Typed store={store} check={check} onReveal={onReveal} />;
}

function AskSide({ store, of, said }: AskProps<'choice' | 'side'>) {
  const { session } = store;
  const over = session.asked.value?.revealed === true;
  const cell = session.asked.value?.cell ?? 0;
  const zero = of.kind === 'choice' && of.than === 0;
  const unknown = of.kind === 'side' && !store.answer.value; // the view has not counted yet
  const say = (side: Side | null) => {
    const own = store.answer.peek();
    const value = (of.kind === 'side' ? own?.value : askedValues(session)?.[cell]) ?? Number.NaN;
    const than = of.kind === 'side' ? (own?.than ?? 0) : of.than === 0 ? 0 : numberAt(session, of.than, cell);
    const right = side === sideOf(value, than);
    const key = right ? 'ask.right' : side ? 'ask.wrong' : 'ask.revealed';
    const numbers = { value: plain(value, DIGITS), than: plain(than, DIGITS) };
    said.value = {
      words: zero ? t(key, numbers) : t(`${key}.than`, numbers),
    };
    store.reveal();
  };
  const sides: [Side, string][] = [
    ['larger', t(zero ? 'ask.above' : 'ask.larger')],
    ['smaller', t(zero ? 'ask.below' : 'ask.smaller')],
  ];
  return (
    <fieldset class="answer" aria-label={t('ask.side')} aria-describedby="question">
      {sides.map(([side, name]) => (
        <button type="button" class="btn" key={side} disabled={over || unknown} onClick={() => say(side)}>
          {name}
        </button>
      ))}
      <Send store={store} onReveal={() => say(null)} />
    </fieldset>
  );
}

function AskCell({ store, of, said }: AskProps<'cell'>) {
  const { session } = store;
  const asked = session.asked.value;
  const typed = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const values = askedValues(session);
  const count = values?.length ?? 0;
  const over = asked?.revealed === true;
  const reveal = (key: 'ask.cell.right' | 'ask.cell.revealed') => {
    if (!values || !asked) return;
    const cell = cellOf(of, values);
    said.value = { words: t(key, { cell: cell + 1, value: plain(values[cell] ?? Number.NaN, DIGITS) }) };
    store.reveal();
    session.select({ node: asked.node, cell });
  };
  const check = (cell: number) => {
    if (!values) return;
    if (!(Number.isInteger(cell) && cell >= 0 && cell < count)) said.value = { words: t('ask.cell.number', { count }) };
    else if (cell === cellOf(of, values)) reveal('ask.cell.right');
    else said.value = { words: t('ask.cell.not', { cell: cell + 1 }), hint: true };
  };
  // A cell that is pressed, in its column or in one beside it, is an answer.
  const pressed = session.pressed.value;
  useEffect(() => {
    session.pressed.value = null;
    const nodes = session.schema.peek()?.nodes ?? [];
    const [one, other] = [nodes[pressed?.node ?? -1], nodes[asked?.node ?? -1]];
    if (!pressed || over || one?.time !== other?.time || one?.shape.join() !== other?.shape.join()) return;
    typed.value = String(pressed.cell + 1);
    check(pressed.cell);
  }, [pressed]);
  return (
    <Form class="answer" onSend={() => !over && check(numberOf(typed.value) - 1)}>
      <input
        ref={field}
        class="field"
        inputMode="numeric"
        aria-label={t('ask.cell', { count })}
        aria-describedby="question"
        placeholder={t('ask.cell', { count })}
        value={typed.value}
        disabled={over}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <Send store={store} onReveal={() => reveal('ask.cell.revealed')}>
        <Check />
      </Send>
    </Form>
  );
}
