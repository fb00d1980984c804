import { mathWidth, parseMath, plainMath, type Run } from './math.ts';

const FONT = { italic: 'mi', upright: 'mt' };

function spans(runs: Run[]) {
  let level = 0;
  return runs.map((run, i) => {
    const want = run.shift * 0.3;
    const size = run.shift ? '72%' : undefined;
    // dy is in ems of the run's own size
    const dy = (want - level) / (run.shift ? 0.72 : 1);
    level = want;
    return (
      <tspan
        key={i}
        class={`${run.italic ? FONT.italic : FONT.upright}${run.role ? ` ${run.role}` : ''}`}
        dy={dy ? `${dy.toFixed(3)}em` : undefined}
        font-size={size}
      >
        {run.text + run.over}
      </tspan>
    );
  });
}

/** Within a line of other words: back on its base line after. */
export function MathSpans({ tex }: { tex: string }) {
  const runs = parseMath(tex);
  const last = runs.at(-1);
  return (
    <>
      {spans(runs)}
      {last && last.shift !== 0 && <tspan dy={`${-last.shift * 0.3}em`}>{'\u200b'}</tspan>}
    </>
  );
}

export interface MathLabelProps {
  x: number;
  y: number;
  tex: string;
  size?: number;
  anchor?: 'start' | 'middle' | 'end';
  dim?: boolean;
  class?: string;
}

/** A symbol inside a figure. */
export function MathLabel({ x, y, tex, size = 16, anchor = 'middle', dim = false, class: extra = '' }: MathLabelProps) {
  return (
    <text x={x} y={y} class={`mt${dim ? ' t3' : ''} ${extra}`} style={{ fontSize: `${size}px` }} text-anchor={anchor}>
      {spans(parseMath(dim ? plainMath(tex) : tex))}
    </text>
  );
}

/** The name of what is being computed: ink inverted, alike in formula, figure and inspector. */
export function Chip({ x: at, y, tex, size = 16, anchor = 'middle' }: Omit<MathLabelProps, 'dim' | 'class'>) {
  const bare = plainMath(tex);
  const w = mathWidth(bare, size) + (size < 14 ? 5 : 10);
  const x = anchor === 'start' ? at + w / 2 : anchor === 'end' ? at - w / 2 + 4 : at;
  return (
    <g class="chip">
      <rect x={x - w / 2} y={y - size * 0.98} width={w} height={size * 1.4} rx={3} class="f-ink" />
      <text x={x} y={y} class="mt inv" style={{ fontSize: `${size}px` }} text-anchor="middle">
        {spans(parseMath(bare))}
      </text>
    </g>
  );
}

/** The same in running text. */
export function M({ tex, now = false }: { tex: string; now?: boolean }) {
  const runs = parseMath(now ? plainMath(tex) : tex);
  return (
    <span class={now ? 'm now' : 'm'}>
      {runs.map((run, i) => {
        const text = run.text + run.over;
        const inner = run.italic ? <i>{text}</i> : text;
        const role = run.role ? <span class={run.role}>{inner}</span> : inner;
        if (run.shift > 0) return <sub key={i}>{role}</sub>;
        if (run.shift < 0) return <sup key={i}>{role}</sup>;
        return <span key={i}>{role}</span>;
      })}
    </span>
  );
}
