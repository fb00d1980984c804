#include "unroll/surface.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "scene.h"
#include "unroll/linalg.h"

/* ---- over two weights ---- */
static ur_status check_axis(const ur__scene *s, const ur_axis *axis, const char *name) {
  if (axis->weight < 0 || axis->weight >= s->flat.size)
    return ur_fail(UR_E_ARGUMENT, name, "there is no weight %d; there are %d", axis->weight, s->flat.size);
  if (!(fabs(axis->from) <= 1e6 && fabs(axis->to) <= 1e6 && axis->from < axis->to))
    return ur_fail(UR_E_ARGUMENT, name, "the range from %g to %g is empty or too large", axis->from,
                   axis->to);
  if (axis->steps < 3 || axis->steps > UR_SURFACE_STEPS_MAX)
    return ur_fail(UR_E_ARGUMENT, name, "%d steps are out of range; take 3 to %d", axis->steps,
                   UR_SURFACE_STEPS_MAX);
  return UR_OK;
}

static ur_status check_axes(const ur__scene *s, const ur_axis *x, const ur_axis *y) {
  ur_status status = check_axis(s, x, "x");
  if (status == UR_OK) status = check_axis(s, y, "y");
  if (status == UR_OK && x->weight == y->weight)
    status = ur_fail(UR_E_ARGUMENT, "y", "both axes are weight %d; take two", y->weight);
  return status;
}

static double place(const ur_axis *axis, int i) {
  return axis->from + (axis->to - axis->from) * i / (axis->steps - 1);
}

ur_status ur_surface_rows(const ur_trainer *trainer, const ur_axis *x, const ur_axis *y, int from, int rows,
                          double *values) {
  ur__scene s;
  ur_status status = ur__scene_open(trainer, &s);
  if (status != UR_OK) return status;
  status = check_axes(&s, x, y);
  if (status == UR_OK && (from < 0 || rows < 0 || from + rows > y->steps))
    status = ur_fail(UR_E_ARGUMENT, "y", "rows %d to %d are not among %d", from, from + rows, y->steps);
  for (int j = from; j < from + rows && status == UR_OK; j++) {
    s.theta[y->weight] = place(y, j);
    for (int i = 0; i < x->steps; i++) {
      s.theta[x->weight] = place(x, i);
      values[j * x->steps + i] = ur__scene_mean_error(&s);
    }
  }
  ur__scene_close(&s);
  return status;
}

ur_status ur_surface(const ur_trainer *trainer, const ur_axis *x, const ur_axis *y, double *values) {
  return ur_surface_rows(trainer, x, y, 0, y->steps, values);
}

/* The two slopes, and with H the four bends, by differences of them. */
static void slopes(ur__scene *s, const ur_axis *const axes[2], const double at[2], double g[2], double *H) {
  for (int k = 0; k < 2; k++) s->theta[axes[k]->weight] = at[k];
  ur__scene_mean_gradient(s, s->gradient);
  for (int k = 0; k < 2; k++) g[k] = s->gradient[axes[k]->weight];
  for (int k = 0; k < 2 && H != NULL; k++) {
    const double h = 1e-5 * (1 + fabs(at[k]));
    double side[2][2] = {{at[0], at[1]}, {at[0], at[1]}}, up[2], down[2];
    side[0][k] += h, side[1][k] -= h;
    slopes(s, axes, side[0], up, NULL);
    slopes(s, axes, side[1], down, NULL);
    for (int m = 0; m < 2; m++) H[2 * k + m] = (up[m] - down[m]) / (2 * h);
  }
  if (H != NULL) H[1] = H[2] = (H[1] + H[2]) / 2;
}

/* From `at` to where both slopes are 0; 0 where that leads out of the ranges or nowhere. */
static int newton(ur__scene *s, const ur_axis *const axes[2], double at[2], double H[4]) {
  double g[2];
  for (int step = 0; step < 60; step++) {
    slopes(s, axes, at, g, H);
    const double det = H[0] * H[3] - H[1] * H[2], bend = fabs(H[0]) + fabs(H[3]) + fabs(H[1]);
    if (fabs(g[0]) + fabs(g[1]) <= 1e-11 * (1 + bend)) return 1;
    if (!(fabs(det) > 1e-14 * bend * bend)) return 0;
    double d[2] = {(H[3] * g[0] - H[1] * g[1]) / det, (H[0] * g[1] - H[2] * g[0]) / det}, longest = 0;
    for (int k = 0; k < 2; k++) {
      const double cells =
          fabs(d[k]) / (axes[k]->to - axes[k]->from) * 20; /* at most a twentieth of the range */
      longest = cells > longest ? cells : longest;
    }
    for (int k = 0; k < 2; k++) {
      at[k] -= longest > 1 ? d[k] / longest : d[k];
      if (!(at[k] >= axes[k]->from && at[k] <= axes[k]->to)) return 0;
    }
  }
  return 0;
}

/* |slope|^2 at a cell within the surface, in units of its steps */
static double steepness(const double *v, int width, int i, int j) {
  const double *c = v + j * width + i, dx = c[1] - c[-1], dy = c[width] - c[-width];
  return dx * dx + dy * dy;
}

static int least_steep(const double *v, int width, int height, int i, int j) {
  const double own = steepness(v, width, i, j);
  for (int b = j - 1; b <= j + 1; b++)
    for (int a = i - 1; a <= i + 1; a++)
      if (a > 0 && b > 0 && a < width - 1 && b < height - 1 && steepness(v, width, a, b) < own) return 0;
  return 1;
}

