/* base/decimal.h: the double nearest to a decimal number, ties to even, as strtod gives it. The C library's
 * own brings arithmetic in 128 bits with it, which is a twentieth of the module that the page fetches first.
 */
#ifndef UNROLL_BASE_DECIMAL_H
#define UNROLL_BASE_DECIMAL_H

/* Reads "-12.5e-3" at the start of a text: digits with at most one point among them, perhaps a sign before
 * and an exponent behind. *end (may be NULL) is where it stops; at the text's start, with 0 given, where no
 * number stands there. Infinite above the largest double. */
double ur__decimal_read(const char *text, const char **end);

#endif
