// One unit at a time: the net, the line of the algorithm that is done, its numbers, and the same derivative by a difference.
import { control } from '../../components/control';
import { useTheme } from '../../draw/box';
import { exponent, fixed, plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { mathText } from '../../draw/math';
import type { Unit, Wire } from '../../figures/units/anatomy';
import { deltaOf, derivativeOf, LINES, weightOf } from '../../figures/units/letters';
import { TermRows } from '../../figures/units/TermRows';
import { numberOf, pieces } from '../../figures/units/terms';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Clocks } from './Clocks';
import { Figure } from './Figure';
import type { Lesson } from './lesson';
import { studentName } from './names';

export function Walk({ store, lesson }: { store: Store; lesson: Lesson }) {
  return (
    <>
      <section class="bp-net" aria-label={t('backprop.net')}>
        <Figure store={store} lesson={lesson} />
        <OpenRow store={store} lesson={lesson} />
      </section>
      <section class="bp-side" aria-label={t('backprop.side')}>
        <Check store={store} lesson={lesson} />
        <Algorithm store={store} lesson={lesson} />
        <Derivatives store={store} lesson={lesson} />
      </section>
      <Clocks store={store} lesson={lesson} />
      <Points store={store} lesson={lesson} />
    </>
  );
}

/** Always on: how many derivatives were checked, and the largest gap; or which weight's do not agree. */
export function Check({ store, lesson }: { store: Store; lesson: Lesson }) {
  const seen = lesson.seen.value;
  if (!seen) return null;
  const { checked, worst, backward, differences } = seen.derivatives;
  let gap = 0;
  backward.forEach((one, i) => {
    gap = Math.max(gap, Math.abs(one - (differences[i] ?? Number.NaN)));
  });
  const node = seen.net.schema.updates[worst.parameter]?.node;
  const wire = seen.net.units
    .flatMap(({ wires }) => wires)
    .find(({ weight }) => weight.node === node && weight.cell === worst.cell);
  const agrees = worst.gap < 1e-5;
  return (
    <p class="bp-check" role="status" {...control(store.session, 'lab.check')}>
      {lesson.covered.value ? (
        t('backprop.check.covered')
      ) : agrees ? (
        <>
          <span aria-hidden="true">✓ </span>
          {t('backprop.check.fine', { count: checked, gap: exponent(gap) })}
        </>
      ) : (
        <button type="button" class="plain-link" onClick={() => wire && lesson.set({ at: `derivative.${wire.to}` })}>
          {t('backprop.check.wrong', {
            name: wire ? mathText(weightOf(wire, seen.net.inputs.length)) : '',
          })}
        </button>
      )}
    </p>
  );
}

