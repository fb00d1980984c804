// Words of the figure of steps with one state, and of its gates.

export const recurrent = {
  'figure.move.sums': 'sums',
  'figure.move.forget': 'forget',
  'figure.move.store': 'store',
  'figure.move.update': 'update',
  'figure.move.output': 'output',
  'figure.move.reset': 'reset',
  'figure.move.candidate': 'candidate',
  'figure.move.guess': 'guess',
  'inspector.op.gate.f': 'Forget gate',
  'inspector.op.gate.i': 'Input gate',
  'inspector.op.gate.o': 'Output gate',
  'inspector.op.gate.g': 'Candidate',
  'inspector.op.gate.r': 'Reset gate',
  'inspector.op.gate.z': 'Update gate',
  'inspector.op.gate.n': 'Candidate',
  'inspector.of-gate': 'Unit {unit} of gate {gate}.',
} as const;
