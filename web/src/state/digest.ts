// A name for bytes by what is in them: 16 hex digits. It tells apart what differs by chance or by mistake; whoever
// wants two contents of one name can make them.

const PRIMES = [0x01000193, 0x85ebca6b] as const;

export function digest(bytes: Uint8Array): string {
  return PRIMES.map((prime, lane) => {
    let h = 0x811c9dc5 ^ (lane + bytes.length);
    for (const byte of bytes) h = Math.imul(h ^ byte, prime);
    // So that every digit depends on every byte.
    h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
    h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
    return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }).join('');
}
export const digestOf = (text: string): string => digest(new TextEncoder().encode(text));
