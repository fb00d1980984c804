/* base/utf8.h: UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef UNROLL_BASE_UTF8_H
#define UNROLL_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that the first character of text takes (1..4), its code point in *code; 0 where text is empty or
 * does not begin with a whole valid character. */
int ur__utf8_decode(const uint8_t *text, size_t size, uint32_t *code);
/* Bytes written to out, which is then followed by a NUL; 0 and "" for what is no character. */
int ur__utf8_encode(uint32_t code, char out[5]);

#endif
