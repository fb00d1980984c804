// Names of what can be pressed or set, so that a text can say which it means: it is marked while that text is read.
// "panel.race", "variant.gru_lm", "clock.update", "pane.next", "lab.radius": what a Show's `mark` may name.
import type { Session } from '../session/types';

export const control = ({ marked }: Pick<Session, 'marked'>, id: string) => ({
  'data-control': id,
  'data-marked': marked.value === id ? '' : undefined,
});
