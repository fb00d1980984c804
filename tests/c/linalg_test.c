/* Matrices whose radius, factors and solutions are known; what is refused; the same bits on every target.
 * Against numpy: linalg_oracle_test.c. */
#include <string.h>

#include "alloc.h"
#include "check.h"
#include "hash.h"
#include "linalg.h"
#include "unroll/linalg.h"
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

static void fill(double *A, int cells, uint64_t seed) {
  ur_rng stream = ur_rng_stream(seed, "test", 0);
  for (int i = 0; i < cells; i++) A[i] = (double)ur_rng_normal(&stream);
}

/* 1, x, ... at m points evenly spaced in [0,1] */
static void powers(double *A, int m, int n) {
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) A[i * n + j] = j == 0 ? 1 : A[i * n + j - 1] * ((double)i / (m - 1));
}

/* Q R = A for every shape, Q^T Q = I, zeros below R, and single steps give the bits of all at once. */
static void test_qr(int m, int n) {
  double A[N * N], QR[N * N], stepped[N * N], tau[N], by_step[N], Q[N * N] = {0}, product[N * N];
  const int k = m < n ? m : n;
  fill(A, m * n, 5);
  memcpy(QR, A, sizeof A), memcpy(stepped, A, sizeof A);
  CHECK(ur_qr(QR, m, n, tau) == UR_OK);
  for (int s = 0; s < k; s++) CHECK(ur_qr_step(stepped, m, n, s, by_step) == UR_OK);
  CHECK(memcmp(QR, stepped, (size_t)(m * n) * sizeof *QR) == 0 &&
        memcmp(tau, by_step, (size_t)k * sizeof *tau) == 0);
  for (int i = 0; i < m; i++) Q[i * m + i] = 1;
  CHECK(ur_qr_apply(QR, m, n, tau, 0, Q, m) == UR_OK);
  for (int i = 0; i < m; i++)
    for (int j = 0; j < m; j++) {
      double dot = 0;
      for (int c = 0; c < m; c++) dot += Q[c * m + i] * Q[c * m + j];
      CHECK_NEAR(dot, i == j, 1e-14);
    }
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int c = 0; c <= j && c < m; c++) sum += Q[i * m + c] * QR[c * n + j];
      CHECK_NEAR(sum, A[i * n + j], 1e-13);
    }
  memcpy(product, A, sizeof A);
  CHECK(ur_qr_apply(QR, m, n, tau, 1, product, n) == UR_OK);
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) CHECK_NEAR(product[i * n + j], i <= j ? QR[i * n + j] : 0, 1e-13);
}

/* The course's own case, M = 9 through 10 points, with weights that are whole numbers: by QR they come back
 * to nine digits, by the normal equations to four. */
static void test_normal_equations(void) {
  enum { POINTS = 10 };
  double A[POINTS * POINTS], b[POINTS] = {0}, x[POINTS], G[POINTS * POINTS] = {0}, g[POINTS] = {0}, qr = 0,
                             normal = 0;
  powers(A, POINTS, POINTS);
  for (int i = 0; i < POINTS; i++)
    for (int j = 0; j < POINTS; j++) b[i] += A[i * POINTS + j] * (j % 2 ? -1 : 1) * (j + 1);
  CHECK(ur_least_squares(A, POINTS, POINTS, b, 1, NULL, x, NULL) == UR_OK);
  for (int i = 0; i < POINTS; i++)
    for (int j = 0; j < POINTS; j++) {
      for (int k = 0; k < POINTS; k++) G[i * POINTS + j] += A[k * POINTS + i] * A[k * POINTS + j];
      g[i] += A[j * POINTS + i] * b[j];
    }
  CHECK(ur_cholesky(G, POINTS, 0) == UR_OK && ur_cholesky_solve(G, POINTS, g, 1) == UR_OK);
  for (int j = 0; j < POINTS; j++) {
    const double right = (j % 2 ? -1 : 1) * (j + 1);
    qr = fmax(qr, fabs(x[j] - right) / fabs(right));
    normal = fmax(normal, fabs(g[j] - right) / fabs(right));
  }
  CHECK(qr < 1e-9);
  CHECK(normal > 1e-5 && normal < 1);
}

