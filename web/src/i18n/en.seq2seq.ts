// Words of exhibit 13's own controls.
export const seq2seq = {
  'seq2seq.task': 'What is learned',
  'seq2seq.task.phrases': 'English to Swahili',
  'seq2seq.task.dates': 'Dates',
  'seq2seq.task.numbers': 'Number words',
  'seq2seq.task.reverse': 'Letters reversed',
  'seq2seq.vector': 'Vector',
  'seq2seq.vector.label': 'Numbers in the vector',
  'seq2seq.vector.said': 'vector of {count}',
  'weights.phrases-vector': 'phrases, trained',
  'weights.dates-vector': 'dates, trained',
} as const;
