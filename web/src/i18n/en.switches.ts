// Words of the switches of a block's parts.
export const switches = {
  'switches.label': 'Parts of the block, each on or off',
  'switches.num_heads': 'Heads',
  'switches.scale': '÷√d',
  'switches.mask': 'Mask',
  'switches.norm': 'Norm',
  'switches.residual': 'Residual',
  'switches.feed_forward': 'Feed-forward',
  'switches.places': 'Places',
  'switches.whole': 'the whole block',
  'switches.without': 'without {parts}',
} as const;