static void test_least_squares(void) {
  /* The line through (0,1), (1,3), (2,4), by hand: 7/6 + 3/2 x, 1/6 left; two right sides at once. */
  const double A[] = {1, 0, 1, 1, 1, 2}, B[] = {1, 2, 3, 2, 4, 2};
  double X[4], left[2];
  CHECK(ur_least_squares(A, 3, 2, B, 2, NULL, X, left) == UR_OK);
  CHECK_NEAR(X[0], 7.0 / 6, 1e-15);
  CHECK_NEAR(X[2], 1.5, 1e-15);
  CHECK_NEAR(X[1], 2, 1e-15);
  CHECK_NEAR(X[3], 0, 1e-15);
  CHECK_NEAR(left[0], 1.0 / 6, 1e-15);
  CHECK_NEAR(left[1], 0, 1e-15);
  /* min (x - 3)^2 + 2 x^2: x = 1, left 4 + 2 */
  CHECK(ur_least_squares((double[]){1}, 1, 1, (double[]){3}, 1, (double[]){2}, X, left) == UR_OK);
  CHECK_NEAR(X[0], 1, 1e-15);
  CHECK_NEAR(left[0], 6, 1e-14);
  /* a ridge on one unknown only: w_0 left out */
  CHECK(ur_least_squares(A, 3, 2, (double[]){1, 3, 4}, 1, (double[]){0, 1e30}, X, NULL) == UR_OK);
  CHECK_NEAR(X[0], 8.0 / 3, 1e-12);
  CHECK_NEAR(X[1], 0, 1e-12);
  /* columns of very different size are not dependent */
  const double uneven[] = {1, 1e-200, 1, 2e-200, 1, 3e-200};
  CHECK(ur_least_squares(uneven, 3, 2, (double[]){1, 2, 4}, 1, NULL, X, NULL) == UR_OK);
  CHECK_NEAR(X[1], 1.5e200, 1e187);
}

static void test_cholesky(void) {
  double A[N * N], G[N * N], b[N], back[N * N];
  fill(A, N * N, 9);
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      G[i * N + j] = 0;
      for (int k = 0; k < N; k++) G[i * N + j] += A[i * N + k] * A[j * N + k];
    }
  double L[N * N];
  memcpy(L, G, sizeof G);
  CHECK(ur_cholesky(L, N, 0.5) == UR_OK);
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      back[i * N + j] = 0;
      for (int k = 0; k < N; k++) back[i * N + j] += L[i * N + k] * L[j * N + k];
      CHECK_NEAR(back[i * N + j], G[i * N + j] + 0.5 * (i == j), 1e-12);
      if (j > i) CHECK(L[i * N + j] == 0);
    }
  for (int i = 0; i < N; i++) {
    b[i] = 0;
    for (int j = 0; j < N; j++) b[i] += back[i * N + j] * (j - 3);
  }
  CHECK(ur_cholesky_solve(L, N, b, 1) == UR_OK);
  for (int i = 0; i < N; i++) CHECK_NEAR(b[i], i - 3, 1e-9);
}

static int refused(ur_status status, ur_status expected, const char *node, const char *part) {
  const ur_error *error = ur_last_error();
  return status == expected && error->code == expected && strcmp(error->node, node) == 0 &&
         strstr(error->message, part) != NULL;
}

