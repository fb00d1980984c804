#include "start.h"

#include <string.h>

#include "alloc.h"
#include "linalg.h"

enum { UNIFORM, IDENTITY, ORTHOGONAL, RADIUS };

static int ends_with(const char *text, const char *end) {
  const size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

static void gaussian(double *A, size_t cells, ur_rng *stream) {
  for (size_t i = 0; i < cells; i++) A[i] = ur_rng_normal(stream);
}

/* A [n,n] and room for two more. */
static void make(int how, double radius, size_t n, double *A, ur_rng *stream) {
  double *copy = A + n * n, *work = copy + n * n;
  memset(A, 0, n * n * sizeof *A);
  for (size_t i = 0; i < n && how == IDENTITY; i++) A[i * n + i] = 1;
  if (how == IDENTITY) return;
  gaussian(A, n * n, stream);
  if (how == ORTHOGONAL) {
    ur__orthonormalise(A, n);
    return;
  }
  memcpy(copy, A, n * n * sizeof *A);
  const double present = ur__spectral_radius(copy, n, work);
  for (size_t i = 0; i < n * n && present > 0; i++) A[i] *= radius / present;
}

ur_status ur__start(const ur_settings *settings, ur_params *params) {
  const int how = (int)ur_setting_get(settings, "start");
  ur_rng stream = ur_rng_stream(settings->seed, "start", 0);
  if (how == UNIFORM) return UR_OK;
  for (int p = 0; p < ur_params_count(params); p++) {
    const ur_param_view W = ur_params_view(params, p);
    if (!ends_with(W.name, "W_h") || W.rank != 2 || W.shape[0] != W.shape[1]) continue;
    double *A = ur__alloc_array(3 * W.size, sizeof *A);
    if (A == NULL) return ur_fail(UR_E_MEMORY, W.name, "there is no memory left to begin %.60s", W.name);
    make(how, ur_setting_get(settings, "spectral_radius"), (size_t)W.shape[0], A, &stream);
    float *data = ur_params_data(params);
    for (size_t i = 0; i < W.size; i++) data[W.offset + i] = (float)A[i];
    ur__free(A);
    /* b_1 follows W_h in every layer */
    const ur_param_view b = ur_params_view(params, p + 1);
    if (how == IDENTITY) memset(data + b.offset, 0, b.size * sizeof *data);
  }
  return UR_OK;
}
