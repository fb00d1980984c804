import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ExhibitText } from '../../build/markdown';
import { Form } from '../components/Form';
import { Html } from '../components/Html';
import { fill } from '../components/tex';
import { Words } from '../components/Words';
import { fixed, plain } from '../draw/format';
import { t } from '../i18n';
import type { Store } from '../session/create';

const DIGITS = 3;
/** What people type for a number: a comma, a proper minus, no zero before the point. */
function numberOf(text: string): number {
  const plainText = text.trim().replace(',', '.').replace(/[−–]/, '-');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plainText) ? Number(plainText) : Number.NaN;
}

/** Predict, then reveal: a cell is hidden everywhere until its number was guessed or given up. */
export function Ask({ store, text, slots }: { store: Store; text: ExhibitText; slots: Record<string, string> }) {
  const { session, exhibit, question } = store;
  const typed = useSignal('');
  const said = useSignal<{ kind: 'close' | 'notyet' | 'number'; value: string } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const of = exhibit.questions[question.value - 1];
  const item = text.sections.questions?.items.find(({ id }) => id === of?.id);
  const asked = session.asked.value;
  const node = asked && session.schema.value?.nodes[asked.node];
  useEffect(
    () => (node ? session.want([{ node: node.id, what: asked.what }]) : undefined),
    [node, asked?.what, session],
  );
  if (!of || !item) return null;

  const actual = () => {
    const values = asked && session.frame.peek()?.values(asked.node, asked.what);
    return values ? (values[asked.cell] ?? Number.NaN) : Number.NaN;
  };
  // Of the network that was asked about: cells count from 1, as in the figure.
  const sentence = (html: string) =>
    fill(html.replace(/^<p>|<\/p>$/g, ''), { ...slots, cell: (asked?.cell ?? of.cell) + 1 });
  const last = question.value >= exhibit.questions.length;
  const over = asked?.revealed === true;
  const check = () => {
    const guess = numberOf(typed.value);
    if (Number.isNaN(guess)) said.value = { kind: 'number', value: '' };
    else if (Math.abs(guess - actual()) <= of.tolerance) {
      said.value = { kind: 'close', value: typed.value };
      store.reveal();
    } else said.value = { kind: 'notyet', value: typed.value };
  };
  const verdict = () => {
    if (said.value?.kind === 'close')
      return t('ask.close', { value: fixed(actual(), DIGITS), said: said.value.value, tolerance: of.tolerance });
    if (over) return t('ask.revealed', { value: plain(actual(), DIGITS) });
    return said.value?.kind === 'number' ? t('ask.number') : null;
  };
  return (
    <Form
      class="ask"
      onSend={() => {
        if (!over) check();
      }}
    >
      <div class="question" id="question">
        {over || said.value ? null : <b>{t('ask.asked')}</b>} <Html inline html={sentence(item.first)} />
      </div>
      <div class="verdict" role="status">
        {verdict() !== null && <Words>{verdict() ?? ''}</Words>}
        {said.value?.kind === 'notyet' && !over && (
          <>
            <b>{t('ask.notyet')}</b> <Html inline html={sentence(item.more)} />
          </>
        )}
      </div>
      <input
        ref={field}
        class="field"
        inputMode="decimal"
        aria-label={t('ask.answer')}
        aria-describedby="question"
        placeholder="0.000"
        value={typed.value}
        disabled={over}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      {!over && (
        <button type="submit" class="btn primary">
          {t('ask.check')}
        </button>
      )}
      {over && !last && (
        <button type="button" class="btn primary" onClick={() => store.ask(question.value + 1)}>
          {t('text.predict.next')}
        </button>
      )}
      {!over && (
        <button type="button" class="btn" onClick={() => store.reveal()}>
          {t('ask.reveal')}
        </button>
      )}
    </Form>
  );
}
