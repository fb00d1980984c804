/* tests/c/alike.h: numbers that two lowerings add up in another order. */
#ifndef UNROLL_TESTS_ALIKE_H
#define UNROLL_TESTS_ALIKE_H

#include <math.h>

#include "check.h"

/* Off by at most a millionth of their norm, which it returns; what: of which net or tensor. */
static inline double check_alike(const float *a, const float *b, size_t count, const char *what) {
  double off = 0, norm = 0;
  for (size_t i = 0; i < count; i++) {
    off += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
    norm += (double)a[i] * a[i];
  }
  if (!CHECK(sqrt(off) <= 1e-6 * sqrt(norm))) printf("       %s: %g of %g\n", what, sqrt(off), sqrt(norm));
  return sqrt(norm);
}

#endif
