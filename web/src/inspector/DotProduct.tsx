// One dot product, slowly: product by product with the sum so far; then all of it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { useBox } from '../draw/box.ts';
import { signShade, type Theme } from '../draw/colour.ts';
import { figureIn, fixed } from '../draw/format.ts';
import { MathLabel } from '../draw/Math.tsx';
import { t } from '../i18n/index.ts';

export interface DotProps {
  theme: Theme;
  weights: number[];
  values: number[];
  range: { w: number; v: number };
  tex: { weight: string; value: string };
  shown: number | null; // by the walk; null: all, or as one steps here
  /** What it is the dot product of: another one starts anew. */
  of: string;
}

const TEMPO = 420;
const LEFT = 32; // the names of the rows

export function DotProduct({ theme, weights, values, range, tex, shown, of }: DotProps) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useBox(ref);
  const n = weights.length;
  const [own, setOwn] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    setOwn(null);
    setPlaying(false);
  }, [of]);
  const count = own ?? shown ?? n;
  useEffect(() => {
    if (!playing) return;
    if (count >= n) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => setOwn(count + 1), n > 16 ? TEMPO / 4 : TEMPO);
    return () => clearTimeout(timer);
  }, [playing, count, n]);
  const products = weights.map((w, i) => w * (values[i] as number));
  const sum = products.slice(0, count).reduce((a, b) => a + b, 0);
  const fit = box ? Math.max(4, Math.min(n, Math.floor((box.width - LEFT - 8) / 37))) : n;
  const from = n <= fit ? 0 : Math.max(0, Math.min(n - fit, count - Math.ceil(fit * 0.6)));
  const back = count <= 0;
  return (
    <div class="dot">
      <div class="dot-head">
        <h3>{t('inspector.dot')}</h3>
        <span class="num" aria-live="off">
          {t('inspector.dot.so-far', { count, of: n, sum: fixed(sum, 3) })}
        </span>
        <span class="btns">
          <button
            type="button"
            class="btn small"
            disabled={back}
            aria-label={t('inspector.dot.back')}
            onClick={() => setOwn(Math.max(0, count - 1))}
          >
            −
          </button>
          <button
            type="button"
            class="btn small"
            onClick={() => {
              if (!playing && count >= n) setOwn(0);
              setPlaying(!playing);
            }}
          >
            {playing ? t('inspector.dot.pause') : t('inspector.dot.play')}
          </button>
          <button
            type="button"
            class="btn small"
            disabled={count >= n}
            aria-label={t('inspector.dot.step')}
            onClick={() => setOwn(Math.min(n, count + 1))}
          >
            +
          </button>
        </span>
      </div>
      <div ref={ref} class="block" style={{ height: '5.75rem' }}>
        {box && (
          <svg viewBox={`0 0 ${box.width} 92`} aria-hidden="true">
            <MathLabel x={0} y={33} tex={tex.weight} size={14} anchor="start" />
            <MathLabel x={0} y={57} tex={tex.value} size={14} anchor="start" />
            <text class="t16 mid b" x={LEFT / 2} y={82}>
              =
            </text>
            {Array.from({ length: Math.min(fit, n) }, (_, k) => from + k).map((i, k) => {
              const w = (box.width - LEFT - 6) / Math.min(fit, n);
              const x = LEFT + k * w;
              const rows = [
                { v: weights[i] as number, r: range.w, y: 18 },
                { v: values[i] as number, r: range.v, y: 42 },
                { v: products[i] as number, r: range.w * range.v, y: 66 },
              ];
              return (
                <g key={i}>
                  <text class={`t12 mid ${i === count - 1 ? 'b' : 't3'}`} x={x + w / 2} y={11}>
                    {i + 1}
                  </text>
                  {rows.map(({ v, r, y }, line) => {
                    if (line === 2 && i >= count)
                      return <rect key={line} class="void" x={x + 2} y={y + 1} width={w - 4} height={18} />;
                    const shade = signShade(theme, Number.isNaN(v) ? 0 : v, r);
                    return (
                      <g key={line}>
                        <rect class="c" x={x + 1} y={y} width={w - 2} height={20} style={{ fill: shade.fill }} />
                        <text class="cv" x={x + w / 2} y={y + 14.5} style={{ fill: shade.ink }}>
                          {figureIn(v, w - 3, 3)}
                        </text>
                      </g>
                    );
                  })}
                  {i === count - 1 && count < n && (
                    <rect class="nowbox" x={x} y={65} width={w} height={22} rx={3} style={{ strokeWidth: 2 }} />
                  )}
                </g>
              );
            })}
            <rect class="role-p" x={LEFT} y={17} width={box.width - LEFT - 6} height={22} rx={2} />
            <rect class="role-a" x={LEFT} y={41} width={box.width - LEFT - 6} height={22} rx={2} />
          </svg>
        )}
      </div>
    </div>
  );
}
