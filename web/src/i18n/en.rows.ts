// Words of the figure of any tape: step by step, part by part.
export const rows = {
  'rows.table': 'What step {time} computes, in its order',
  'rows.table.node': 'what',
  'rows.table.cells': 'cells',
  'rows.table.size': 'size',
  'rows.table.gradient': 'size of gradient',
} as const;
