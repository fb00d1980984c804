// Words of the race on names.
export const race = {
  'race.label': 'Loss on new names, nats a letter, by update; dashed, counting, which has none',
  'race.axis': 'updates',
  'race.axis.loss': 'loss on new names, nats a letter',
  'race.play': 'Train all four',
  'race.pause': 'Pause',
  'race.more': '{count} updates',
  'race.again': 'From the start',
  'race.at': 'After {step} updates, on the same names in the same order. Parameters: {least} to {most}.',
  'race.opening': 'The nets are being opened …',
  'race.counting': 'counting, {seen} seen',
  'race.window': 'window of 5',
  'race.rnn': 'RNN',
  'race.lstm': 'LSTM',
  'race.gpt': 'GPT',
} as const;
