/* What the tape itself does to numbers, in the precision at hand. */
#include "kernels.h"
#include "op.h"

static void from_float(void *out, const float *a, size_t n) {
  ur_real *o = out;
  for (size_t i = 0; i < n; i++) o[i] = (ur_real)a[i];
}

static void fill(void *out, double value, size_t n) {
  ur_real *o = out;
  for (size_t i = 0; i < n; i++) o[i] = (ur_real)value;
}

static void accumulate(void *sum, const void *term, size_t n) { UR_FN(add)(sum, sum, term, n); }

static size_t first_bad(const void *a, size_t n) { return UR_FN(first_bad)(a, n); }

#ifdef UR_DOUBLE
const ur__arith ur__arith_f64 = {
#else
const ur__arith ur__arith_f32 = {
#endif
    sizeof(ur_real), from_float, fill, accumulate, first_bad};
