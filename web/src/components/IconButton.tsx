import { Icon, type IconName } from './Icon';

interface IconButtonProps {
  icon: IconName;
  label: string;
  title?: string;
  primary?: boolean;
  pressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
}
/** A button that is its icon; its label is heard. */
export function IconButton({ icon, label, title, primary, pressed, disabled, onPress }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`btn icon${primary ? ' primary' : ''}`}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
