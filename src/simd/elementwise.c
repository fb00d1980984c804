#include "vecmath.h"

/* Four cells at a time, the last few by themselves. The operation is inlined. */
UR_INLINE void map1(ur_real *out, const ur_real *a, size_t n, vec (*op)(vec)) {
  size_t i = 0;
  for (; n - i >= 4; i += 4) v_store(out + i, op(v_load(a + i)));
  if (i < n) v_store_part(out + i, op(v_load_part(a + i, n - i)), n - i);
}

UR_INLINE void map2(ur_real *out, const ur_real *a, const ur_real *b, size_t n, vec (*op)(vec, vec)) {
  size_t i = 0;
  for (; n - i >= 4; i += 4) v_store(out + i, op(v_load(a + i), v_load(b + i)));
  if (i < n) v_store_part(out + i, op(v_load_part(a + i, n - i), v_load_part(b + i, n - i)), n - i);
}

/* Drops what is 0 or below, so that NaN stays and -0 becomes +0. */
UR_INLINE vec v_relu(vec x) { return m_drop(v_le(x, v_zero()), x); }

UR_NOINLINE void UR_FN(add)(ur_real *out, const ur_real *a, const ur_real *b, size_t n) {
  map2(out, a, b, n, v_add);
}
UR_NOINLINE void UR_FN(mul)(ur_real *out, const ur_real *a, const ur_real *b, size_t n) {
  map2(out, a, b, n, v_mul);
}
UR_INLINE vec v_gated(vec a, vec b) { return v_flush(v_mul(a, b)); }
UR_NOINLINE void UR_FN(gated)(ur_real *out, const ur_real *a, const ur_real *b, size_t n) {
  map2(out, a, b, n, v_gated);
}
UR_NOINLINE void UR_FN(scale)(ur_real *out, const ur_real *a, ur_real s, size_t n) {
  vec by = v_set1(s);
  size_t i = 0;
  for (; n - i >= 4; i += 4) v_store(out + i, v_mul(v_load(a + i), by));
  if (i < n) v_store_part(out + i, v_mul(v_load_part(a + i, n - i), by), n - i);
}

UR_NOINLINE void UR_FN(tanh)(ur_real *out, const ur_real *a, size_t n) { map1(out, a, n, v_tanh); }
UR_NOINLINE void UR_FN(sigmoid)(ur_real *out, const ur_real *a, size_t n) { map1(out, a, n, v_sigmoid); }
UR_NOINLINE void UR_FN(relu)(ur_real *out, const ur_real *a, size_t n) { map1(out, a, n, v_relu); }
UR_NOINLINE void UR_FN(exp)(ur_real *out, const ur_real *a, size_t n) { map1(out, a, n, v_exp); }
UR_NOINLINE void UR_FN(log)(ur_real *out, const ur_real *a, size_t n) { map1(out, a, n, v_log); }

/* y = tanh(x):  dx = dy (1 - y^2) */
UR_INLINE vec tanh_gradient(vec dy, vec y) { return v_flush(v_mul(dy, v_sub(v_set1(1), v_mul(y, y)))); }
/* y = 1 / (1 + e^-x):  dx = dy y (1 - y) */
UR_INLINE vec sigmoid_gradient(vec dy, vec y) { return v_flush(v_mul(dy, v_mul(y, v_sub(v_set1(1), y)))); }
/* y = max(0, x):  dx = dy where y > 0 */
UR_INLINE vec relu_gradient(vec dy, vec y) { return v_flush(m_keep(v_lt(v_zero(), y), dy)); }

UR_NOINLINE void UR_FN(tanh_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t n) {
  map2(dx, dy, y, n, tanh_gradient);
}
UR_NOINLINE void UR_FN(sigmoid_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t n) {
  map2(dx, dy, y, n, sigmoid_gradient);
}
UR_NOINLINE void UR_FN(relu_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t n) {
  map2(dx, dy, y, n, relu_gradient);
}

/* y = x Phi(x):  dx = dy (Phi(x) + x phi(x)) */
UR_INLINE vec v_gelu(vec x) {
  vec density;
  return v_flush(v_mul(x, v_normal(x, &density)));
}
UR_INLINE vec gelu_gradient(vec dy, vec x) {
  vec density, below = v_normal(x, &density);
  return v_flush(v_mul(dy, v_add(below, v_mul(x, density))));
}
UR_NOINLINE void UR_FN(gelu)(ur_real *out, const ur_real *a, size_t n) { map1(out, a, n, v_gelu); }
UR_NOINLINE void UR_FN(gelu_backward)(ur_real *dx, const ur_real *dy, const ur_real *x, size_t n) {
  map2(dx, dy, x, n, gelu_gradient);
}

UR_NOINLINE void UR_FN(gated_rows)(ur_real *out, const ur_real *a, const ur_real *row, size_t rows,
                                   size_t n) {
  for (size_t r = 0; r < rows; r++) map2(out + r * n, a + r * n, row, n, v_gated);
}

UR_NOINLINE void UR_FN(add_rows)(ur_real *out, const ur_real *a, const ur_real *row, size_t rows, size_t n) {
  for (size_t r = 0; r < rows; r++) map2(out + r * n, a + r * n, row, n, v_add);
}

UR_INLINE void rnn_row(ur_real *h, const ur_real *a, const ur_real *w, const ur_real *b, size_t n,
                       vec (*f)(vec)) {
  size_t i = 0;
  for (; n - i >= 4; i += 4) v_store(h + i, f(v_add(v_add(v_load(a + i), v_load(w + i)), v_load(b + i))));
  if (i < n) {
    size_t left = n - i;
    vec z = v_add(v_add(v_load_part(a + i, left), v_load_part(w + i, left)), v_load_part(b + i, left));
    v_store_part(h + i, f(z), left);
  }
}

UR_NOINLINE void UR_FN(rnn_step)(ur_real *h, const ur_real *a, const ur_real *w, const ur_real *b,
                                 size_t rows, size_t n, int f) {
  for (size_t r = 0, at = 0; r < rows; r++, at += n) {
    if (f == 0)
      rnn_row(h + at, a + at, w + at, b, n, v_tanh);
    else if (f == 1)
      rnn_row(h + at, a + at, w + at, b, n, v_sigmoid);
    else
      rnn_row(h + at, a + at, w + at, b, n, v_relu);
  }
}
