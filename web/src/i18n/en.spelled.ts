// Words of one number that is spelled out beside a walk.
export const spelled = {
  'spelled.unit': 'Number',
  'spelled.value': 'It is',
  'spelled.from': 'made of',
  'spelled.from.back': 'comes from',
  'spelled.numbers': 'numbers',
  'spelled.total': 'value',
} as const;
