// One number of a place spelled out, the place as clock hands, and the cell of the sum that was done last; or all of it as
// a table.
import { fixed, plain } from '../../draw/format';
import { M } from '../../draw/Math';
import { t } from '../../i18n';
import { cellAt, type Lab, WIDTH } from './lab';
import type { Places, Table } from './places';

const signed = (value: number) => (value < 0 ? `−${fixed(-value, 3)}` : fixed(value, 3));
const bracketed = (value: number) => (value < 0 ? `(${signed(value)})` : signed(value));

export function NumberSide({ places, covered }: { places: Places; covered: boolean }) {
  const table = places.table.value;
  const lab = places.lab.value;
  if (!table) return null;
  return (
    <>
      <Spelled table={table} lab={lab} />
      {table.waves && <Hands table={table} lab={lab} />}
      <Added table={table} lab={lab} covered={covered} />
    </>
  );
}

/** How p is made here: sin or cos of the place by a power of 10000. */
function Spelled({ table, lab }: { table: Table; lab: Lab }) {
  const [i, c] = [Number(lab.row) - 1, Number(lab.column) - 1];
  const place = table.place[i] ?? 0;
  const value = table.p[i * WIDTH + c] ?? 0;
  const pair = Math.floor(c / 2);
  const power = 2 * (pair + Number(lab.from));
  const by = (table.turn[pair] ?? Number.NaN) / (2 * Math.PI);
  const wave = t(c % 2 === 0 ? 'positions.sin' : 'positions.cos');
  return (
    <section aria-label={t('positions.number', { place, column: lab.column })}>
      <h2>{t('positions.number', { place, column: lab.column })}</h2>
      {table.none ? (
        <p class="small">{t('positions.number.none')}</p>
      ) : (
        <p class="formula">
          <M
            tex={`\\a{p}_{${place},${lab.column}}${table.waves ? ` = \\t{${wave}}\\,(${place} / 10000^{${power}/${WIDTH}})` : ''}`}
          />
          <b class="num"> = {signed(value)}</b>
        </p>
      )}
      {table.waves && (
        <p class="small dim num">
          <M tex={`10000^{${power}/${WIDTH}}`} />{' '}
          {t('positions.number.filled', {
            ...{ by: plain(by, by < 100 ? 3 : 0), place, wave },
            angle: fixed(place / by, 4),
            value: signed(value),
          })}
        </p>
      )}
      {!table.waves && !table.none && <p class="small dim">{t('positions.number.learned')}</p>}
    </section>
  );
}

/** Each pair as the hand of a clock, with how many places a turn takes; rings where it stood at the places before. */
function Hands({ table, lab }: { table: Table; lab: Lab }) {
  const i = Number(lab.row) - 1;
  const now = Math.floor((Number(lab.column) - 1) / 2);
  const usual = [0, 1, 2, 3, 5, 15];
  const shown = usual.includes(now) ? usual : [...usual.slice(0, 4), now, 15].sort((a, b) => a - b);
  const end = (row: number, pair: number, radius: number) => {
    const value = (c: number) => table.p[row * WIDTH + 2 * pair + c] ?? 0;
    return [24 + radius * value(0), 24 - radius * value(1)] as const;
  };
  return (
    <section aria-label={t('positions.hands', { place: table.place[i] ?? 0 })}>
      <h2>
        {t('positions.hands', { place: table.place[i] ?? 0 })} <small>{t('positions.hands.some')}</small>
      </h2>
      <ul class="pos-hands">
        {shown.map((pair) => {
          const [x, y] = end(i, pair, 20);
          return (
            <li key={pair} aria-current={pair === now || undefined}>
              <svg viewBox="0 0 48 48" aria-hidden="true">
                <circle class={pair === now ? 'pos-clock one' : 'pos-clock'} cx={24} cy={24} r={20} />
                {Array.from({ length: i }, (_, row) => end(row, pair, 20))
                  .slice(-4)
                  .map(([cx, cy], k) => (
                    <circle key={k} class="f-paper pos-ring" cx={cx} cy={cy} r={2.2} />
                  ))}
                <path class="l-ink pos-hand" d={`M24 24L${x} ${y}`} />
                <circle class="f-ink" cx={x} cy={y} r={3} />
              </svg>
              <span class="num">{t('positions.hands.pair', { first: 2 * pair + 1, second: 2 * pair + 2 })}</span>
              <span class="num dim">{plain(table.turn[pair] ?? 0, (table.turn[pair] ?? 0) < 100 ? 1 : 0)}</span>
            </li>
          );
        })}
      </ul>
      <p class="small dim">{t('positions.hands.how')}</p>
    </section>
  );
}

