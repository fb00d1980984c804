// Names at the ends of lines.
const HIGH = 15; // of one

/** Heights at which none lies upon another, each as near to its own as those above it leave it. */
export function apart(at: readonly number[]): number[] {
  const order = at.map((_, i) => i).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
  const out = [...at];
  order.forEach((i, k) => {
    const above = order[k - 1];
    if (above !== undefined) out[i] = Math.max(at[i] ?? 0, (out[above] ?? 0) + HIGH);
  });
  return out;
}