static ur_stationary_kind kind_of(const double eigenvalues[2]) {
  const double low = eigenvalues[0], high = eigenvalues[1],
               size = fabs(low) > fabs(high) ? fabs(low) : fabs(high);
  if (!(fabs(low) > 1e-7 * size && fabs(high) > 1e-7 * size)) return UR_FLAT;
  return low > 0 ? UR_MINIMUM : high < 0 ? UR_MAXIMUM : UR_SADDLE;
}

/* In the order of their errors; one that is there already counts once. */
static void keep(const ur_axis *const axes[2], const ur_stationary *new, ur_stationary *found, int capacity,
                 int *count) {
  const int have = *count < capacity ? *count : capacity;
  int at = have;
  for (int i = 0; i < have; i++)
    if (fabs(found[i].at[0] - new->at[0]) < 1e-6 * (axes[0]->to - axes[0]->from) &&
        fabs(found[i].at[1] - new->at[1]) < 1e-6 * (axes[1]->to - axes[1]->from))
      return;
  (*count)++;
  while (at > 0 && found[at - 1].error > new->error) at--;
  if (at == capacity) return;
  memmove(found + at + 1, found + at, (size_t)((have < capacity ? have : capacity - 1) - at) * sizeof *found);
  found[at] = *new;
}

ur_status ur_surface_stationary(const ur_trainer *trainer, const ur_axis *x, const ur_axis *y,
                                const double *values, ur_stationary *found, int capacity, int *count) {
  const ur_axis *const axes[2] = {x, y};
  ur__scene s;
  *count = 0;
  ur_status status = ur__scene_open(trainer, &s);
  if (status != UR_OK) return status;
  status = check_axes(&s, x, y);
  for (int j = 1; j < y->steps - 1 && status == UR_OK; j++)
    for (int i = 1; i < x->steps - 1 && status == UR_OK; i++) {
      ur_stationary one = {.at = {place(x, i), place(y, j)}};
      double H[4];
      if (!least_steep(values, x->steps, y->steps, i, j) || !newton(&s, axes, one.at, H)) continue;
      memcpy(one.hessian, H, sizeof H);
      status = ur_symmetric_eigen(H, 2, one.eigenvalues, one.directions);
      one.kind = kind_of(one.eigenvalues);
      for (int k = 0; k < 2; k++) s.theta[axes[k]->weight] = one.at[k];
      one.error = ur__scene_mean_error(&s);
      keep(axes, &one, found, capacity, count);
    }
  ur__scene_close(&s);
  return status;
}

/* ---- over all weights ---- */
ur_status ur_hessian(const ur_trainer *trainer, double *gradient, double *hessian) {
  ur__scene s;
  ur_status status = ur__scene_open(trainer, &s);
  if (status != UR_OK) return status;
  const size_t n = (size_t)s.flat.size;
  double *down = NULL;
  if (n > UR_HESSIAN_MAX)
    status = ur_fail(UR_E_ARGUMENT, "", "the net has %zu weights; a Hessian is worked out of at most %d", n,
                     UR_HESSIAN_MAX);
  else if ((down = ur__alloc_array(n, sizeof *down)) == NULL)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left for the bends of %zu weights", n);
  if (status == UR_OK && gradient != NULL) ur__scene_mean_gradient(&s, gradient);
  for (size_t i = 0; i < n && status == UR_OK; i++) {
    const double kept = s.theta[i], h = 1e-5 * (1 + fabs(kept));
    s.theta[i] = kept + h;
    ur__scene_mean_gradient(&s, hessian + i * n);
    s.theta[i] = kept - h;
    ur__scene_mean_gradient(&s, down);
    s.theta[i] = kept;
    for (size_t j = 0; j < n; j++) hessian[i * n + j] = (hessian[i * n + j] - down[j]) / (2 * h);
  }
  for (size_t i = 0; i < n && status == UR_OK; i++)
    for (size_t j = 0; j < i; j++)
      hessian[i * n + j] = hessian[j * n + i] = (hessian[i * n + j] + hessian[j * n + i]) / 2;
  ur__free(down);
  ur__scene_close(&s);
  return status;
}

static double distance2(const double *a, const double *b, double by, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (a[i] * by - b[i]) * (a[i] * by - b[i]);
  return sum;
}

ur_status ur_gradient_noise(const ur_trainer *trainer, int batch, int draws, double *noise) {
  ur__scene s;
  if (batch < 1 || draws < 1)
    return ur_fail(UR_E_ARGUMENT, "batch", "%d batches of %d points; take at least one of each", draws,
                   batch);
  ur_status status = ur__scene_open(trainer, &s);
  if (status != UR_OK) return status;
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "noise", (uint64_t)batch);
  const size_t n = (size_t)s.flat.size;
  double *all = ur__alloc_array(n, sizeof *all), sum = 0;
  if (all == NULL)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left for a gradient of %zu weights", n);
  if (status == UR_OK) ur__scene_mean_gradient(&s, all);
  for (int draw = 0; draw < draws && status == UR_OK; draw++) {
    memset(s.gradient, 0, n * sizeof *s.gradient);
    for (int i = 0; i < batch; i++)
      ur__scene_add_gradient(&s, (int)ur_rng_below(&stream, (uint32_t)s.points->train), s.gradient);
    sum += distance2(s.gradient, all, 1.0 / batch, n);
  }
  if (status == UR_OK) *noise = sqrt(sum / draws);
  ur__free(all);
  ur__scene_close(&s);
  return status;
}
