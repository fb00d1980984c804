// All texts at once: the whole is 1, each letter cuts it, END closes a piece. What has closed and what goes on are 1 together.
import { useMemo, useRef } from 'preact/hooks';
import { control } from '../../components/control';
import { type Box, useBox } from '../../draw/box';
import { fixed, plain, whole } from '../../draw/format';
import { Axes, ticks } from '../../figures/plane/Axes';
import { planeOf } from '../../figures/plane/plane';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import type { Props } from './Chain';
import { RowClock } from './Clocks';
import { END, type Piece, piecesOf, ranked, type Texts } from './counted';
import type { Counting } from './counting';
import { FURTHER, MOST_SEEN_ALL, TEXTS } from './lab';
import { letterOf, Smoothing } from './Parts';

export function All({ store, counting }: Props) {
  const lab = counting.lab.value;
  const texts = counting.texts.value;
  return (
    <>
      <div class="nw-tools">
        <fieldset class="seg" aria-label={t('next-word.text')} {...control(store.session, 'lab.text')}>
          {TEXTS.map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={lab.text === one}
              onClick={() => counting.set({ text: one, rows: '', piece: '' })}
            >
              {t(`next-word.text.${one}`)}
            </button>
          ))}
        </fieldset>
        <label class="nw-slide" {...control(store.session, 'lab.seen')}>
          {t('next-word.seen')}
          <input
            type="range"
            min={0}
            max={MOST_SEEN_ALL}
            value={counting.seenAll.value}
            onInput={(event) => counting.set({ seen: event.currentTarget.value, done: '' })}
          />
          <span class="num">{counting.seenAll.value}</span>
        </label>
        <Smoothing store={store} counting={counting} />
      </div>
      <section class="nw-main" aria-label={t('next-word.all.label')}>
        {texts && <Cut store={store} counting={counting} texts={texts} />}
        {texts && <Ends store={store} counting={counting} texts={texts} />}
      </section>
      <section
        class="nw-side"
        aria-label={t('next-word.piece.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
      >
        {texts && <PieceSide store={store} counting={counting} texts={texts} />}
        {texts && lab.text === 'two' && <List store={store} counting={counting} texts={texts} />}
      </section>
      <RowClock store={store} counting={counting} />
    </>
  );
}

interface Inside {
  store: Store;
  counting: Counting;
  texts: Texts;
}
const NAMES = 64; // in rem/16: which letter a row cuts by
const SHARE = 84; // and how much has ended

/** As far as the clock has cut. */
const rowsOf = ({ counting, texts }: Pick<Inside, 'counting' | 'texts'>): number => {
  const rows = counting.lab.value.rows;
  return counting.covered.value !== null
    ? 0
    : rows === ''
      ? texts.longest + 1
      : Math.min(texts.longest + 1, Number(rows));
};

function Cut({ store, counting, texts }: Inside) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const rows = useMemo(() => piecesOf(texts), [texts]);
  const shown = rowsOf({ counting, texts });
  return (
    <div class="nw-cut" ref={area} {...control(store.session, 'lab.cut')}>
      {box && <Drawing box={box} rows={rows} shown={shown} counting={counting} texts={texts} />}
    </div>
  );
}

