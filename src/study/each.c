#include "unroll/each.h"

#include <string.h>

#include "alloc.h"
#include "flat.h"

/* Point n: what it is, what the net says, what is wrong, and which way the weights move that. */
static void look_at(const ur__flat *flat, const ur__points *points, int n, double *z, double *delta,
                    ur_each *out) {
  const int F = out->features, K = out->outputs;
  const float *x = points->x + n * F, *t = points->y + n * K;
  for (int i = 0; i < F; i++) out->x[n * F + i] = (double)x[i];
  out->errors[n] = ur__flat_error(flat, flat->theta, x, t, z);
  ur__flat_gradient(flat, flat->theta, t, z, delta, out->derivatives + (size_t)n * (size_t)out->weights);
  for (int k = 0; k < K; k++) {
    const double y = z[F + flat->hidden + k], off = y - (double)t[k];
    out->t[n * K + k] = (double)t[k], out->y[n * K + k] = y;
    out->variance += off * off / ((double)out->points * K);
  }
}

static ur_status allocate(const ur__flat *flat, ur_each *out) {
  const size_t N = (size_t)out->points, F = (size_t)out->features, K = (size_t)out->outputs,
               W = (size_t)out->weights;
  if (N * W > UR_EACH_MAX)
    return ur_fail(UR_E_ARGUMENT, "points",
                   "%zu points have %zu derivatives each; looked at point by point are at most %d in all", N,
                   W, UR_EACH_MAX);
  out->x = ur__alloc_array(N * (F + 2 * K + 1 + W) + 2 * ur__flat_values(flat), sizeof *out->x);
  if (out->x == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for the derivatives of %zu points", N);
  out->t = out->x + N * F;
  out->y = out->t + N * K;
  out->errors = out->y + N * K;
  out->derivatives = out->errors + N;
  memset(out->derivatives, 0, N * W * sizeof *out->derivatives);
  return UR_OK;
}

ur_status ur_each_of(const ur_trainer *trainer, ur_each *out) {
  const ur__points *points = &trainer->examples.points;
  ur__flat flat;
  *out = (ur_each){0};
  ur_status status = ur__flat_of(trainer, &flat);
  if (status != UR_OK) return status;
  out->points = points->train, out->features = flat.features;
  out->outputs = flat.outputs, out->weights = flat.size;
  status = allocate(&flat, out);
  if (status == UR_OK) {
    double *z = out->derivatives + (size_t)out->points * (size_t)out->weights;
    for (int n = 0; n < out->points; n++) look_at(&flat, points, n, z, z + ur__flat_values(&flat), out);
  }
  ur__flat_free(&flat);
  if (status != UR_OK) ur_each_free(out);
  return status;
}

void ur_each_free(ur_each *each) {
  ur__free(each->x);
  *each = (ur_each){0};
}
