import { Bar } from '../components/Bar';
import { Html } from '../components/Html';
import { Icon } from '../components/Icon';
import { later } from '../components/later';
import { Words } from '../components/Words';
import { exponent, fixed } from '../draw/format';
import type { Spread } from '../exhibits/types';
import { named, t } from '../i18n';
import type { Store } from '../session/create';

// what only a claim that runs has
const ClaimCurves = later(() => import('./ClaimCurves').then((m) => m.ClaimCurves));
const ClaimSeries = later(() => import('./ClaimSeries').then((m) => m.ClaimSeries));

/** Three digits after the point, as far as they say something. */
function figure(value: number): string {
  if (Math.abs(value) >= 1e4) return exponent(value);
  return fixed(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3);
}

/** Smallest and largest over the seeds measured beforehand. */
function rangeOf({ rows, runs }: Spread, name: string): string {
  const values = runs.flatMap(({ measured }) => measured[rows.indexOf(name)] ?? []);
  return t('claim.range', { min: figure(Math.min(...values)), max: figure(Math.max(...values)) });
}

/** What the exhibit claims, and the button that measures it here and now. What fails stays on screen. */
interface ClaimProps {
  store: Store;
  sentence: string;
  note: string; // why its numbers are not those beside it
  spread: Spread;
}
export function Claim({ store, sentence, note, spread }: ClaimProps) {
  const claim = store.session.claim.value;
  const seed = Number(store.runs.run.value?.settings.seed ?? 1);
  const run = () => void store.runClaim(seed, spread.costs);
  if (!claim) {
    return (
      <section class="claim" aria-label={t('claim.name')}>
        <div class="offer">
          <button type="button" class="btn low" onClick={run}>
            {t('claim.run')}
          </button>
          <span class="said">
            <b>{t('claim.name')}</b> <Html inline html={sentence.replace(/^<p>|<\/p>$/g, '')} />{' '}
            <span class="dim">{t('claim.seeds', { hold: spread.hold, of: spread.of })}</span>
          </span>
        </div>
      </section>
    );
  }
  const percent = Math.round(claim.fraction * 100);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="claim measured" tabIndex={0} aria-label={t('claim.name')}>
      <div class="head">
        <span>
          {claim.done ? (
            <b>{t('claim.name')}</b>
          ) : (
            <>
              <Words>{t('claim.running', { percent })}</Words>{' '}
              {claim.left !== null && t('claim.left', { seconds: Math.max(1, Math.round(claim.left)) })}
            </>
          )}
        </span>
        {claim.done ? (
          <b class="verdict-mark" role="status">
            <Icon name={claim.holds ? 'tick' : 'cross'} />
            {t(claim.holds ? 'claim.holds' : 'claim.fails')}
          </b>
        ) : (
          <button type="button" class="btn low" onClick={() => void store.stopClaim()}>
            {t('claim.stop')}
          </button>
        )}
      </div>
      {claim.done && (
        <div class="acts">
          <button type="button" class="btn low" onClick={run}>
            {t('claim.again')}
          </button>
          <button type="button" class="btn low" onClick={() => void store.stopClaim()}>
            {t('close')}
          </button>
        </div>
      )}
      {!claim.done && <Bar label={t('claim.progress', { percent })} percent={percent} />}
      <p>{claim.done ? claim.sentence : <Html inline html={sentence.replace(/^<p>|<\/p>$/g, '')} />}</p>
      {!claim.done && <ClaimCurves curves={claim.curves} />}
      {claim.rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('claim.here', { seed: claim.seed })}</th>
              <th scope="col">{t('claim.spread', { of: spread.of })}</th>
            </tr>
          </thead>
          <tbody>
            {claim.rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{named('row', row.name)}</th>
                <td>{figure(row.measured)}</td>
                <td class="range">{rangeOf(spread, row.name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ClaimSeries rows={claim.rows} spread={spread} />
      {claim.done && <Html class="note small dim" html={note} />}
      {claim.done && (
        <div class="foot">
          <span>{claim.asked}</span>
        </div>
      )}
    </section>
  );
}