interface Drawn {
  box: Box;
  rows: Piece[][];
  shown: number;
  counting: Counting;
  texts: Texts;
}
function Drawing({ box, rows, shown, counting, texts }: Drawn) {
  const { width, height } = box;
  const wide = Math.max(10, width - NAMES - SHARE);
  const high = Math.min(84, (height - 4) / (rows.length + 1));
  const x = (part: number) => NAMES + part * wide;
  const piece = counting.lab.value.piece;
  const closed = (row: number) => texts.ended.slice(0, row).reduce((sum, one) => sum + one, 0);
  const pieces = useMemo(
    () => rows.map((row, r) => <Row key={r} row={row} x={x} y={(r + 1) * high + 2} high={high} />),
    [rows, wide, high],
  );
  const at = texts.index.get(piece);
  const found =
    piece === '' ? { from: 0, to: 1 } : rows[piece.length - 1]?.find((one) => !one.end && one.text === piece);
  const press = (event: MouseEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    const area = svg.getBoundingClientRect();
    const part = (((event.clientX - area.left) / area.width) * width - NAMES) / wide;
    const row = Math.floor((((event.clientY - area.top) / area.height) * height - 2) / high) - 1;
    const hit = row < 0 ? undefined : rows[Math.min(row, shown - 1)]?.find(({ from, to }) => from <= part && part < to);
    if (row < shown && part >= 0 && part <= 1) counting.set({ piece: hit?.text ?? '' });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: each piece is a button of the table beside it
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={saidOf(texts, shown)} onClick={press}>
      <text class="t12 t2" x={0} y={high / 2 + 6}>
        {t('next-word.all.whole')}
      </text>
      <rect class="nw-piece" x={x(0)} y={2} width={wide} height={high - 3} />
      <text class="t12 num end" x={width} y={high / 2 + 6}>
        {t('next-word.all.ended', { part: fixed(0, 3) })}
      </text>
      {pieces.slice(0, shown)}
      {rows.slice(shown).map((_, r) => (
        <rect key={r} class="nw-piece later" x={x(0)} y={(shown + r + 1) * high + 2} width={wide} height={high - 3} />
      ))}
      {rows.slice(0, shown).map((_, r) => (
        <g key={r}>
          <text class="t12 t2" x={0} y={(r + 1) * high + high / 2 + 6}>
            {t('next-word.all.letter', { n: r + 1 })}
          </text>
          <text class="t12 num end" x={width} y={(r + 1) * high + high / 2 + 6}>
            {fixed(closed(r + 1), 3)}
          </text>
        </g>
      ))}
      {found && at !== undefined && piece.length <= shown && (
        <rect
          class="nw-picked"
          x={x(found.from)}
          y={piece.length * high + 2}
          width={Math.max(2, (found.to - found.from) * wide)}
          height={high - 3}
        />
      )}
    </svg>
  );
}

const saidOf = (texts: Texts, shown: number) =>
  t('next-word.all.said', {
    rows: shown,
    closed: fixed(
      texts.ended.slice(0, shown).reduce((sum, one) => sum + one, 0),
      3,
    ),
  });

