import { fixed, plain, statistics } from '../draw/format.ts';
import { t } from '../i18n/index.ts';
import type { Session } from '../session/types.ts';
import { gradientState, hasValue } from '../stage/tape.ts';
import type { Anatomy } from './anatomy.ts';
import { drawnFrame } from './shared.ts';
import { bare } from './tokens.ts';

/** The figure in words: what is drawn of each step. Beside the drawing for those who do not see it. */
export function FigureTable({
  session,
  anatomy: a,
  text,
}: {
  session: Session;
  anatomy: Anatomy;
  text: (token: number) => string;
}) {
  const schema = session.schema.value;
  const frame = drawnFrame(session);
  const position = session.position.value;
  if (!schema || !frame) return null;
  const back = position > schema.forward;
  const asked = session.asked.value;
  const hides = (node: number | undefined) => asked !== null && !asked.revealed && asked.node === node;
  return (
    <div class="sr">
      <table>
        <caption>{t('figure.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figure.table.step')}</th>
            <th scope="col">{t('figure.table.letter')}</th>
            <th scope="col">{t('figure.table.next')}</th>
            <th scope="col">{t('figure.table.probability')}</th>
            <th scope="col">{t('figure.table.loss')}</th>
            {back && <th scope="col">{t('figure.table.gradient')}</th>}
          </tr>
        </thead>
        <tbody>
          {a.steps.map((step, i) => {
            const target = schema.targets[i] ?? -1;
            const hidden = hides(step.probabilities?.id) || hides(step.loss?.id);
            const p =
              step.probabilities && hasValue(step.probabilities, position)
                ? frame.values(step.probabilities.id, 'value')
                : null;
            const loss = step.loss && hasValue(step.loss, position) ? frame.values(step.loss.id, 'value') : null;
            const g =
              step.state && gradientState(a, step.state, position, schema.forward) === 'whole'
                ? frame.values(step.state.id, 'grad')
                : null;
            return (
              <tr key={step.time}>
                <th scope="row">{step.time}</th>
                <td>{bare(text(schema.tokens[i] ?? -1))}</td>
                <td>{bare(text(target))}</td>
                <td>{p && target >= 0 ? (hidden ? '?' : fixed(p[target] as number, 3)) : '·'}</td>
                <td>{loss ? (hidden ? '?' : fixed(loss[0] as number, 3)) : '·'}</td>
                {back && <td>{g ? (hides(step.state?.id) ? '?' : plain(statistics(g).norm, 4)) : '·'}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
