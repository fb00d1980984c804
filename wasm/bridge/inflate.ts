// What stands inside the page as base64, and what was compressed when it was built (web/build/packed.ts).

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** Gzip, by the browser's own means. Where its checksum does not hold, reading the body fails. */
export const inflated = (packed: Uint8Array<ArrayBuffer>): Response =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
