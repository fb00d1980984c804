/* A = Q T Q^T with T tridiagonal, then T = S diag(values) S^T: the vectors are the columns of Q S. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "rows.h"

#define SWEEPS 60 /* for one value; two are usual */

/* T of A [n,n], which then keeps in row k, right of the diagonal, the v of H_k. d [n], e [n-1], tau [n],
 * work [2n] */
static void tridiagonalise(double *A, size_t n, double *d, double *e, double *tau, double *work) {
  for (size_t k = 0; k + 1 < n; k++) {
    double *v = A + k * n + k + 1, *corner = A + (k + 1) * n + k + 1;
    double *restrict p = work, *restrict w = work + n;
    const size_t rest = n - k - 1;
    d[k] = A[k * n + k];
    e[k] = ur__reflector(v, rest, &tau[k]);
    if (!(tau[k] > 0)) continue;
    /* p = tau B v for the symmetric B that is left; w = p - (tau / 2) (p . v) v; B = B - v w^T - w v^T */
    for (size_t i = 0; i < rest; i++) p[i] = tau[k] * ur__dot(corner + i * n, v, rest);
    const double half = tau[k] / 2 * ur__dot(p, v, rest);
    for (size_t i = 0; i < rest; i++) w[i] = p[i] - half * v[i];
    for (size_t i = 0; i < rest; i++) {
      double *restrict row = corner + i * n;
      const double vi = v[i], wi = w[i];
      for (size_t j = 0; j < rest; j++) row[j] -= vi * w[j] + wi * v[j];
    }
  }
  d[n - 1] = A[n * n - 1];
}

/* Q = H_1 H_2 ... [n,n], transposed, from the v that A keeps. */
static void accumulate(const double *A, size_t n, const double *tau, double *QT, double *work) {
  memset(QT, 0, n * n * sizeof *QT);
  for (size_t i = 0; i < n; i++) QT[i * n + i] = 1;
  for (size_t k = n - 1; k-- > 0;)
    ur__reflect(QT + (k + 1) * n + k + 1, n, n - k - 1, n - k - 1, A + k * n + k + 1, tau[k], work);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < i; j++) {
      const double kept = QT[i * n + j];
      QT[i * n + j] = QT[j * n + i];
      QT[j * n + i] = kept;
    }
}

/* One step of QR on rows first..last of T, shifted by the eigenvalue of its last two rows that is nearer to
 * the last cell; the bulge is chased down. */
static void sweep(double *d, double *e, size_t first, size_t last, double *V, size_t n) {
  const double half = (d[last - 1] - d[last]) / 2, b = e[last - 1], size = ur__hypot(half, b);
  const double shift = d[last] - b * (b / (half + (half < 0 ? -size : size)));
  double x = d[first] - shift, z = e[first];
  for (size_t k = first; k < last; k++) {
    double c, s;
    const double r = ur__rotation(x, z, &c, &s);
    if (k > first) e[k - 1] = r;
    const double p = d[k], q = d[k + 1], f = e[k];
    d[k] = c * (c * p + s * f) + s * (c * f + s * q);
    d[k + 1] = s * (s * p - c * f) + c * (c * q - s * f);
    e[k] = c * (c * f - s * p) + s * (c * q - s * f);
    if (V != NULL) ur__rotate(V + k * n, V + (k + 1) * n, n, c, s);
    if (k + 1 == last) break;
    x = e[k];
    z = s * e[k + 1];
    e[k + 1] *= c;
  }
}

static ur_status diagonalise(double *d, double *e, size_t n, double *V) {
  int left = SWEEPS * (int)n;
  for (size_t last = n - 1; last > 0;) {
    if (fabs(e[last - 1]) <= UR__EPS * (fabs(d[last - 1]) + fabs(d[last]))) {
      e[--last] = 0;
      continue;
    }
    size_t first = last - 1;
    while (first > 0 && fabs(e[first - 1]) > UR__EPS * (fabs(d[first - 1]) + fabs(d[first]))) first--;
    if (left-- == 0) return ur_fail(UR_E_NUMBER, "A", "the eigenvalues of A do not settle; scale it");
    sweep(d, e, first, last, V, n);
  }
  return UR_OK;
}

/* Ascending; by selection, each vector with its value. */
static void sort(double *d, size_t n, double *V, double *work) {
  for (size_t i = 0; i < n; i++) {
    size_t least = i;
    for (size_t j = i + 1; j < n; j++) least = d[j] < d[least] ? j : least;
    if (least == i) continue;
    const double kept = d[i];
    d[i] = d[least];
    d[least] = kept;
    if (V == NULL) continue;
    memcpy(work, V + i * n, n * sizeof *V);
    memcpy(V + i * n, V + least * n, n * sizeof *V);
    memcpy(V + least * n, work, n * sizeof *V);
  }
}

static ur_status check_symmetric(const double *A, int n) {
  double most = 0;
  for (int i = 0; i < n * n; i++) most = fabs(A[i]) > most ? fabs(A[i]) : most;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) {
      const double a = A[(size_t)i * (size_t)n + (size_t)j], b = A[(size_t)j * (size_t)n + (size_t)i];
      if (fabs(a - b) > 1e-12 * most)
        return ur_fail(UR_E_ARGUMENT, "A", "A is not symmetric: %.6g in row %d, column %d, but %.6g across",
                       a, i + 1, j + 1, b);
    }
  return UR_OK;
}

ur_status ur_symmetric_eigen(const double *A, int n, double *values, double *vectors) {
  ur_status status = ur__check_matrix("A", A, n, n);
  if (status == UR_OK) status = check_symmetric(A, n);
  if (status != UR_OK) return status;
  if (values == NULL) return ur_fail(UR_E_ARGUMENT, "values", "values is missing; give an array [%d]", n);
  const size_t N = (size_t)n, cells = N * N;
  double *copy = ur__alloc_array(cells + 4 * N, sizeof *copy);
  if (copy == NULL)
    return ur_fail(UR_E_MEMORY, "A", "there is no memory left for the eigenvalues of [%d,%d]", n, n);
  double *e = copy + cells, *tau = e + N, *work = tau + N;
  memcpy(copy, A, cells * sizeof *A);
  tridiagonalise(copy, N, values, e, tau, work);
  if (vectors != NULL) accumulate(copy, N, tau, vectors, work);
  status = diagonalise(values, e, N, vectors);
  if (status == UR_OK) sort(values, N, vectors, work);
  for (size_t i = 0; i < N && vectors != NULL; i++) ur__turn(vectors + i * N, N);
  ur__free(copy);
  return status;
}
