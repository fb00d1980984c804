/* The spectral radius of matrices whose eigenvalues are known, and rows made orthonormal. */
#include <string.h>

#include "check.h"
#include "linalg.h"
#include "unroll/rng.h"

enum { N = 24 };

static double radius(const double *A, size_t n) {
  double copy[N * N], work[N * N];
  memcpy(copy, A, n * n * sizeof *A);
  return ur__spectral_radius(copy, n, work);
}

static void multiply(double *C, const double *A, const double *B, int n) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      C[i * n + j] = 0;
      for (int k = 0; k < n; k++) C[i * n + j] += A[i * n + k] * B[k * n + j];
    }
}

static void test_known(void) {
  CHECK_NEAR(radius((double[]){-3}, 1), 3, 1e-12);
  CHECK_NEAR(radius((double[]){2, 1, 0, -5}, 2), 5, 1e-8);
  CHECK_NEAR(radius((double[]){0, -2, 2, 0}, 2), 2, 1e-8);               /* eigenvalues 2i and -2i */
  CHECK_NEAR(radius((double[]){1, 100, 0, 1}, 2), 1, 1e-6);              /* a Jordan block */
  CHECK_NEAR(radius((double[]){0, 1, 0, 0, 0, 1, 8, 0, 0}, 3), 2, 1e-8); /* the cube roots of 8 */
  CHECK(radius((double[]){0, 1, 0, 0}, 2) == 0 && radius((double[]){0, 0, 0, 0}, 2) == 0);
}

/* Q D Q^T with Q orthonormal has the eigenvalues of D; scaled, they scale. */
static void test_made(void) {
  double Q[N * N], D[N * N] = {0}, QT[N * N], part[N * N], A[N * N];
  ur_rng stream = ur_rng_stream(1, "test", 0);
  for (int i = 0; i < N * N; i++) Q[i] = ur_rng_normal(&stream);
  ur__orthonormalise(Q, N);
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) QT[j * N + i] = Q[i * N + j];
  multiply(part, Q, QT, N);
  for (int i = 0; i < N * N; i++) CHECK_NEAR(part[i], i % (N + 1) == 0, 1e-14);
  for (int i = 0; i < N; i++) D[i * N + i] = (i % 2 ? -1 : 1) * 0.1 * i;
  multiply(part, Q, D, N);
  multiply(A, part, QT, N);
  CHECK_NEAR(radius(A, N), 0.1 * (N - 1), 1e-8);
  CHECK_NEAR(radius(Q, N), 1, 1e-9);
  for (int i = 0; i < N * N; i++) A[i] *= 1e-3;
  CHECK_NEAR(radius(A, N), 1e-4 * (N - 1), 1e-11);
  double twice[] = {1, 2, 2, 4};
  ur__orthonormalise(twice, 2);
  CHECK(twice[2] == 0 && twice[3] == 0);
}

int main(void) {
  TEST("known eigenvalues") { test_known(); }
  TEST("made of known ones") { test_made(); }
  return check_done();
}
