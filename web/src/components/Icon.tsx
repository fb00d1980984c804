const PATHS = {
  back: 'M2 2h2.4v12H2zM14 2v12L5.5 8z',
  play: 'M3.5 1.5v13L14 8z',
  pause: 'M3 2h3.6v12H3zM9.4 2H13v12H9.4z',
  step: 'M2 2v12l8.5-6zM11.6 2H14v12h-2.4z',
  projector: 'M1 2h14v9.5H1zm1.6 1.6v6.3h10.8V3.6zM5 13h6v1.5H5z',
  print: 'M4 1h8v3H4zM1 5h14v7h-3v3H4v-3H1zm4.5 4.5v4h5v-4z',
  theme: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6v10.8A5.4 5.4 0 0 1 8 2.6z',
  point: 'M3 1l10 8H8.5l2.5 5-2 1-2.5-5L3 13z',
  words:
    'M2 1h10.5A1.5 1.5 0 0 1 14 2.5V15H3.8A1.8 1.8 0 0 1 2 13.2zm1.6 1.6v8.9h8.8V2.6zM5 4.4h6v1.5H5zm0 2.9h6v1.5H5z',
  close: 'M2.4 1L8 6.6 13.6 1 15 2.4 9.4 8l5.6 5.6-1.4 1.4L8 9.4 2.4 15 1 13.6 6.6 8 1 2.4z',
} as const;
const LINES = {
  link: 'M6.6 9.4a2.3 2.3 0 0 1 0-3.2l2.7-2.7a2.3 2.3 0 0 1 3.2 3.2l-1.3 1.3M9.4 6.6a2.3 2.3 0 0 1 0 3.2l-2.7 2.7a2.3 2.3 0 0 1-3.2-3.2l1.3-1.3',
  tick: 'M2.5 8.5l3.4 3.7 7.6-9.4',
  cross: 'M3 3l10 10M13 3L3 13',
} as const;

export type IconName = keyof typeof PATHS | keyof typeof LINES | 'help';

/** Always beside a name: of the button, or in words. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {name === 'help' ? (
        <text x="8" y="13.5" text-anchor="middle" font-size="15" font-weight="700">
          ?
        </text>
      ) : name in LINES ? (
        <path
          d={LINES[name as keyof typeof LINES]}
          fill="none"
          stroke="currentColor"
          stroke-width="1.9"
          stroke-linecap="round"
        />
      ) : (
        <path d={PATHS[name as keyof typeof PATHS]} fill-rule="evenodd" />
      )}
    </svg>
  );
}
