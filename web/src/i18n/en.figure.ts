// Words of the figure, the tracks and the inspector.
export const figure = {
  'figure.label': 'The unrolled network',
} as const;
