#include "rows.h"

#include <math.h>
#include <string.h>

double ur__dot(const double *a, const double *b, size_t n) {
  double l[4] = {0};
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    l[0] += a[i] * b[i];
    l[1] += a[i + 1] * b[i + 1];
    l[2] += a[i + 2] * b[i + 2];
    l[3] += a[i + 3] * b[i + 3];
  }
  for (; i < n; i++) l[i % 4] += a[i] * b[i];
  return (l[0] + l[2]) + (l[1] + l[3]);
}

static double largest(const double *a, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fabs(a[i]) > most ? fabs(a[i]) : most;
  return most;
}

double ur__norm(const double *a, size_t n) {
  double sum = ur__dot(a, a, n);
  if (sum > 1e-280 && sum < 1e300) return sqrt(sum);
  const double most = largest(a, n);
  if (!(most > 0)) return 0;
  sum = 0;
  for (size_t i = 0; i < n; i++) sum += (a[i] / most) * (a[i] / most);
  return most * sqrt(sum);
}

double ur__hypot(double a, double b) {
  const double x = fabs(a), y = fabs(b), large = x > y ? x : y, small = x > y ? y : x;
  if (!(small > 0)) return large;
  const double q = small / large;
  return large * sqrt(1 + q * q);
}

double ur__reflector(double *x, size_t n, double *tau) {
  /* As LAPACK's dlarfg has it: r has the sign that x_0 has not, so that nothing cancels in x_0 - r. */
  const double a = x[0], rest = ur__norm(x + 1, n - 1);
  x[0] = 1;
  *tau = 0;
  if (!(rest > 0)) return a;
  const double size = ur__hypot(a, rest), r = a > 0 ? -size : size;
  *tau = (r - a) / r;
  for (size_t i = 1; i < n; i++) x[i] /= a - r;
  return r;
}

void ur__reflect(double *A, size_t stride, size_t rows, size_t cols, const double *v, double tau,
                 double *restrict w) {
  if (!(tau > 0) || cols == 0) return;
  /* w = v^T A, four rows at a time */
  memset(w, 0, cols * sizeof *w);
  size_t i = 0;
  for (; i + 4 <= rows; i += 4) {
    const double *restrict a = A + i * stride, *restrict b = a + stride, *restrict c = b + stride,
                           *restrict d = c + stride;
    for (size_t j = 0; j < cols; j++)
      w[j] += (v[i] * a[j] + v[i + 1] * b[j]) + (v[i + 2] * c[j] + v[i + 3] * d[j]);
  }
  for (; i < rows; i++) {
    const double *restrict a = A + i * stride;
    for (size_t j = 0; j < cols; j++) w[j] += v[i] * a[j];
  }
  /* A = A - v (tau w) */
  for (i = 0; i < rows; i++) {
    double *restrict a = A + i * stride;
    const double by = tau * v[i];
    for (size_t j = 0; j < cols; j++) a[j] -= by * w[j];
  }
}

void ur__rotate(double *restrict a, double *restrict b, size_t n, double c, double s) {
  for (size_t i = 0; i < n; i++) {
    const double x = a[i], y = b[i];
    a[i] = c * x + s * y;
    b[i] = c * y - s * x;
  }
}

double ur__rotation(double a, double b, double *c, double *s) {
  const double r = ur__hypot(a, b);
  *c = r > 0 ? a / r : 1;
  *s = r > 0 ? b / r : 0;
  return r;
}

void ur__transpose(double *out, const double *A, size_t m, size_t n) {
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++) out[j * m + i] = A[i * n + j];
}

int ur__turn(double *a, size_t n) {
  size_t at = 0;
  for (size_t i = 1; i < n; i++) at = fabs(a[i]) > fabs(a[at]) ? i : at;
  if (!(a[at] < 0)) return 0;
  for (size_t i = 0; i < n; i++) a[i] = -a[i];
  return 1;
}

ur_status ur__check_matrix(const char *name, const double *A, int m, int n) {
  if (m < 1 || n < 1 || m > UR_LINALG_MAX || n > UR_LINALG_MAX)
    return ur_fail(UR_E_SHAPE, name, "%s is [%d,%d]; rows and columns should be 1 to %d", name, m, n,
                   UR_LINALG_MAX);
  if (A == NULL) return ur_fail(UR_E_ARGUMENT, name, "%s is missing; give an array [%d,%d]", name, m, n);
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++)
      if (!(fabs(A[(size_t)i * (size_t)n + (size_t)j]) <= 1e300))
        return ur_fail(UR_E_NUMBER, name, "%s has no finite number below 1e300 in row %d, column %d", name,
                       i + 1, j + 1);
  return UR_OK;
}
