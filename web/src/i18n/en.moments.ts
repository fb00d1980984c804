// Words of the clocks of a feed-forward net that is walked at one of its points.
export const moments = {
  'net.clock': 'Operation',
  'net.back': 'One operation back',
  'net.play': 'Play the operations',
  'net.pause': 'Pause the operations',
  'net.step': 'One operation on',
  'net.scrub': 'Operations done',
  'net.unit': 'Unit',
  'net.unit.none': 'none',
  'net.unit.back': 'One unit back',
  'net.unit.step': 'One unit on',
  'net.point': 'Point',
} as const;
