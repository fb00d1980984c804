// What the three transports have in common: where they are, what their buttons may do, in words.
import { t } from '../i18n';
import type { Store } from '../session/create';
import type { Clock } from '../session/types';

export interface ClockState {
  words: string;
  playing: boolean;
  canBack: boolean;
  canForward: boolean;
  canPlay: boolean;
}

export function clockState(store: Store, clock: Clock): ClockState {
  const { session } = store;
  if (clock === 'update') {
    const { running } = session.training.value;
    const [at, tip] = [session.step.value, session.tip.value];
    return {
      words: t('clock.of', { at, end: tip }),
      playing: running,
      canBack: at > 0 && !running,
      canForward: !running,
      canPlay: true,
    };
  }
  const at = session.position.value;
  const end = session.length.value;
  const kind = session.operation.value?.kind;
  const playing = session.playing.value === clock;
  const done = at >= end && end > 0;
  const can = { playing, canBack: at > 0, canForward: !done && !playing, canPlay: !done };
  if (clock === 'token') {
    const stops = session.tokenStops.value;
    const slots = { at: session.token.value, end: stops.reduce((most, { token }) => Math.max(most, token), 0) };
    if (kind === 'update' || kind === 'clip') return { words: t('clock.token.update'), ...can };
    return { words: kind === 'backward' ? t('clock.of.back', slots) : t('clock.of', slots), ...can };
  }
  const slots = { at, end };
  if (done) return { words: t('clock.of.done', slots), ...can };
  if (kind === 'backward') return { words: t('clock.of.back', slots), ...can };
  if (kind === 'update' || kind === 'clip') return { words: t('clock.of.update', slots), ...can };
  return { words: t('clock.of', slots), ...can };
}

export function playOrPause(store: Store, clock: Clock): void {
  if (!clockState(store, clock).playing) store.session.play(clock);
  else if (clock === 'update') void store.stop();
  else store.session.pause();
}

/** "1.3 M tokens/s", while it trains; nothing otherwise. */
export function speed(store: Store): string {
  const { running, tokensPerSecond } = store.session.training.value;
  if (!running || tokensPerSecond <= 0) return '';
  return tokensPerSecond >= 1e6
    ? t('clock.tokens.million', { rate: (tokensPerSecond / 1e6).toFixed(1) })
    : t('clock.tokens', { rate: Math.round(tokensPerSecond / 100) * 100 });
}
