// How much of the unseen sources is written right, by their length, measured at the update on screen.
import { useRef } from 'preact/hooks';
import type { Group } from '../../../../wasm/bridge/protocol';
import { type Box, useBox } from '../../draw/box';
import { fixed, whole } from '../../draw/format';
import { t } from '../../i18n';
import type { Store } from '../../session/create';
import { Twin } from '../../stage/Twin';
import { useAsked } from '../asked';
import { Learn } from '../Learn';
import { Problem } from './asked';
import { Vector } from './Tools';

const sum = (groups: readonly Group[], of: (group: Group) => number) =>
  groups.reduce((all, group) => all + of(group), 0);

export function Length({ store }: { store: Store }) {
  const { bridge } = store.session;
  const { now, problem } = useAsked(store, '', () => bridge.call('groups'));
  const found = now.value;
  return (
    <div class="panel seq2seq-panel">
      <div class="search-tools">
        <Learn store={store} />
        <Vector store={store} />
      </div>
      <Problem of={problem} />
      {found && <Measured step={found.step} groups={found.groups} />}
    </div>
  );
}

function Measured({ step, groups }: { step: number; groups: Group[] }) {
  const sources = sum(groups, ({ sequences }) => sequences);
  const right = sum(groups, (group) => group.right);
  const tokens = sum(groups, (group) => group.tokens);
  const tokensRight = sum(groups, (group) => group.tokensRight);
  return (
    <>
      <p class="small" role="status">
        {t('seq2seq.measured', {
          step: whole(step),
          sources: whole(sources),
          right: whole(right),
          share: fixed(right / Math.max(1, sources), 3),
          tokens: fixed(tokensRight / Math.max(1, tokens), 3),
        })}
      </p>
      <h3>{t('seq2seq.by.length')}</h3>
      <Bars groups={groups} />
      <ul class="search-legend small dim" aria-hidden="true">
        <li>
          <span class="search-chip bar-exact" /> {t('seq2seq.exact')}
        </li>
        <li>
          <span class="search-chip bar-tokens" /> {t('seq2seq.tokens')}
        </li>
        <li>{t('seq2seq.bar.count')}</li>
      </ul>
      <Twin
        caption={t('seq2seq.by.length')}
        update={step}
        head={['length', 'sources', 'exact', 'tokens'].map((key) => t(`seq2seq.${key as 'exact'}`))}
        rows={groups.map((group) => [
          String(group.length),
          whole(group.sequences),
          fixed(group.right / group.sequences, 3),
          fixed(group.tokensRight / group.tokens, 3),
        ])}
      />
    </>
  );
}

function Bars({ groups }: { groups: Group[] }) {
  const area = useRef<HTMLDivElement>(null);
  const box = useBox(area);
  return (
    <div class="seq2seq-bars" ref={area} role="img" aria-label={t('seq2seq.by.length')}>
      {box && <Drawing groups={groups} box={box} />}
    </div>
  );
}

const LEFT = 36;
const TOP = 18; // for the number over a bar
const BOTTOM = 50; // lengths, how many sources, the axis' name

function Drawing({ groups, box: { width, height } }: { groups: Group[]; box: Box }) {
  const each = Math.min(110, (width - LEFT - 8) / Math.max(1, groups.length));
  const y = (share: number) => TOP + (1 - share) * (height - TOP - BOTTOM);
  const bar = Math.min(26, each * 0.36);
  const figures = each >= 34;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path class="l-rule" d={`M${LEFT} ${y(share)}H${width}`} />
          <text class="t12 t3 end" x={LEFT - 6} y={y(share) + 4}>
            {share}
          </text>
        </g>
      ))}
      {groups.map((group, i) => {
        const middle = LEFT + each * (i + 0.5);
        const exact = group.right / group.sequences;
        const tokens = group.tokensRight / group.tokens;
        return (
          <g key={group.length} data-length={group.length}>
            <rect class="f-ink" x={middle - bar - 1} y={y(exact)} width={bar} height={y(0) - y(exact)} />
            <rect class="bar-tokens" x={middle + 1} y={y(tokens)} width={bar} height={y(0) - y(tokens)} />
            {figures && (
              <text class="t12 num b mid halo-paper" x={middle - bar / 2} y={y(exact) - 5}>
                {fixed(exact, 2)}
              </text>
            )}
            <text class="t13 b mid" x={middle} y={height - 34}>
              {group.length}
            </text>
            <text class="t12 t3 mid num" x={middle} y={height - 19}>
              {group.sequences}
            </text>
          </g>
        );
      })}
      <text class="t12 t2" x={LEFT} y={height - 3}>
        {t('seq2seq.axis')}
      </text>
    </svg>
  );
}
