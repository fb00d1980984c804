// Words of heads side by side.
export const heads = {
  'heads.all': 'Every head of every block',
  'heads.block': 'block {block}',
  'heads.head': 'Head {head} of block {block}: {word} looks most at {most}, {weight}',
  'heads.head.ahead': 'Head {head} of block {block}, not computed yet',
  'heads.large': 'Head {head} of block {block}: a row looks at a column',
  'heads.likeliest': 'The likeliest, and what really comes',
  'heads.likeliest.comes': 'comes',
  'heads.masked': 'masked: not written yet',
  'heads.of': 'Head {head} of block {block}',
  'heads.mean': 'mean',
} as const;
