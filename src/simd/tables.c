#include "vec.h"

UR_NOINLINE void UR_FN(gather)(ur_real *out, const ur_real *table, const int32_t *rows, size_t count,
                               size_t n) {
  if (n == 0) return;
  for (size_t i = 0; i < count; i++) memcpy(out + i * n, table + (size_t)rows[i] * n, n * sizeof *out);
}

UR_NOINLINE void UR_FN(scatter_add)(ur_real *table, size_t v, const ur_real *a, const int32_t *rows,
                                    size_t count, size_t n) {
  if (v != 0 && n != 0) memset(table, 0, v * n * sizeof *table);
  for (size_t i = 0; i < count; i++) {
    ur_real *t = table + (size_t)rows[i] * n;
    const ur_real *row = a + i * n;
    size_t j = 0;
    for (; n - j >= 4; j += 4) v_store(t + j, v_add(v_load(t + j), v_load(row + j)));
    for (; j < n; j++) t[j] += row[j];
  }
}