/** The algorithm, with the line that was done last inverted, and how far each is. */
function Algorithm({ store, lesson }: { store: Store; lesson: Lesson }) {
  const [seen, known, moment] = [lesson.seen.value, lesson.known.value, lesson.moment.value];
  if (!seen || !known) return null;
  const { units } = seen.net;
  const hidden = units.filter(({ answer }) => answer === null);
  const answers = units.length - hidden.length;
  const count = (some: Set<number>, of: Unit[]) => of.filter(({ number }) => some.has(number)).length;
  const outs = units.filter(({ answer }) => answer !== null);
  const far = [
    t('backprop.of', { at: count(known.values, units), end: units.length }),
    t('backprop.of', { at: count(known.deltas, outs), end: answers }),
    t('backprop.of', { at: count(known.deltas, hidden), end: hidden.length }),
    t('backprop.of', { at: count(known.derivatives, units), end: units.length }),
  ];
  const NAMES = ['backprop.phase.1', 'backprop.phase.2', 'backprop.phase.3', 'backprop.phase.4'] as const;
  return (
    <ol class="bp-algorithm" aria-label={t('backprop.algorithm')} {...control(store.session, 'lab.algorithm')}>
      {NAMES.map((name, i) => (
        <li key={name}>
          <div class="bp-phase">
            <b>{t(name)}</b>
            <span class="num small dim">{far[i]}</span>
          </div>
          {LINES.filter(({ phase }) => phase === i + 1).map(({ kinds, tex }) => {
            const now = moment !== null && kinds.includes(moment.kind);
            const first = seen.moments.find(({ kind }) => kinds.includes(kind));
            return (
              <button
                type="button"
                key={tex}
                class="bp-line"
                disabled={!first}
                aria-current={now ? 'step' : undefined}
                onClick={() => first && lesson.set({ at: first.id })}
              >
                <M tex={now ? tex.replaceAll(/\\[apg]\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1') : tex} />
                {now && moment.units.length > 0 && <span class="num small">{`j = ${moment.units.join(', ')}`}</span>}
              </button>
            );
          })}
        </li>
      ))}
    </ol>
  );
}

function OpenRow({ store, lesson }: { store: Store; lesson: Lesson }) {
  const theme = useTheme(store.session.theme.value);
  const [seen, moment, covered] = [lesson.seen.value, lesson.moment.value, lesson.covered.value];
  if (!seen) return <div class="bp-row" />;
  if (!moment || covered?.kind === 'delta' || covered?.kind === 'derivative')
    return <p class="bp-row dim small">{t(covered ? 'backprop.row.covered' : 'backprop.row.start')}</p>;
  return (
    <section
      class="bp-row"
      aria-label={t('backprop.row')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...control(store.session, 'lab.row')}
    >
      <TermRows theme={theme} moment={moment} rows={pieces(seen, moment)} />
    </section>
  );
}

/** Each wire into the unit of this moment: its weight, its derivative by the walk back, the same by a difference. */
function Derivatives({ store, lesson }: { store: Store; lesson: Lesson }) {
  const [seen, known, moment, covered] = [
    lesson.seen.value,
    lesson.known.value,
    lesson.moment.value,
    lesson.covered.value,
  ];
  if (!seen || !known) return null;
  const numbers = moment && moment.units.length > 0 ? moment.units : seen.net.units.map(({ number }) => number);
  const { backward, differences } = seen.derivatives;
  const inputs = seen.net.inputs.length;
  const wires = seen.net.units.filter(({ number }) => numbers.includes(number)).flatMap((unit) => unit.wires);
  const cell = (at: number, of: Float64Array, is: boolean, digits: number) =>
    covered ? '?' : is ? fixed(of[at] ?? Number.NaN, digits) : '·';
  return (
    <section
      class="bp-table"
      aria-label={t('backprop.table.all')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...control(store.session, 'lab.derivatives')}
    >
      <table>
        <caption>
          {numbers.length === 1 ? t('backprop.table.unit', { unit: numbers[0] ?? 0 }) : t('backprop.table.all')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('backprop.table.wire')}</th>
            <th scope="col">{t('backprop.table.weight')}</th>
            <th scope="col">{t('backprop.table.back')}</th>
            <th scope="col">{t('backprop.table.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {numbers.length === 1 && (
            <tr>
              <th scope="row">
                <M tex={deltaOf(numbers[0] ?? 0)} />
              </th>
              <td />
              <td>{cell(wires[0]?.at ?? -1, backward, known.deltas.has(numbers[0] ?? 0), 6)}</td>
              <td>{cell(wires[0]?.at ?? -1, differences, known.deltas.has(numbers[0] ?? 0), 6)}</td>
            </tr>
          )}
          {wires.map((wire) => (
            <tr key={wire.at}>
              <th scope="row">
                <M tex={weightOf(wire, inputs)} />
              </th>
              <td>{fixed(numberOf(seen, wire.weight))}</td>
              <td>{cell(wire.at, backward, known.derivatives.has(wire.to), 6)}</td>
              <td>{cell(wire.at, differences, known.derivatives.has(wire.to), 6)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The class: each student with the error, and what adds up over all. */
export function Points({ store, lesson }: { store: Store; lesson: Lesson }) {
  const [seen, moment, covered] = [lesson.seen.value, lesson.moment.value, lesson.covered.value];
  if (!seen) return <section class="bp-points" />;
  const { each, net } = seen;
  const unit = net.units[(moment?.units[0] ?? net.units.length) - 1] as Unit;
  const wire = unit.wires[1] ?? (unit.wires[0] as Wire);
  const derivative = (n: number) => each.derivatives[n * each.weights + wire.at] ?? Number.NaN;
  const all = Array.from({ length: each.points }, (_, n) => n);
  const sum = (of: (n: number) => number) => all.reduce((total, n) => total + of(n), 0);
  return (
    <section class="bp-points" aria-label={t('backprop.batch')} {...control(store.session, 'lab.points')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('backprop.batch.point')}</th>
            <th scope="col">
              <M tex="E_{n}" />
            </th>
            <th scope="col">
              <M tex={derivativeOf(wire, net.inputs.length)} />
            </th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, 12).map((n) => (
            <tr key={n} aria-current={n === seen.point ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="plain-link"
                  aria-pressed={n === seen.point}
                  onClick={() => lesson.set({ point: String(n + 1) })}
                >
                  {`${n + 1}: ${studentName(seen, n)}`}
                </button>
              </th>
              <td>{plain(each.errors[n] ?? Number.NaN)}</td>
              <td>{covered ? '?' : plain(derivative(n))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('backprop.batch.sum', { count: each.points })}</th>
            <td>{plain(sum((n) => each.errors[n] ?? Number.NaN))}</td>
            <td>{covered ? '?' : plain(sum(derivative))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
