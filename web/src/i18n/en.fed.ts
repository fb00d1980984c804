// What a net that reads pairs learns, and what is fed in.
export const fed = {
  'coder.given': 'What is fed in',
  'coder.given.truth': 'Truth',
  'coder.given.own': 'Own guess',
  'coder.task': 'What is learned',
  'coder.task.phrases': 'Phrases',
  'coder.task.dates': 'Dates',
  'coder.task.numbers': 'Number words',
  'coder.task.reverse': 'Letters reversed',
} as const;
