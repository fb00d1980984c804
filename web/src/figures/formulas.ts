/** The first of these that there is: most particular first. input: which input it is about. */
export function formulaOf(formulas: Record<string, string>, names: string[], input?: number): string | null {
  const keys = names.flatMap((name) => (input === undefined ? [name] : [`${name}.${input}`, name]));
  return keys.map((key) => formulas[key]).find((found) => found !== undefined) ?? null;
}
