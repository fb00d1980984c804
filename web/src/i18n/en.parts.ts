// Words of the switches of a block's parts.
export const parts = {
  'parts.label': 'Parts of the block, each on or off',
  'parts.num_heads': 'Heads',
  'parts.scale': '÷√d',
  'parts.mask': 'Mask',
  'parts.norm': 'Norm',
  'parts.residual': 'Residual',
  'parts.feed_forward': 'Feed-forward',
  'parts.places': 'Places',
  'parts.whole': 'the whole block',
  'parts.without': 'without {parts}',
} as const;
