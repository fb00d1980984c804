import { named } from '../i18n';
import { EXPLAINED } from '../words/settings';

/** What a setting is called; where the glossary has it, it leads there. */
export function SettingName({ id, children = named('setting', id) }: { id: string; children?: string }) {
  const word = EXPLAINED[id];
  if (word === undefined) return <>{children}</>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands in a label's line, as the words of a text do
    <span class="glossed" role="button" tabIndex={0} data-word={word} aria-haspopup="dialog">
      {children}
    </span>
  );
}
