// Words of exhibit 16's own controls.
export const qkv = {
  'qkv.number': 'Row {row}, column {column} of {of}',
  'qkv.number.none': 'Press a number to change or work it out',
  'qkv.work': 'Work out',
  'qkv.work.grad': 'gradient of row {row}, column {column} of {of}',
  'qkv.work.label': 'Your {name}',
  'qkv.work.done': 'Done',
  'qkv.thrown': 'As thrown',
  'qkv.scale': '÷√d',
  'qkv.scale.on': 'divided by √d',
  'qkv.scale.off': 'not divided',
  'qkv.hold': 'Hold α',
  'qkv.held': 'α held',
  'qkv.cross': 'Other keys',
  'qkv.shuffle': 'Shuffle',
} as const;
