#include "unroll/way.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "unroll/linalg.h"

enum { PLACES_MAX = UR_WAY_PLACES_MAX };
#define LEVEL 1e-9 /* of the length of the way: what is shorter is no direction */

ur_status ur_way_create(int count, size_t size, ur_way *out) {
  *out = (ur_way){0};
  if (count < 2 || count > PLACES_MAX || size < 2)
    return ur_fail(UR_E_ARGUMENT, "places", "a plane goes through 2 to %d places of 2 numbers or more",
                   PLACES_MAX);
  const size_t places = (size_t)count;
  out->places = ur__alloc_array(places, size * sizeof *out->places);
  out->origin = ur__alloc_array(3 * size + 3 * places, sizeof *out->origin);
  if (out->places == NULL || out->origin == NULL) {
    ur_way_free(out);
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d places of %zu numbers", count, size);
  }
  out->count = count;
  out->size = size;
  out->directions = out->origin + size;
  out->at = out->directions + 2 * size;
  out->off = out->at + 2 * places;
  return UR_OK;
}

void ur_way_free(ur_way *way) {
  ur__free(way->places);
  ur__free(way->origin);
  *way = (ur_way){0};
}

static const float *place(const ur_way *s, int i) { return s->places + (size_t)i * s->size; }

static double dot(const double *a, const double *b, size_t n) {
  double sum = 0;
  for (size_t k = 0; k < n; k++) sum += a[k] * b[k];
  return sum;
}

/* Of place i from the origin along a direction. */
static double along(const ur_way *s, int i, const double *direction) {
  const float *p = place(s, i);
  double sum = 0;
  for (size_t k = 0; k < s->size; k++) sum += (p[k] - s->origin[k]) * direction[k];
  return sum;
}

/* To length 1; 0 where it is shorter than that. */
static int normalise(double *v, size_t n, double least) {
  const double length = sqrt(dot(v, v, n));
  if (!(length > least)) return 0;
  for (size_t k = 0; k < n; k++) v[k] /= length;
  return 1;
}

/* The axis that lies least along the first direction, at right angles to it. */
static void any_other(ur_way *s) {
  double *u = s->directions, *v = u + s->size;
  size_t least = 0;
  for (size_t k = 1; k < s->size; k++)
    if (fabs(u[k]) < fabs(u[least])) least = k;
  for (size_t k = 0; k < s->size; k++) v[k] = (k == least) - u[least] * u[k];
  normalise(v, s->size, 0);
}

static ur_status still(void) {
  return ur_fail(UR_E_STATE, "",
                 "the run ends where it began: there is no way to cut along; train it for longer");
}

static double reach_of(const ur_way *s) {
  double most = 0;
  for (int i = 0; i < s->count; i++) {
    double sum = 0;
    for (size_t k = 0; k < s->size; k++) {
      const double off = (double)place(s, i)[k] - (double)s->places[k];
      sum += off * off;
    }
    if (sum > most || isnan(sum)) most = sum;
  }
  return sqrt(most);
}

static ur_status through_ends(ur_way *s, double reach) {
  double *u = s->directions, *v = u + s->size, most = 0;
  for (size_t k = 0; k < s->size; k++) {
    s->origin[k] = place(s, 0)[k];
    u[k] = (double)place(s, s->count - 1)[k] - s->origin[k];
  }
  if (!normalise(u, s->size, LEVEL * reach)) return still();
  int farthest = 0;
  for (int i = 1; i < s->count; i++) {
    const double t = along(s, i, u);
    double sum = 0;
    for (size_t k = 0; k < s->size; k++) {
      const double off = place(s, i)[k] - s->origin[k] - t * u[k];
      sum += off * off;
    }
    if (sum > most) most = sum, farthest = i;
  }
  const double t = along(s, farthest, u);
  for (size_t k = 0; k < s->size; k++) v[k] = place(s, farthest)[k] - s->origin[k] - t * u[k];
  if (!normalise(v, s->size, LEVEL * reach)) any_other(s);
  return UR_OK;
}

/* Direction d: the combination of the places, from their middle, that an eigenvector of their products is. */
static void combine(ur_way *s, const double *weights, int d) {
  double *u = s->directions + (size_t)d * s->size;
  memset(u, 0, s->size * sizeof *u);
  for (int i = 0; i < s->count; i++)
    for (size_t k = 0; k < s->size; k++) u[k] += weights[i] * (place(s, i)[k] - s->origin[k]);
}

