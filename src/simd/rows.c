#include "vecmath.h"

UR_NOINLINE void UR_FN(sum_rows)(ur_real *out, const ur_real *a, size_t rows, size_t n) {
  size_t j = 0;
  for (; n - j >= 16; j += 16) { /* a cache line of every row */
    vec s0 = v_zero(), s1 = s0, s2 = s0, s3 = s0;
    for (size_t r = 0; r < rows; r++) {
      const ur_real *p = a + r * n + j;
      s0 = v_add(s0, v_load(p));
      s1 = v_add(s1, v_load(p + 4));
      s2 = v_add(s2, v_load(p + 8));
      s3 = v_add(s3, v_load(p + 12));
    }
    v_store(out + j, s0);
    v_store(out + j + 4, s1);
    v_store(out + j + 8, s2);
    v_store(out + j + 12, s3);
  }
  for (; j < n; j += 4) {
    size_t width = n - j < 4 ? n - j : 4;
    vec s = v_zero();
    for (size_t r = 0; r < rows; r++) s = v_add(s, v_load_part(a + r * n + j, width));
    v_store_part(out + j, s, width);
    if (width < 4) break;
  }
}

/* The order of the cells does not matter to a maximum, but where one is NaN; and then every result is NaN. */
UR_INLINE ur_real row_max(const ur_real *a, size_t n) {
  vec m = v_set1(-(ur_real)INFINITY);
  size_t i = 0;
  for (; n - i >= 4; i += 4) m = v_max(m, v_load(a + i));
  ur_real lane[4], most;
  v_store(lane, m);
  most = lane[0];
  for (size_t l = 1; l < 4; l++) most = most > lane[l] ? most : lane[l];
  for (; i < n; i++) most = most > a[i] ? most : a[i];
  return most;
}

UR_NOINLINE void UR_FN(softmax)(ur_real *out, const ur_real *a, size_t rows, size_t n) {
  for (size_t r = 0; r < rows; r++) {
    const ur_real *x = a + r * n;
    ur_real *y = out + r * n;
    vec most = v_set1(row_max(x, n)), sums = v_zero();
    size_t i = 0;
    for (; n - i >= 4; i += 4) {
      vec e = v_exp(v_sub(v_load(x + i), most));
      sums = v_add(sums, e);
      v_store(y + i, e);
    }
    if (i < n) {
      v_store_part(y + i, v_exp(v_sub(v_load_part(x + i, n - i), most)), n - i);
      sums = v_add(sums, v_load_part(y + i, n - i));
    }
    vec sum = v_set1(v_sum(sums));
    for (i = 0; n - i >= 4; i += 4) v_store(y + i, v_flush(v_div(v_load(y + i), sum)));
    if (i < n) v_store_part(y + i, v_flush(v_div(v_load_part(y + i, n - i), sum)), n - i);
  }
}

UR_INLINE ur_real row_dot(const ur_real *a, const ur_real *b, size_t n) {
  vec s = v_zero();
  size_t i = 0;
  for (; n - i >= 4; i += 4) s = v_madd(s, v_load(a + i), v_load(b + i));
  if (i < n) s = v_madd(s, v_load_part(a + i, n - i), v_load_part(b + i, n - i));
  return v_sum(s);
}

/* y_i = e^(x_i) / sum:  dx_i = y_i (dy_i - sum_j dy_j y_j) */
UR_NOINLINE void UR_FN(softmax_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t rows,
                                         size_t n) {
  for (size_t r = 0, at = 0; r < rows; r++, at += n) {
    const ur_real *g = dy + at, *p = y + at;
    vec inner = v_set1(row_dot(g, p, n));
    size_t i = 0;
    for (; n - i >= 4; i += 4)
      v_store(dx + at + i, v_flush(v_mul(v_load(p + i), v_sub(v_load(g + i), inner))));
    if (i < n) {
      vec d = v_mul(v_load_part(p + i, n - i), v_sub(v_load_part(g + i, n - i), inner));
      v_store_part(dx + at + i, v_flush(d), n - i);
    }
  }
}

UR_NOINLINE ur_real UR_FN(sum)(const ur_real *a, size_t n) {
  vec s = v_zero();
  size_t i = 0;
  for (; n - i >= 4; i += 4) s = v_add(s, v_load(a + i));
  if (i < n) s = v_add(s, v_load_part(a + i, n - i));
  return v_sum(s);
}

UR_NOINLINE ur_real UR_FN(sum_squares)(const ur_real *a, size_t n) { return row_dot(a, a, n); }
UR_NOINLINE ur_real UR_FN(dot)(const ur_real *a, const ur_real *b, size_t n) { return row_dot(a, b, n); }

UR_NOINLINE size_t UR_FN(first_bad)(const ur_real *a, size_t n) {
  const vec most = v_set1(UR_REAL_MAX);
  size_t i = 0;
  while (n - i >= 4 && m_all(v_le(v_abs(v_load(a + i)), most))) i += 4;
  while (i < n && fabs((double)a[i]) <= (double)UR_REAL_MAX) i++;
  return i;
}
