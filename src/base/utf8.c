#include "utf8.h"

int ur__utf8_decode(const uint8_t *text, size_t size, uint32_t *code) {
  /* The least code point that needs so many bytes: below it a form is overlong. */
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  if (size == 0) return 0;
  uint32_t lead = text[0];
  int length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  if (length == 0 || (size_t)length > size) return 0;
  uint32_t c = length == 1 ? lead : lead & (0x7fu >> length);
  for (int i = 1; i < length; i++) {
    if (text[i] >> 6 != 2) return 0;
    c = c << 6 | (text[i] & 0x3fu);
  }
  if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return 0;
  *code = c;
  return length;
}

int ur__utf8_encode(uint32_t code, char out[5]) {
  int length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) length = 0;
  for (int i = length - 1; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3f));
  static const unsigned lead[5] = {0, 0, 0xc0, 0xe0, 0xf0};
  if (length > 0) out[0] = (char)(lead[length] | code);
  out[length] = '\0';
  return length;
}