function Row({ row, x, y, high }: { row: Piece[]; x: (part: number) => number; y: number; high: number }) {
  return (
    <g>
      {row.map(({ text, end, from, to }) => {
        const wide = x(to) - x(from);
        if (wide < 0.15) return null;
        return (
          <g key={`${text}${end}`}>
            <rect class={end ? 'nw-piece end' : 'nw-piece'} x={x(from)} y={y} width={wide} height={high - 3} />
            {!end && wide > 11 && (
              <text class="t12 mid" x={(x(from) + x(to)) / 2} y={y + high / 2 + 3}>
                {wide > 8 * text.length + 4 ? text : text.slice(-1)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

const ROOM = { left: 30, right: 12, top: 14, bottom: 36 };
/** How much has ended by each length, of all texts however long. */
function Ends({ store, counting, texts }: Inside) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const covered = counting.covered.value !== null;
  let sum = 0;
  const closed = Array.from(texts.ended, (one) => (sum += one));
  const last = closed.at(-1) ?? 0;
  const rest = texts.goingOn.at(-1) ?? 0;
  const plane = box && planeOf(box, { from: 0, to: FURTHER }, { from: 0, to: 1 }, ROOM);
  return (
    <figure class="nw-ends" {...control(store.session, 'lab.ends')}>
      <figcaption class="small">
        {covered
          ? t('next-word.covered')
          : t('next-word.ends', {
              length: FURTHER,
              closed: fixed(last, 6),
              rest: plain(rest, 6),
              all: fixed(texts.all.at(-1) ?? 0, 6),
            })}
      </figcaption>
      <div class="plane" ref={area}>
        {box && plane && !covered && (
          <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('next-word.ends.label')}>
            <Axes plane={plane} x={ticks([0, 10, 20, 30, 40])} y={ticks([0, 0.5, 1], 1)} />
            <text class="t12 t2 end" x={plane.right} y={plane.bottom + 31}>
              {t('next-word.ends.axis')}
            </text>
            <path class="l-ink" d={`M${closed.map((one, l) => `${plane.x(l)} ${plane.y(one)}`).join('L')}`} />
            {closed.slice(0, rowsOf({ counting, texts })).map((one, l) => (
              <circle key={l} class="f-ink" cx={plane.x(l)} cy={plane.y(one)} r={3} />
            ))}
          </svg>
        )}
      </div>
      <div class="sr">
        <table>
          <caption>{t('next-word.ends.label')}</caption>
          <tbody>
            {!covered &&
              closed.map((one, l) => (
                <tr key={l}>
                  <th scope="row">{l}</th>
                  <td>{fixed(one, 6)}</td>
                  <td>{plain(texts.goingOn[l] ?? 0, 6)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** What a piece is cut into: it is the sum of its parts. */
function PieceSide({ store, counting, texts }: Inside) {
  const { piece } = counting.lab.value;
  const chain = counting.after.value;
  if (counting.covered.value !== null) return <p class="small dim">{t('next-word.covered')}</p>;
  if (!chain || chain.text !== piece) return null;
  const order = counting.seenAll.value + 1;
  const reached = texts.reached[texts.index.get(piece) ?? 0] ?? 0;
  const p = chain.row(order, piece.length).p;
  const parts = ranked(p);
  const sum = parts.reduce((so, token) => so + (p[token] ?? 0), 0);
  return (
    <table class="nw-row" {...control(store.session, 'lab.piece')}>
      <caption>
        {piece === '' ? t('next-word.piece.whole') : t('next-word.piece', { piece, p: plain(reached, 5) })}
        {piece !== '' && (
          <button type="button" class="plain-link" onClick={() => counting.set({ piece: piece.slice(0, -1) })}>
            {t('next-word.piece.back')}
          </button>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('next-word.piece.next')}</th>
          <th scope="col">{t('next-word.piece.p')}</th>
          <th scope="col">{t('next-word.piece.share')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((token) => (
          <tr key={token}>
            <th scope="row">
              {token !== END && piece.length < texts.longest ? (
                <button
                  type="button"
                  class="plain-link"
                  onClick={() => counting.set({ piece: piece + chain.letters[token] })}
                >
                  {piece + chain.letters[token]}
                </button>
              ) : (
                `${piece}${token === END ? ` ${letterOf(chain, token)}` : chain.letters[token]}`
              )}
            </th>
            <td>{plain(p[token] ?? 0, 4)}</td>
            <td>{plain(reached * (p[token] ?? 0), 5)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('next-word.counts.sum')}</th>
          <td>{fixed(sum, 4)}</td>
          <td>{plain(reached * sum, 5)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Every short text that is drawn, the likeliest first, and their sum. */
function List({ store, counting, texts }: Inside) {
  const shown = rowsOf({ counting, texts });
  const order = useMemo(() => ranked(texts.probability), [texts]);
  const ended = order.filter((i) => (texts.strings[i]?.length ?? 0) < shown);
  const sum = ended.reduce((so, i) => so + (texts.probability[i] ?? 0), 0);
  if (shown === 0) return null; // nothing is cut, nothing has ended
  return (
    <table class="nw-row" {...control(store.session, 'lab.list')}>
      <caption>{t('next-word.list', { count: whole(ended.length), most: shown - 1 })}</caption>
      <tbody>
        {ended.map((i) => (
          <tr key={i}>
            <th scope="row">
              {texts.strings[i]} {t('next-word.end')}
            </th>
            <td>{plain(texts.probability[i] ?? 0, 5)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('next-word.counts.sum')}</th>
          <td>{plain(sum, 5)}</td>
        </tr>
        <tr>
          <th scope="row">{t('next-word.list.rest')}</th>
          <td>{plain(texts.goingOn[shown - 1] ?? 0, 5)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
