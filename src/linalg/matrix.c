#include "linalg.h"

#include <math.h>
#include <string.h>

static double norm(const double *a, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * a[i];
  return sqrt(sum);
}

static void scale(double *a, double by, size_t n) {
  for (size_t i = 0; i < n; i++) a[i] *= by;
}

/* C = A A */
static void square(double *C, const double *A, size_t n) {
  memset(C, 0, n * n * sizeof *C);
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++)
      for (size_t j = 0; j < n; j++) C[i * n + j] += A[i * n + k] * A[k * n + j];
}

double ur__spectral_radius(double *A, size_t n, double *work) {
  /* With A_0 = A, s_k = |A_k|, A_(k+1) = (A_k / s_k)^2: |A^(2^k)|^(1/2^k) = s_0 s_1^(1/2) ... s_k^(1/2^k) */
  double radius = 1, *now = A, *next = work;
  for (int k = 0; k <= 40; k++) {
    const double s = norm(now, n * n);
    if (!(s > 0)) return 0;
    double root = s;
    for (int i = 0; i < k; i++) root = sqrt(root);
    radius *= root;
    if (k > 4 && fabs(root - 1) < 1e-9) break;
    scale(now, 1 / s, n * n);
    square(next, now, n);
    double *kept = now;
    now = next;
    next = kept;
  }
  return radius;
}

void ur__orthonormalise(double *A, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double *row = A + i * n;
    const double before = norm(row, n);
    for (int pass = 0; pass < 2; pass++) {
      for (size_t j = 0; j < i; j++) {
        const double *other = A + j * n;
        double along = 0;
        for (size_t k = 0; k < n; k++) along += row[k] * other[k];
        for (size_t k = 0; k < n; k++) row[k] -= along * other[k];
      }
    }
    const double left = norm(row, n);
    scale(row, left > 1e-12 * before ? 1 / left : 0, n);
  }
}
