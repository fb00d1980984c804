import { type ComponentChildren, Fragment } from 'preact';
import { t } from '../i18n/index.ts';
import type { Filled } from './numbers.ts';

/** Terms that add up, and what they add up to. */
export function FilledLine({ filled, children }: { filled: Filled; children?: ComponentChildren }) {
  return (
    <p class="filled num">
      {filled.pieces.map((piece, i) => (
        <Fragment key={i}>
          <span class="piece">{piece}</span>{' '}
        </Fragment>
      ))}
      {filled.rest && (
        <>
          <span class="piece">{`${filled.rest.sum} ${t('inspector.rest', { count: filled.rest.count })}`}</span>{' '}
        </>
      )}
      <span class="piece">
        ≈ <b>{filled.result}</b>
      </span>
      {children}
    </p>
  );
}
