import type { ExhibitText } from '../../build/markdown';
import { Html } from '../components/Html';
import { fill } from '../components/tex';
import { Words } from '../components/Words';
import { t } from '../i18n';
import type { Store } from '../session/create';
import { ofView } from '../session/declared';
import { slotsOf } from './slots';

const BLANK = '\u00a0____\u00a0';
const TIMED = /\.(\d+)\./;

/** What only paper has: a line for the name, the questions with room for answers, and where the view is found again. */
export function Worksheet({ store, text }: { store: Store; text: ExhibitText }) {
  const { exhibit, session } = store;
  const settings = session.run.value?.settings ?? {};
  const steps = [...session.text.value].length + 1;
  const items = text.sections.questions?.items ?? [];
  // where all steps are rows of one matrix, a number in a path is that of a block
  const timed = session.schema.value?.nodes.some(({ time }) => time > 0) ?? false;
  return (
    <div class="worksheet">
      <p class="paper-head">
        <b>{t('page.name')}</b>
        <span>{t('print.name')}</span>
        <span>{t('print.date')}</span>
      </p>
      <ol class="paper-questions">
        {exhibit.questions.map((question) => {
          const { id } = question;
          const item = items.find((one) => one.id === id);
          const lines = (
            <>
              <i class="line" />
              <i class="line" />
            </>
          );
          if (ofView(question))
            return (
              <li key={id}>
                <Html inline html={(item?.first ?? '').replace(/^<p>|<\/p>$/g, '')} />
                {lines}
              </li>
            );
          const { node } = question;
          const cell = question.kind === 'cell' ? 0 : question.cell;
          const token = timed ? Math.min(Number(TIMED.exec(node)?.[1] ?? 0), steps) : 0;
          const slots = slotsOf({
            text: session.text.value,
            token,
            updating: false,
            settings,
            tokens: session.run.value?.vocabulary.length ?? 1,
          });
          const cells = session.find(node)?.shape.reduce((product, size) => product * size, 1) ?? cell + 1;
          // on paper its numbers are looked up in the figure
          const given = Object.fromEntries(Object.keys(question.given ?? {}).map((name) => [name, BLANK]));
          const html = fill(item?.first ?? '', { ...slots, ...given, cell: Math.min(cell, cells - 1) + 1 });
          return (
            <li key={id}>
              {token > 0 && <Words>{`${t('print.where', { step: token, now: slots.now ?? '' })} `}</Words>}
              <Html inline html={html.replace(/^<p>|<\/p>$/g, '')} />
              {lines}
            </li>
          );
        })}
      </ol>
      <p class="paper-link">{t('print.link')}</p>
    </div>
  );
}