static void test_refused(void) {
  double A[4] = {1, 2, 2, 4}, x[4], room[16];
  const double b[2] = {1, 1}, bad[4] = {1, 2, 0.0 / 0.0, 4}, large[2] = {1, 1 / 0.0};
  /* shapes and what is missing */
  CHECK(refused(ur_qr(A, 0, 2, room), UR_E_SHAPE, "A", "[0,2]"));
  CHECK(refused(ur_qr(A, 2, UR_LINALG_MAX + 1, room), UR_E_SHAPE, "A", "4096"));
  CHECK(refused(ur_qr(NULL, 2, 2, room), UR_E_ARGUMENT, "A", "missing"));
  CHECK(refused(ur_qr(A, 2, 2, NULL), UR_E_ARGUMENT, "tau", "missing"));
  CHECK(refused(ur_qr_step(A, 2, 2, 2, room), UR_E_ARGUMENT, "k", "step 2"));
  CHECK(refused(ur_qr_step(A, 2, 2, -1, room), UR_E_ARGUMENT, "k", "step -1"));
  CHECK(refused(ur_qr_apply(A, 2, 2, NULL, 0, room, 1), UR_E_ARGUMENT, "tau", "missing"));
  CHECK(refused(ur_qr_apply(A, 2, 2, b, 0, room, 0), UR_E_SHAPE, "B", "[2,0]"));
  CHECK(refused(ur_least_squares(A, 1, 2, b, 1, NULL, x, NULL), UR_E_SHAPE, "A", "fewer equations"));
  CHECK(refused(ur_least_squares(A, 2, 2, b, 1, NULL, NULL, NULL), UR_E_ARGUMENT, "X", "missing"));
  CHECK(refused(ur_cholesky(A, -3, 0), UR_E_SHAPE, "A", "[-3,-3]"));
  CHECK(refused(ur_cholesky_solve(A, 2, NULL, 1), UR_E_ARGUMENT, "B", "missing"));
  CHECK(refused(ur_symmetric_eigen(A, 2, NULL, NULL), UR_E_ARGUMENT, "values", "missing"));
  CHECK(refused(ur_svd(A, 2, 2, NULL, NULL, NULL), UR_E_ARGUMENT, "s", "missing"));
  CHECK(refused(ur_svd(A, 2, 2, x, room, NULL), UR_E_ARGUMENT, "V", "both"));
  CHECK(refused(ur_svd(A, 2, 2, x, NULL, room), UR_E_ARGUMENT, "U", "both"));
  /* numbers */
  CHECK(refused(ur_qr((double[]){1, 2, 0.0 / 0.0, 4}, 2, 2, room), UR_E_NUMBER, "A", "row 2, column 1"));
  CHECK(refused(ur_least_squares(bad, 2, 2, b, 1, NULL, x, NULL), UR_E_NUMBER, "A", "row 2, column 1"));
  CHECK(refused(ur_least_squares(A, 2, 2, large, 1, NULL, x, NULL), UR_E_NUMBER, "B", "row 2, column 1"));
  CHECK(refused(ur_cholesky((double[]){1, 2, 0.0 / 0.0, 4}, 2, 0), UR_E_NUMBER, "A", "row 2, column 1"));
  CHECK(refused(ur_symmetric_eigen(bad, 2, x, NULL), UR_E_NUMBER, "A", "row 2, column 1"));
  CHECK(refused(ur_svd(bad, 2, 2, x, NULL, NULL), UR_E_NUMBER, "A", "row 2, column 1"));
  /* what has no answer */
  CHECK(refused(ur_least_squares(A, 2, 2, b, 1, NULL, x, NULL), UR_E_NUMBER, "A", "column 2"));
  CHECK(refused(ur_least_squares((double[]){0, 1, 0, 2}, 2, 2, b, 1, NULL, x, NULL), UR_E_NUMBER, "A",
                "column 1"));
  CHECK(ur_least_squares(A, 2, 2, b, 1, (double[]){1e-6, 1e-6}, x, NULL) == UR_OK);
  CHECK(refused(ur_least_squares(A, 2, 2, b, 1, (double[]){0, -1}, x, NULL), UR_E_ARGUMENT, "ridge",
                "ridge 2"));
  CHECK(refused(ur_least_squares((double[]){1e-300}, 1, 1, (double[]){1e100}, 1, NULL, x, NULL), UR_E_NUMBER,
                "X", "too large"));
  CHECK(refused(ur_cholesky((double[]){1, 2, 2, 1}, 2, 0), UR_E_NUMBER, "A", "pivot 2 is -3"));
  CHECK(refused(ur_cholesky(A, 2, 0), UR_E_NUMBER, "A", "pivot 2 is 0"));
  CHECK(ur_cholesky((double[]){1, 2, 2, 4}, 2, 1e-6) == UR_OK);
  CHECK(refused(ur_cholesky((double[]){1}, 1, -1), UR_E_ARGUMENT, "ridge", "-1"));
  CHECK(refused(ur_cholesky_solve((double[]){1, 0, 1, 0}, 2, x, 1), UR_E_NUMBER, "L", "column 2"));
  CHECK(refused(ur_svd((double[]){1, -1.1e300}, 1, 2, x, NULL, NULL), UR_E_NUMBER, "A", "row 1, column 2"));
  CHECK(refused(ur_symmetric_eigen((double[]){1, 2, 3, 4}, 2, x, NULL), UR_E_ARGUMENT, "A", "not symmetric"));
}

