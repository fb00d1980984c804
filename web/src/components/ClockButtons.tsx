import type { Session } from '../session/types';
import { control } from './control';
import { IconButton } from './IconButton';

interface ClockButtonsProps {
  session: Pick<Session, 'marked'>;
  id: string; // of the control, "clock.step"
  name: string;
  said: string; // where it stands: "3 of 20"
  labels: Record<'back' | 'play' | 'pause' | 'step', string>;
  playing: boolean;
  canBack: boolean;
  canPlay?: boolean;
  canStep: boolean;
  primary?: boolean; // the first of the clocks
  locked?: boolean; // what it would show is asked for
  play(): void;
  go(by: 1 | -1): void;
}
/** Name and buttons of a clock that a view has of its own. On a phone the first of them stays under the thumb. */
export function ClockButtons(props: ClockButtonsProps) {
  const {
    session,
    id,
    name,
    said,
    labels,
    playing,
    canBack,
    canPlay = true,
    canStep,
    primary = false,
    locked = false,
    play,
    go,
  } = props;
  const buttons = (
    <>
      <div class="clock-title">
        <b>{name}</b>
        <span class="num small dim">{said}</span>
      </div>
      <fieldset class="btns" aria-label={name} {...control(session, id)}>
        <IconButton icon="back" label={labels.back} disabled={locked || !canBack} onPress={() => go(-1)} />
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={playing ? labels.pause : labels.play}
          disabled={locked || !canPlay}
          onPress={play}
        />
        <IconButton
          icon="step"
          label={labels.step}
          primary={primary}
          disabled={locked || !canStep}
          onPress={() => go(1)}
        />
      </fieldset>
    </>
  );
  return primary ? <div class="thumb">{buttons}</div> : buttons;
}
