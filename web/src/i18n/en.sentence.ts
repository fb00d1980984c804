// Words of a view that reads a sentence of the reader's own.
export const sentence = {
  'sentence.text': 'Sentence',
  'sentence.read': 'Read',
  'sentence.none': 'Write at least one word.',
  'sentence.many': 'These are {count} words; {most} have room.',
} as const;
