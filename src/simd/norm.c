#include "vec.h"

UR_NOINLINE void UR_FN(center)(ur_real *out, const ur_real *a, size_t rows, size_t n) {
  for (size_t r = 0; r < rows; r++, a += n, out += n) {
    const vec mean = v_set1(UR_FN(sum)(a, n) / (ur_real)n);
    size_t i = 0;
    for (; n - i >= 4; i += 4) v_store(out + i, v_sub(v_load(a + i), mean));
    if (i < n) v_store_part(out + i, v_sub(v_load_part(a + i, n - i), mean), n - i);
  }
}

UR_NOINLINE void UR_FN(normalize)(ur_real *out, ur_real *kept, const ur_real *a, size_t rows, size_t n,
                                  double epsilon) {
  for (size_t r = 0; r < rows; r++, a += n, out += n) {
    const ur_real mean = UR_FN(sum_squares)(a, n) / (ur_real)n;
    ur_real lane[4];
    v_store(lane, v_div(v_set1(1), v_sqrt(v_set1(mean + (ur_real)epsilon))));
    if (kept) kept[r] = lane[0];
    UR_FN(scale)(out, a, lane[0], n);
  }
}

UR_NOINLINE void UR_FN(normalize_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, const ur_real *r,
                                           size_t rows, size_t n) {
  for (size_t row = 0; row < rows; row++, dx += n, dy += n, y += n) {
    const vec mean = v_set1(UR_FN(dot)(dy, y, n) / (ur_real)n), by = v_set1(r[row]);
    size_t i = 0;
    for (; n - i >= 4; i += 4) {
      const vec d = v_sub(v_load(dy + i), v_mul(v_load(y + i), mean));
      v_store(dx + i, v_flush(v_mul(by, d)));
    }
    if (i < n) {
      const vec d = v_sub(v_load_part(dy + i, n - i), v_mul(v_load_part(y + i, n - i), mean));
      v_store_part(dx + i, v_flush(v_mul(by, d)), n - i);
    }
  }
}
