#include "vecmath.h"

/* keys: `count` rows of n cells, each `step` cells after the one before. */
UR_NOINLINE void UR_FN(scores)(ur_real *out, const ur_real *query, const ur_real *keys, size_t step,
                               size_t count, size_t n) {
  for (size_t s = 0; s < count; s++) {
    const ur_real *key = keys + s * step;
    vec sum = v_zero();
    size_t i = 0;
    for (; n - i >= 4; i += 4) sum = v_madd(sum, v_load(query + i), v_load(key + i));
    if (i < n) sum = v_madd(sum, v_load_part(query + i, n - i), v_load_part(key + i, n - i));
    out[s] = v_sum(sum);
  }
}

UR_NOINLINE void UR_FN(weighted_sum)(ur_real *out, const ur_real *weights, const ur_real *values, size_t step,
                                     size_t count, size_t n) {
  size_t i = 0;
  for (; n - i >= 16; i += 16) { /* a cache line of every row */
    vec s0 = v_zero(), s1 = s0, s2 = s0, s3 = s0;
    for (size_t s = 0; s < count; s++) {
      const ur_real *p = values + s * step + i;
      const vec w = v_set1(weights[s]);
      s0 = v_madd(s0, w, v_load(p));
      s1 = v_madd(s1, w, v_load(p + 4));
      s2 = v_madd(s2, w, v_load(p + 8));
      s3 = v_madd(s3, w, v_load(p + 12));
    }
    v_store(out + i, s0);
    v_store(out + i + 4, s1);
    v_store(out + i + 8, s2);
    v_store(out + i + 12, s3);
  }
  while (i < n) {
    const size_t width = n - i < 4 ? n - i : 4;
    vec sum = v_zero();
    for (size_t s = 0; s < count; s++)
      sum = v_madd(sum, v_set1(weights[s]), v_load_part(values + s * step + i, width));
    v_store_part(out + i, sum, width);
    i += width;
  }
}

UR_NOINLINE void UR_FN(add_scaled)(ur_real *rows, const ur_real *scales, const ur_real *a, size_t step,
                                   size_t count, size_t n) {
  for (size_t s = 0; s < count; s++) {
    ur_real *row = rows + s * step;
    const vec scale = v_set1(scales[s]);
    size_t i = 0;
    for (; n - i >= 4; i += 4) v_store(row + i, v_madd(v_load(row + i), scale, v_load(a + i)));
    if (i < n)
      v_store_part(row + i, v_madd(v_load_part(row + i, n - i), scale, v_load_part(a + i, n - i)), n - i);
  }
}
