#include "unroll/depth.h"

#include <stdio.h>
#include <string.h>

#include "unroll/regions.h"

enum { INPUTS = 2, FOLDING = 2 }; /* numbers of a point; units of a layer that folds */

/* So many layers of as many units, a number as its answer. */
static ur_status open_net(int layers, int units, uint64_t seed, ur_trainer **out) {
  char key[16], value[16];
  ur_settings settings;
  ur_status status = ur_settings_init(&settings, "mlp", "moons");
  settings.seed = seed;
  if (status == UR_OK) status = ur_settings_set(&settings, "activation", "relu");
  if (status == UR_OK) status = ur_settings_set(&settings, "init", "he");
  for (int l = 1; l <= UR_FOLDS_MAX && status == UR_OK; l++) {
    snprintf(key, sizeof key, "hidden_%d", l);
    snprintf(value, sizeof value, "%d", l <= layers ? units : 0);
    status = ur_settings_set(&settings, key, value);
  }
  *out = NULL;
  return status == UR_OK ? ur_trainer_create(&settings, (ur_bytes){NULL, 0}, out) : status;
}

ur_status ur_fold_net(int layers, ur_trainer **out) {
  *out = NULL;
  if (layers < 1 || layers > UR_FOLDS_MAX)
    return ur_fail(UR_E_ARGUMENT, "layers", "%d layers are out of range; take 1 to %d", layers, UR_FOLDS_MAX);
  const ur_status status = open_net(layers, FOLDING, 1, out);
  if (status != UR_OK) return status;
  /* weights of both units, row by row, then their biases */
  static const float first[] = {1, 0, 1, 0, 0, -0.5f}, later[] = {2, -4, 2, -4, 0, -0.5f},
                     last[] = {2, -4, 0};
  float *theta = ur_params_data(ur_trainer_params(*out));
  memcpy(theta, first, sizeof first);
  for (int l = 1; l < layers; l++) memcpy(theta + l * 6, later, sizeof later);
  memcpy(theta + layers * 6, last, sizeof last);
  return UR_OK;
}

ur_status ur_line_net(int units, uint64_t seed, ur_trainer **out) {
  *out = NULL;
  if (units < 1 || units > 2 * UR_FOLDS_MAX)
    return ur_fail(UR_E_ARGUMENT, "units", "%d units are out of range; take 1 to %d", units,
                   2 * UR_FOLDS_MAX);
  const ur_status status = open_net(1, units, seed, out);
  for (int u = 0; u < units && status == UR_OK; u++)
    ur_params_data(ur_trainer_params(*out))[INPUTS * u + 1] = 0;
  return status;
}

static double left_of(const ur_regions *r, int i) {
  double left = r->corners[2 * r->first[i]];
  for (int k = r->first[i]; k < r->first[i + 1]; k++)
    left = r->corners[2 * k] < left ? r->corners[2 * k] : left;
  return left;
}

/* Pieces stand over one another nowhere, so each begins where one ends. */
static void line_up(const ur_regions *r, double *at, double *height) {
  for (int i = 0; i < r->count; i++) {
    const double left = left_of(r, i);
    int place = 0;
    for (int k = 0; k < r->count; k++) place += left_of(r, k) < left;
    at[place] = left;
    height[place] = r->planes[3 * i] * left + r->planes[3 * i + 2];
    if (place == r->count - 1) {
      at[r->count] = 1;
      height[r->count] = r->planes[3 * i] + r->planes[3 * i + 2];
    }
  }
}

ur_status ur_line_pieces(const ur_trainer *trainer, int most, double *at, double *height, int *count) {
  ur_regions regions;
  *count = 0;
  ur_status status = ur_regions_of(trainer, (const double[]){0, 1, 0, 1}, &regions);
  if (status != UR_OK) return status;
  if (regions.count > most)
    status = ur_fail(UR_E_MEMORY, "", "there are %d pieces, and room for %d", regions.count, most);
  else
    line_up(&regions, at, height), *count = regions.count;
  ur_regions_free(&regions);
  return status;
}
