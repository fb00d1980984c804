#include "unroll/plane.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "flat.h"
#include "unroll/linalg.h"

/* ---- every unit ---- */
static ur_status check(const ur__flat *flat, const ur_plane *plane, int first, int rows) {
  if (flat->features != 2)
    return ur_fail(UR_E_STATE, "", "the net has %d inputs; a plane has two", flat->features);
  if (!(fabs(plane->from) <= 1e6 && fabs(plane->to) <= 1e6 && plane->from < plane->to))
    return ur_fail(UR_E_ARGUMENT, "plane", "the plane from %g to %g is empty or too large", plane->from,
                   plane->to);
  if (plane->steps < 2 || plane->steps > UR_PLANE_STEPS_MAX)
    return ur_fail(UR_E_ARGUMENT, "plane", "%d steps are out of range; take 2 to %d", plane->steps,
                   UR_PLANE_STEPS_MAX);
  if (first < 0 || rows < 0 || first + rows > plane->steps)
    return ur_fail(UR_E_ARGUMENT, "plane", "rows %d to %d are not among %d", first, first + rows,
                   plane->steps);
  return UR_OK;
}

static float place(const ur_plane *plane, int i) {
  return (float)(plane->from + (plane->to - plane->from) * i / (plane->steps - 1));
}

/* z: what all values are at one place; t: any answers, since only their error would hang on them. */
static void fill(const ur__flat *flat, const ur_plane *plane, int row, const float *t, double *z,
                 double *units, double *answers) {
  const size_t cells = (size_t)plane->steps * (size_t)plane->steps;
  for (int i = 0; i < plane->steps; i++) {
    const size_t at = (size_t)row * (size_t)plane->steps + (size_t)i;
    ur__flat_error(flat, flat->theta, (const float[]){place(plane, i), place(plane, row)}, t, z);
    for (int u = 0; u < flat->hidden; u++) units[(size_t)u * cells + at] = z[2 + u];
    for (int k = 0; k < flat->outputs; k++) answers[(size_t)k * cells + at] = z[2 + flat->hidden + k];
  }
}

ur_status ur_plane_rows(const ur_trainer *trainer, const ur_plane *plane, int first, int rows, double *units,
                        double *answers) {
  ur__flat flat;
  ur_status status = ur__flat_of(trainer, &flat);
  if (status != UR_OK) return status;
  status = check(&flat, plane, first, rows);
  const size_t values = ur__flat_values(&flat);
  double *z = NULL;
  if (status == UR_OK) {
    z = ur__alloc_array(values + (size_t)flat.outputs, sizeof *z);
    if (z == NULL) status = ur_fail(UR_E_MEMORY, "", "there is no memory left to look at %zu values", values);
  }
  if (status == UR_OK) {
    float *t = (float *)(void *)(z + values);
    memset(t, 0, (size_t)flat.outputs * sizeof *t);
    for (int row = first; row < first + rows; row++) fill(&flat, plane, row, t, z, units, answers);
  }
  ur__free(z);
  ur__flat_free(&flat);
  return status;
}

/* ---- what the output sees ---- */
/* The part of v [n] along w is taken away. */
static void square_off(double *v, const double *w, int n) {
  double along = 0, size = 0;
  for (int i = 0; i < n; i++) along += v[i] * w[i], size += w[i] * w[i];
  for (int i = 0; i < n && size > 0; i++) v[i] -= along / size * w[i];
}

typedef struct sight {
  int points, wires;
  const double *w;                       /* [wires] */
  double *seen, *spread, *size, *turned; /* [points, wires], [wires, wires], [wires], [wires, wires] */
} sight;

/* seen becomes what is spread out about the middle, at right angles to w; up its widest direction. */
static ur_status look_across(const sight *s, double *up) {
  const int n = s->wires;
  for (int i = 0; i < n; i++) {
    double middle = 0;
    for (int p = 0; p < s->points; p++) middle += s->seen[p * n + i] / s->points;
    for (int p = 0; p < s->points; p++) s->seen[p * n + i] -= middle;
  }
  memset(s->spread, 0, (size_t)n * (size_t)n * sizeof *s->spread);
  for (int p = 0; p < s->points; p++) {
    double *row = s->seen + p * n;
    square_off(row, s->w, n);
    for (int i = 0; i < n; i++)
      for (int k = 0; k < n; k++) s->spread[i * n + k] += row[i] * row[k] / s->points;
  }
  const ur_status status = ur_symmetric_eigen(s->spread, n, s->size, s->turned);
  if (status != UR_OK) return status;
  const double *widest = s->turned + (n - 1) * n;
  for (int p = 0; p < s->points; p++) {
    up[p] = 0;
    for (int i = 0; i < n; i++) up[p] += s->seen[p * n + i] * widest[i];
  }
  return UR_OK;
}

static ur_status look(const ur__flat *flat, const ur__points *points, double *work, double *across,
                      double *up) {
  const ur__unit *out = &flat->units[flat->hidden];
  const size_t n = (size_t)out->wires;
  sight s = {.points = points->train, .wires = out->wires, .w = flat->theta + out->weight};
  s.seen = work + ur__flat_values(flat);
  s.spread = s.seen + (size_t)s.points * n;
  s.turned = s.spread + n * n;
  s.size = s.turned + n * n;
  for (int p = 0; p < s.points; p++) {
    ur__flat_error(flat, flat->theta, points->x + p * points->features, points->y + p * points->outputs,
                   work);
    across[p] = flat->theta[out->bias];
    for (int i = 0; i < out->wires; i++) {
      const double z = work[flat->from[out->from + i]];
      s.seen[(size_t)p * n + (size_t)i] = z;
      across[p] += s.w[i] * z;
    }
  }
  return look_across(&s, up);
}

ur_status ur_last_sees(const ur_trainer *trainer, double *across, double *up) {
  const ur__points *points = &trainer->examples.points;
  ur__flat flat;
  ur_status status = ur__flat_of(trainer, &flat);
  if (status != UR_OK) return status;
  const size_t n = (size_t)flat.units[flat.hidden].wires, values = ur__flat_values(&flat);
  double *work = ur__alloc_array(values + ((size_t)points->train + 2 * n + 1) * n, sizeof *work);
  status = work != NULL
               ? look(&flat, points, work, across, up)
               : ur_fail(UR_E_MEMORY, "", "there is no memory left to look at %d points", points->train);
  ur__free(work);
  ur__flat_free(&flat);
  return status;
}
