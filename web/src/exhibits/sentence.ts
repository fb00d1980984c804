// A sentence of a view's own, as it stands in the address.
export const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Spaces as +, whatever is neither letter of ASCII nor digit by its bytes. */
export const packed = (text: string): string =>
  wordsOf(text)
    .map((word) =>
      encodeURIComponent(word)
        .replace(/[.!~*'()-]/g, byte)
        .replaceAll('%', '.'),
    )
    .join('+');
const byte = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** '' for what somebody typed that is no sentence. */
export function unpacked(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ').replaceAll('.', '%'));
  } catch {
    return '';
  }
}
