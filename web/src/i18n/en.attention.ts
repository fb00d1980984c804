// Words of exhibit 14's own views.
export const attention = {
  'attention.panel.race': 'Race',
  'attention.carry': 'One vector',
  'attention.hold': 'Hold a weight',
  'attention.free': 'Weights free',
  'attention.hold.word': 'Hold word {at}, {word}, at step {step}',
  'attention.hold.at': 'The weight it is held at',
  'attention.held': '{word} held at {at} in step {step}',
  'attention.start': 'Start the race',
  'attention.go': 'Go on',
  'attention.pause': 'Pause',
  'attention.more': '{count} more',
  'attention.again': 'Again from 0',
  'attention.opening': 'Opening two nets …',
  'attention.result':
    'After **{step}** updates on the same batches: {attention} written right with attention, {none} without',
  'attention.with': 'attention',
  'attention.without': 'one vector',
  'attention.by.length': 'Unseen sources written right, by length',
  'attention.by.update': 'Unseen sources written right, of all lengths',
  'attention.letters': 'letters',
  'attention.updates': 'updates',

  'weights.dates-attention': 'dates, trained',
} as const;