/** The cell of the sum that was done last. */
function Added({ table, lab, covered }: { table: Table; lab: Lab; covered: boolean }) {
  const now = cellAt(lab);
  if (!now || covered)
    return (
      <section aria-label={t('positions.added')}>
        <h2>{t('positions.added')}</h2>
        <p class="small dim">{t(covered ? 'positions.covered' : 'positions.added.none')}</p>
      </section>
    );
  const { word, part } = now;
  const column = ((part - 1) % WIDTH) + 1;
  const row = word + 1;
  const x = table.x[word * WIDTH + column - 1] ?? 0;
  const p = table.at[word * WIDTH + column - 1] ?? 0;
  const sum = table.sum[word * table.parts + part - 1] ?? 0;
  const joined = table.parts > WIDTH;
  const tex = joined
    ? part > WIDTH
      ? `\\a{p}_{${row},${column}}`
      : `\\a{x}_{${row},${column}}`
    : `\\a{x}_{${row},${column}}${table.none ? '' : ` + \\a{p}_{${row},${column}}`}`;
  return (
    <section aria-label={t('positions.added')}>
      <h2>{t('positions.added.of', { word: table.words[word] ?? '', part, of: table.parts })}</h2>
      <p class="formula">
        <M tex={`\\tilde{\\a{x}}_{${row},${part}} = ${tex}`} />
      </p>
      <p class="formula num">
        {joined || table.none ? '' : `= ${signed(x)} + ${bracketed(p)} `}
        <b>= {signed(sum)}</b>
      </p>
    </section>
  );
}

/** The present word, number by number, and how alike places are by their distance. */
export function TableSide({ places, covered }: { places: Places; covered: boolean }) {
  const table = places.table.value;
  const lab = places.lab.value;
  if (!table) return null;
  const word = cellAt(lab)?.word ?? 0;
  const done = Number(lab.done) - word * table.parts;
  const joined = table.parts > WIDTH;
  return (
    <section class="pos-tables">
      <table>
        <caption>{t('positions.table', { word: table.words[word] ?? '', row: word + 1 })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('positions.table.column')}</th>
            <th scope="col">{t('positions.what')}</th>
            <th scope="col">{t('positions.where')}</th>
            <th scope="col">{t('positions.both')}</th>
            <th scope="col">{t('positions.table.row', { place: table.place[Number(lab.row) - 1] ?? 0 })}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: WIDTH }, (_, c) => (
            <tr key={c} aria-current={c + 1 === Number(lab.column) || undefined}>
              <th scope="row">{c + 1}</th>
              <td>{signed(table.x[word * WIDTH + c] ?? 0)}</td>
              <td>{table.none ? '–' : signed(table.at[word * WIDTH + c] ?? 0)}</td>
              <td>
                {covered || c >= done ? '…' : signed(table.sum[word * table.parts + c] ?? 0)}
                {joined && !covered && WIDTH + c < done
                  ? `; ${signed(table.sum[word * table.parts + WIDTH + c] ?? 0)}`
                  : ''}
              </td>
              <td>{table.none ? '–' : signed(table.p[(Number(lab.row) - 1) * WIDTH + c] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!covered && !table.none && (
        <table>
          <caption>{t('positions.table.dots')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('positions.dots.apart')}</th>
              {[0, 3, 6].map((k) => (
                <th scope="col" key={k}>
                  {t('positions.table.from', { place: table.place[k] ?? 0 })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: table.place.length }, (_, d) => (
              <tr key={d}>
                <th scope="row">{d}</th>
                {[0, 1, 2].map((from) => {
                  const value = table.dot[from * table.place.length + d] ?? Number.NaN;
                  return <td key={from}>{Number.isFinite(value) ? signed(value) : '–'}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
