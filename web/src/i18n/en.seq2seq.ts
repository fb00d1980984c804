// Words of exhibit 13's own views and controls.
export const seq2seq = {
  'seq2seq.panel.search': 'Search',
  'seq2seq.panel.length': 'Length',
  'seq2seq.panel.way': 'Way',
  'seq2seq.vector': 'Vector',
  'seq2seq.vector.label': 'Numbers in the vector',
  'seq2seq.vector.said': 'vector of {count}',
  'seq2seq.attention': 'This phrase with attention',
  'seq2seq.measured':
    'After update {step}: {right} of {sources} unseen sources are written right, {share}. Led by the truth, {tokens} of the tokens are the likeliest.',
  'seq2seq.by.length': 'Unseen sources written right, by length',
  'seq2seq.exact': 'whole, by its own guesses',
  'seq2seq.tokens': 'tokens, led by the truth',
  'seq2seq.length': 'Length',
  'seq2seq.sources': 'Sources',
  'seq2seq.bar.count': 'Under a length: how many sources it stands for',
  'seq2seq.axis': 'tokens in the source',
  'seq2seq.way.said':
    'From {last} back to {first}: {vector} operations one after another, through {states} states. With attention {attention}, through {few}.',
  'seq2seq.way.vector': 'One vector',
  'seq2seq.way.attention': 'With attention',
  'seq2seq.way.steps': '{count} operations',
  'seq2seq.way.counted':
    'The shortest way on each graph, counted from the loss of the last word to the vector of the first. Filled: a state that it goes through.',
  'seq2seq.way.table': 'The gradient’s way, operation by operation',
  'seq2seq.way.step': 'Operation',
  'weights.phrases-vector': 'phrases, trained',
  'weights.dates-vector': 'dates, trained',
} as const;