static ur_status through_middle(ur_way *s, double reach) {
  const int n = s->count;
  const size_t cells = (size_t)n * (size_t)n;
  double *G = ur__alloc_array(2 * cells + (size_t)n, sizeof *G), *vectors, *values;
  if (G == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for the products of %d places", n);
  vectors = G + cells, values = vectors + cells;
  memset(s->origin, 0, s->size * sizeof *s->origin);
  for (int i = 0; i < n; i++)
    for (size_t k = 0; k < s->size; k++) s->origin[k] += place(s, i)[k] / (double)n;
  for (int i = 0; i < n; i++)
    for (int j = 0; j <= i; j++) {
      double sum = 0;
      for (size_t k = 0; k < s->size; k++)
        sum += (place(s, i)[k] - s->origin[k]) * (place(s, j)[k] - s->origin[k]);
      G[i * n + j] = G[j * n + i] = sum;
    }
  const ur_status status = ur_symmetric_eigen(G, n, values, vectors);
  if (status == UR_OK) {
    combine(s, vectors + (size_t)(n - 1) * (size_t)n, 0);
    combine(s, vectors + (size_t)(n - 2) * (size_t)n, 1);
    double *u = s->directions, *v = u + s->size;
    normalise(u, s->size, 0);
    const double t = dot(u, v, s->size); /* what rounding left of it */
    for (size_t k = 0; k < s->size; k++) v[k] -= t * u[k];
    if (!normalise(v, s->size, LEVEL * reach)) any_other(s);
  }
  ur__free(G);
  return status;
}

static void flip(ur_way *s, int d) {
  for (size_t k = 0; k < s->size; k++) s->directions[(size_t)d * s->size + k] *= -1;
  for (int i = 0; i < s->count; i++) s->at[2 * i + d] *= -1;
}

/* Where the places stand; the last to the right of the first, the farthest from the line between above it. */
static void stand(ur_way *s) {
  const int last = s->count - 1;
  for (int i = 0; i < s->count; i++)
    for (int d = 0; d < 2; d++) s->at[2 * i + d] = along(s, i, s->directions + (size_t)d * s->size);
  if (s->at[2 * last] < s->at[0]) flip(s, 0);
  double most = 0;
  for (int i = 0; i < s->count; i++) {
    const double up = s->at[2 * i + 1] - (s->at[1] + s->at[2 * last + 1]) / 2;
    if (fabs(up) > fabs(most)) most = up;
  }
  if (most < 0) flip(s, 1);
}

static void tell(ur_way *s) {
  const double *u = s->directions, *v = u + s->size;
  double middle[2] = {0, 0}, all = 0;
  for (int i = 0; i < s->count; i++) {
    double sum = 0;
    for (size_t k = 0; k < s->size; k++) {
      const double off = place(s, i)[k] - s->origin[k] - s->at[2 * i] * u[k] - s->at[2 * i + 1] * v[k];
      sum += off * off;
    }
    s->off[i] = sqrt(sum);
    for (int d = 0; d < 2; d++) middle[d] += s->at[2 * i + d] / s->count;
  }
  for (size_t k = 0; k < s->size; k++) {
    double mean = 0;
    for (int i = 0; i < s->count; i++) mean += place(s, i)[k] / (double)s->count;
    for (int i = 0; i < s->count; i++) all += (place(s, i)[k] - mean) * (place(s, i)[k] - mean);
  }
  for (int d = 0; d < 2; d++) {
    s->share[d] = 0;
    for (int i = 0; i < s->count; i++)
      s->share[d] += (s->at[2 * i + d] - middle[d]) * (s->at[2 * i + d] - middle[d]) / all;
  }
}

ur_status ur_way_through(ur_way *way, ur_way_by by) {
  const double reach = reach_of(way);
  if (!isfinite(reach))
    return ur_fail(UR_E_NUMBER, "", "a place has a number that is not finite: no plane goes through it");
  if (!(reach > 0)) return still();
  const ur_status status = by == UR_WAY_ENDS ? through_ends(way, reach) : through_middle(way, reach);
  if (status != UR_OK) return status;
  stand(way);
  tell(way);
  return UR_OK;
}

void ur_way_numbers(const ur_way *way, const double at[2], float *numbers) {
  const double *u = way->directions, *v = u + way->size;
  for (size_t k = 0; k < way->size; k++) numbers[k] = (float)(way->origin[k] + at[0] * u[k] + at[1] * v[k]);
}
