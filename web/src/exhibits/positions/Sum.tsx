// What a word is, where it stands, and both: x, p and the sum of a sentence, a row a word, cell by cell.
import { useMemo, useRef } from 'preact/hooks';
import { type Box, useBox, useTheme } from '../../draw/box';
import { signShade } from '../../draw/colour';
import { MathLabel } from '../../draw/Math';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { cellAt, type Lab, WIDTH } from './lab';
import type { Places, Table } from './places';

const NAMES = 52; // in rem/16: the words
const HEAD = 20;
const GAP = 22; // between two matrices: their sign

export function Sum({ store, places, covered }: { store: Store; places: Places; covered: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  const table = places.table.value;
  return (
    <div class="pos-sum">
      <div class="pos-area" ref={area}>
        {box && table && (
          <Drawing
            box={box}
            table={table}
            lab={places.lab.value}
            theme={store.session.theme.value}
            covered={covered}
            look={(word, part) => places.goto(word * table.parts + part)}
          />
        )}
      </div>
    </div>
  );
}

interface Drawn {
  box: Box;
  table: Table;
  lab: Lab;
  theme: string;
  covered: boolean;
  look: (word: number, part: number) => void;
}

function Drawing({ box, table, lab, theme: seen, covered, look }: Drawn) {
  const theme = useTheme(seen);
  const { width, height } = box;
  const { words, parts } = table;
  const stacked = width < 420;
  const columns = stacked ? Math.max(WIDTH, parts) : 2 * WIDTH + parts;
  const gaps = stacked ? 0 : 2 * GAP;
  const w = (width - NAMES - gaps - 4) / columns;
  const blocks = stacked ? 3 : 1;
  const h = Math.min(20, (height - blocks * HEAD - 2) / (blocks * words.length));
  const done = Number(lab.done);
  const now = cellAt(lab);
  const block = HEAD + words.length * h;
  const matrices = [
    { values: table.x, parts: WIDTH, range: table.range.x, tex: '\\a{x}_i', name: 'what', x: 0, empty: false },
    {
      values: table.at,
      parts: WIDTH,
      range: table.range.p,
      tex: '\\a{p}_i',
      name: 'where',
      x: WIDTH,
      empty: table.none,
    },
    {
      values: table.sum,
      parts,
      range: table.range.x,
      tex: '\\tilde{\\a{x}}_i',
      name: 'both',
      x: 2 * WIDTH,
      empty: covered,
    },
  ] as const;
  const left = (k: number) => NAMES + (stacked ? 0 : (matrices[k]?.x ?? 0) * w + k * GAP);
  const top = (k: number) => (stacked ? k * block : 0) + HEAD;
  const cells = useMemo(
    () =>
      matrices.map(({ values, parts, range, empty }, k) =>
        empty
          ? null
          : Array.from(values, (value, cell) => (
              <rect
                key={cell}
                x={left(k) + (cell % parts) * w}
                y={top(k) + Math.floor(cell / parts) * h}
                width={Math.max(0.5, w - 0.5)}
                height={h - 0.5}
                fill={k === 2 && cell >= done ? 'none' : signShade(theme, value, range).fill}
              />
            )),
      ),
    [table, theme, w, h, done, covered, stacked],
  );
  const press = (event: MouseEvent) => {
    const bounds = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    const [x, y] = [
      ((event.clientX - bounds.left) / bounds.width) * width,
      ((event.clientY - bounds.top) / bounds.height) * height,
    ];
    const part = Math.floor((x - left(2)) / w);
    const word = Math.floor((y - top(2)) / h);
    if (!covered && part >= 0 && part < parts && word >= 0 && word < words.length) look(word, part + 1);
  };
  // of the cell that was done last: where it stands in each of the three
  const lit = (k: number): number | null => {
    if (!now || covered) return null;
    if (k === 2) return now.part - 1;
    if (parts === WIDTH) return k === 1 && table.none ? null : now.part - 1;
    return k === Math.floor((now.part - 1) / WIDTH) ? (now.part - 1) % WIDTH : null;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the slider under it does the same
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('positions.sum.label')} onClick={press}>
      {matrices.map(({ parts, tex, name, empty }, k) => (
        <g key={name}>
          <MathLabel x={left(k)} y={top(k) - 6} tex={tex} size={15} anchor="start" />
          <text class="t12 t2" x={left(k) + 26} y={top(k) - 6}>
            {k === 2 && covered
              ? t('positions.both')
              : t('positions.wide', { name: t(`positions.${name}`), count: empty ? 0 : parts })}
          </text>
          {cells[k]}
          <rect
            class={empty || (k === 2 && done === 0) ? 'pos-frame none' : 'pos-frame'}
            x={left(k)}
            y={top(k)}
            width={parts * w}
            height={words.length * h}
          />
          {empty && (
            <text class="t12 t2 mid" x={left(k) + (parts * w) / 2} y={top(k) + (words.length * h) / 2 + 4}>
              {t(k === 1 ? 'positions.taken-out' : 'positions.covered.short')}
            </text>
          )}
          {(stacked || k === 0) &&
            words.map((word, i) => (
              <text
                key={i}
                class={now?.word === i ? 't12 b end' : 't12 end'}
                x={NAMES - 6}
                y={top(k) + (i + 0.5) * h + 4}
              >
                {word.length > 7 ? `${word.slice(0, 6)}…` : word}
              </text>
            ))}
          {lit(k) !== null && now && (
            <rect
              class="pos-now"
              x={left(k) + (lit(k) ?? 0) * w - 1.5}
              y={top(k) + now.word * h - 1}
              width={w + 2.5}
              height={h + 1.5}
            />
          )}
          {!stacked && k > 0 && (
            <text class="t13 b mid" x={left(k) - GAP / 2} y={top(k) + (words.length * h) / 2 + 4}>
              {k === 2 ? '=' : parts > WIDTH || lab.kind === 'concatenated' ? ';' : '+'}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
