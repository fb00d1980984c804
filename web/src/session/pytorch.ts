// The symbols of a PyTorch model, as somebody types, pastes or opens them.

/** A JSON list or {symbol: index} as it is; of anything else every character is a symbol, in order. */
export function vocabularyJson(text: string): string {
  return jsonOf(text) === null ? JSON.stringify([...text]) : text;
}

/** How many symbols a text names. */
export function symbolCount(text: string): number {
  const json = jsonOf(text);
  return json === null ? [...text].length : Object.keys(json).length;
}

function jsonOf(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