static void test_memory(void) {
  double A[4] = {2, 1, 1, 3}, x[4], room[4];
  const double b[2] = {1, 1};
  for (int call = 0; call < 6; call++) {
    ur__alloc_fail_after(0);
    const ur_status status = call == 0   ? ur_qr(A, 2, 2, room)
                             : call == 1 ? ur_qr_step(A, 2, 2, 0, room)
                             : call == 2 ? ur_qr_apply(A, 2, 2, b, 0, x, 1)
                             : call == 3 ? ur_least_squares(A, 2, 2, b, 1, NULL, x, NULL)
                             : call == 4 ? ur_symmetric_eigen(A, 2, x, NULL)
                                         : ur_svd(A, 2, 2, x, NULL, NULL);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_E_MEMORY && ur_last_error()->code == UR_E_MEMORY);
  }
}

/* Over all of it, on sizes that are no multiple of a lane: the same number from every compiler, level and
 * instruction set, or the page's numbers are not those of a link. */
static void test_bits(void) {
  enum { M = 23, K = 17 };
  double A[M * K], B[M], X[K], left, QR[M * K], tau[K], S[M * M], values[M], V[M * M], s[K], U[K * M],
      W[K * K];
  uint64_t hash = UR__FNV_START;
  fill(A, M * K, 3), fill(B, M, 4);
  memcpy(QR, A, sizeof A);
  CHECK(ur_qr(QR, M, K, tau) == UR_OK);
  CHECK(ur_least_squares(A, M, K, B, 1, NULL, X, &left) == UR_OK);
  for (int i = 0; i < M; i++)
    for (int j = 0; j < M; j++) {
      S[i * M + j] = 0;
      for (int k = 0; k < K; k++) S[i * M + j] += A[i * K + k] * A[j * K + k];
    }
  CHECK(ur_symmetric_eigen(S, M, values, V) == UR_OK);
  CHECK(ur_svd(A, M, K, s, U, W) == UR_OK);
  CHECK(ur_cholesky(S, M, 0.25) == UR_OK);
  const struct {
    const void *data;
    size_t size;
  } all[] = {{QR, sizeof QR}, {tau, sizeof tau}, {X, sizeof X}, {&left, sizeof left}, {values, sizeof values},
             {V, sizeof V},   {s, sizeof s},     {U, sizeof U}, {W, sizeof W},        {S, sizeof S}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) hash = ur__fnv1a(hash, all[i].data, all[i].size);
  if (!CHECK(hash == UINT64_C(0x6ca3764d509002d1))) printf("       0x%016llx\n", (unsigned long long)hash);
}

int main(void) {
  TEST("known eigenvalues") { test_known(); }
  TEST("made of known ones") { test_made(); }
  TEST("QR") {
    const int shapes[][2] = {{1, 1}, {1, 6}, {6, 1}, {5, 5}, {9, 4}, {4, 9}, {24, 24}, {23, 17}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) test_qr(shapes[i][0], shapes[i][1]);
  }
  TEST("least squares") { test_least_squares(); }
  TEST("normal equations lose digits") { test_normal_equations(); }
  TEST("Cholesky") { test_cholesky(); }
  TEST("refused") { test_refused(); }
  TEST("no memory") { test_memory(); }
  TEST("the same bits everywhere") { test_bits(); }
  return check_done();
}
