// The update that is on screen, as far as it is done, and everything as tables.
import { control } from '../../components/control';
import { plain, term } from '../../draw/format';
import { M as Tex } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { type Descent, type Pair, type Path, pointAt } from './descent';
import { BETA, operationsOf, pointsOf, presentOf, RULES, type Rule, tOf, xOf } from './lab';

const NONE: Pair = [Number.NaN, Number.NaN];
/** Adam's means without what the first updates lack. */
export const unbiased = (value: number, beta: number, update: number) => value / (1 - beta ** update);

export function rowsOf(rule: Rule, path: Path, update: number): { id: string; tex: string; values: readonly Pair[] }[] {
  const u = update - 1;
  const [m, v] = [path.mean(u), path.square(u)];
  const hat = (pair: Pair, beta: number): Pair => [unbiased(pair[0], beta, update), unbiased(pair[1], beta, update)];
  const all = {
    slope: { tex: '\\g{∇E}', values: [path.slope(u)] },
    mean: { tex: 'm', values: [m] },
    square: { tex: 'v', values: [v] },
    unbias: { tex: '\\hat{m}', values: [hat(m, BETA[1]), hat(v, BETA[2])] },
    step: { tex: 'Δ\\p{w}', values: [path.step(u)] },
    weight: { tex: `\\p{w}^{(${update})}`, values: [path.at(update)] },
  };
  return operationsOf(rule).map((id) => ({ id, ...all[id] }));
}
export const present = (descent: Descent) => {
  const lab = descent.lab.value;
  const rule = lab.rule as Rule;
  const path = descent.paths.value?.[RULES.indexOf(rule)];
  const { update, done } = presentOf(lab);
  return path && { rule, path, lab, update: Math.min(update, path.updates), done };
};

const number = (value: number) => (Number.isFinite(value) ? term(value) : '–');
const both = (pair: Pair, there = true) => pair.map((value, k) => <td key={k}>{there ? number(value) : '·'}</td>);

export function Update({ store, descent }: { store: Store; descent: Descent }) {
  const now = present(descent);
  if (!now) return null;
  const { rule, path, update, done } = now;
  const rows = rowsOf(rule, path, update).flatMap(({ id, tex, values }, i) =>
    values.map((pair, k) => ({ id: `${id}${k}`, i, tex: k === 0 ? tex : '\\hat{v}', pair })),
  );
  return (
    <table class="descent-update" {...control(store.session, 'lab.update')}>
      <caption>{t('descent.update', { rule: t(`descent.rule.${rule}`), update, each: pointsOf(rule) })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <Tex tex="\p{w}_1" />
          </th>
          <th scope="col">
            <Tex tex="\p{w}_2" />
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            <Tex tex={`\\p{w}^{(${update - 1})}`} />
          </th>
          {both(path.at(update - 1))}
        </tr>
        {rows.map(({ id, i, tex, pair }) => (
          <tr key={id} aria-current={i === done - 1 || undefined}>
            <th scope="row">
              <Tex tex={tex} />
            </th>
            {both(pair, i < done)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHOWN = 60; // rows of a table that are there at once

/** Every update of the rule, around the present one. */
export function UpdateTable({ descent }: { descent: Descent }) {
  const now = present(descent);
  if (!now) return null;
  const { rule, path, update } = now;
  const adam = rule === 'adam';
  const last = Number(now.lab.update); // nothing is told ahead
  const from = Math.max(0, Math.min(update - SHOWN / 2, last - SHOWN));
  const pair = (of: Pair) => `${number(of[0])}, ${number(of[1])}`;
  return (
    <table>
      <caption>{t('descent.table.updates', { rule: t(`descent.rule.${rule}`) })}</caption>
      <thead>
        <tr>
          {['τ', '\\p{w}_1, \\p{w}_2', 'E', '\\g{∇E}', ...(adam ? ['m', 'v'] : []), 'Δ\\p{w}'].map((tex) => (
            <th scope="col" key={tex}>
              <Tex tex={tex} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: Math.min(last, from + SHOWN) + 1 - from }, (_, i) => from + i).map((u) => {
          const made = u < last;
          return (
            <tr key={u} aria-current={u === last || undefined}>
              <th scope="row">{u}</th>
              <td>{pair(path.at(u))}</td>
              <td>{plain(path.error(u))}</td>
              <td>{pair(made ? path.slope(u) : NONE)}</td>
              {adam && <td>{pair(made ? path.mean(u) : NONE)}</td>}
              {adam && <td>{pair(made ? path.square(u) : NONE)}</td>}
              <td>{pair(made ? path.step(u) : NONE)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The points that the present update takes, with the slopes of each. */
export function PointTable({ descent }: { descent: Descent }) {
  const now = present(descent);
  if (!now) return null;
  const { rule, path, update, done } = now;
  const each = pointsOf(rule);
  const first = (update - 1) * each;
  return (
    <table>
      <caption>{t('descent.table.points', { update })}</caption>
      <thead>
        <tr>
          {['n', 'x_n', 't_n', '\\g{∂E_n/∂w_1}', '\\g{∂E_n/∂w_2}'].map((tex) => (
            <th scope="col" key={tex}>
              <Tex tex={tex} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: each }, (_, i) => first + i).map((taken) => {
          const n = pointAt(taken);
          return (
            <tr key={taken}>
              <th scope="row">{n}</th>
              <td>{plain(xOf(n), 1)}</td>
              <td>{plain(tOf(n), 1)}</td>
              {both(path.term(taken), done > 0)}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function StillTable({ descent }: { descent: Descent }) {
  const ground = descent.ground.value;
  if (!ground) return null;
  return (
    <table>
      <caption>{t('descent.table.still')}</caption>
      <thead>
        <tr>
          <td />
          {['\\p{w}_1', '\\p{w}_2', 'E', 'λ_1', 'λ_2'].map((tex) => (
            <th scope="col" key={tex}>
              <Tex tex={tex} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ground.still.map(({ kind, at, error, eigenvalues }, i) => (
          <tr key={i}>
            <th scope="row">{t(`descent.still.${kind}`)}</th>
            {[...at, error, eigenvalues[1], eigenvalues[0]].map((value, k) => (
              <td key={k}>{number(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
