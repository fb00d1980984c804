#include <math.h>
#include <string.h>

#include "alloc.h"
#include "unroll/descent.h"
#include "unroll/linalg.h"

/* A quadratic that can only be called, and counts what that takes. */
typedef struct bowl {
  int n;
  const double *b;
  double operations;
  int calls;
} bowl;

/* (H w)_i, three products */
static double bend(const bowl *of, const double *w, int i) {
  return 2 * w[i] - (i > 0 ? w[i - 1] : 0) - (i + 1 < of->n ? w[i + 1] : 0);
}

static double error_of(bowl *of, const double *w) {
  double sum = 0;
  for (int i = 0; i < of->n; i++) sum += w[i] * (bend(of, w, i) / 2 - of->b[i]);
  of->calls++;
  of->operations += 7.0 * of->n; /* 2 w - w - w, / 2, - b, times w, added */
  return sum;
}

static void gradient_of(bowl *of, const double *w, double *g) {
  for (int i = 0; i < of->n; i++) g[i] = bend(of, w, i) - of->b[i];
  of->calls++;
  of->operations += 4.0 * of->n;
}

static double dot(const double *a, const double *b, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

/* E(0) = 0 is called too: whoever asks does not know. H_ii = E(e_i) + E(-e_i) - 2 E(0), b_i from their
 * difference; H_ij from E(e_i + e_j). H [n,n], w [n] gets b, then what solves H w = b. */
static ur_status by_errors(bowl *of, double *H, double *at, double *alone, double *w) {
  const int n = of->n;
  memset(at, 0, (size_t)n * sizeof *at);
  const double none = error_of(of, at);
  for (int i = 0; i < n; i++) {
    at[i] = 1, alone[i] = error_of(of, at);
    at[i] = -1;
    const double back = error_of(of, at);
    at[i] = 0;
    H[i * n + i] = alone[i] + back - 2 * none;
    w[i] = (back - alone[i]) / 2;
  }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) {
      at[i] = at[j] = 1;
      H[i * n + j] = error_of(of, at) - alone[i] - alone[j] + none;
      at[i] = at[j] = 0;
    }
  const ur_status status = ur_cholesky(H, n, 0);
  return status == UR_OK ? ur_cholesky_solve(H, n, w, 1) : status;
}

/* H p is the difference of two gradients, one of which is there already: g at w + p. */
static void by_gradients(bowl *of, double *w, double *g, double *p, double *there) {
  const int n = of->n;
  const double enough = 1e-20 * dot(of->b, of->b, n);
  memset(w, 0, (size_t)n * sizeof *w);
  gradient_of(of, w, g);
  for (int i = 0; i < n; i++) p[i] = -g[i];
  for (int step = 0; step < n && dot(g, g, n) > enough; step++) {
    const double size = dot(g, g, n);
    for (int i = 0; i < n; i++) w[i] += p[i];
    gradient_of(of, w, there);
    double curve = 0;
    for (int i = 0; i < n; i++) curve += p[i] * (there[i] - g[i]);
    for (int i = 0; i < n; i++) w[i] += (size / curve - 1) * p[i];
    gradient_of(of, w, g);
    const double kept = dot(g, g, n) / size;
    for (int i = 0; i < n; i++) p[i] = kept * p[i] - g[i];
  }
}

/* |w - bottom| / |bottom|: H is known here, and solved from above and from below. */
static double gap_of(const bowl *of, const double *w, double *bottom, double *c) {
  const int n = of->n;
  double off = 0;
  for (int i = 0; i < n; i++) {
    const double pivot = 2 - (i > 0 ? c[i - 1] : 0);
    c[i] = 1 / pivot;
    bottom[i] = (of->b[i] + (i > 0 ? bottom[i - 1] : 0)) / pivot;
  }
  for (int i = n - 2; i >= 0; i--) bottom[i] += c[i] * bottom[i + 1];
  for (int i = 0; i < n; i++) off += (w[i] - bottom[i]) * (w[i] - bottom[i]);
  return sqrt(off / dot(bottom, bottom, n));
}

static ur_status check(int weights) {
  if (weights >= 1 && weights <= UR_PRICE_MAX) return UR_OK;
  return ur_fail(UR_E_ARGUMENT, "weights", "%d weights are out of range; take 1 to %d", weights,
                 UR_PRICE_MAX);
}
static ur_status no_memory(int weights) {
  return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d weights", weights);
}

static double largest_gap(const double *g, const double *right, int n) {
  double gap = 0, size = 0;
  for (int i = 0; i < n; i++) {
    const double off = fabs(g[i] - right[i]), own = fabs(right[i]);
    gap = off > gap ? off : gap;
    size = own > size ? own : size;
  }
  return gap / size;
}

ur_status ur_gradient_price(int weights, uint64_t seed, ur_price *differences, ur_price *gradient) {
  const ur_status status = check(weights);
  if (status != UR_OK) return status;
  const size_t n = (size_t)weights;
  double *room = ur__alloc_array(n, 4 * sizeof *room);
  if (room == NULL) return no_memory(weights);
  double *b = room, *w = b + n, *g = w + n, *right = g + n;
  ur_rng stream = ur_rng_stream(seed, "price", n);
  for (size_t i = 0; i < n; i++) b[i] = ur_rng_normal(&stream);
  for (size_t i = 0; i < n; i++) w[i] = ur_rng_normal(&stream);
  bowl of = {.n = weights, .b = b};
  for (int i = 0; i < weights; i++) right[i] = bend(&of, w, i) - b[i];
  for (int i = 0; i < weights; i++) {
    const double kept = w[i], h = 1e-4;
    w[i] = kept + h;
    const double up = error_of(&of, w);
    w[i] = kept - h;
    g[i] = (up - error_of(&of, w)) / (2 * h);
    w[i] = kept;
  }
  *differences = (ur_price){of.calls, of.operations, largest_gap(g, right, weights)};
  of = (bowl){.n = weights, .b = b};
  gradient_of(&of, w, g);
  *gradient = (ur_price){of.calls, of.operations, largest_gap(g, right, weights)};
  ur__free(room);
  return UR_OK;
}

ur_status ur_descent_price(int weights, uint64_t seed, ur_price *without, ur_price *with) {
  ur_status status = check(weights);
  if (status != UR_OK) return status;
  const size_t n = (size_t)weights;
  double *room = ur__alloc_array(n + 5, n * sizeof *room);
  if (room == NULL) return no_memory(weights);
  double *b = room, *w = b + n, *g = w + n, *p = g + n, *there = p + n, *H = there + n;
  ur_rng stream = ur_rng_stream(seed, "price", n);
  for (size_t i = 0; i < n; i++) b[i] = ur_rng_normal(&stream);
  bowl of = {.n = weights, .b = b};
  status = by_errors(&of, H, g, p, w);
  *without = (ur_price){of.calls, of.operations, gap_of(&of, w, g, p)};
  of = (bowl){.n = weights, .b = b};
  by_gradients(&of, w, g, p, there);
  *with = (ur_price){of.calls, of.operations, gap_of(&of, w, g, p)};
  ur__free(room);
  return status;
}
