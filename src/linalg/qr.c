/* A = Q R by reflections: H_k ... H_1 A = R. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "rows.h"

static int smaller(int a, int b) { return a < b ? a : b; }

/* v [m-k] and work [n-k-1] */
static void step(double *A, size_t m, size_t n, size_t k, double *tau, double *v, double *work) {
  double *corner = A + k * n + k;
  for (size_t i = 0; i < m - k; i++) v[i] = corner[i * n];
  corner[0] = ur__reflector(v, m - k, tau);
  for (size_t i = 1; i < m - k; i++) corner[i * n] = v[i];
  ur__reflect(corner + 1, n, m - k, n - k - 1, v, *tau, work);
}

static void factor(double *A, int m, int n, double *tau, double *room) {
  for (int k = 0; k < smaller(m, n); k++) step(A, (size_t)m, (size_t)n, (size_t)k, &tau[k], room, room + m);
}

static void apply(const double *QR, size_t m, size_t n, const double *tau, int transposed, double *B,
                  size_t k, double *room) {
  const size_t steps = m < n ? m : n;
  for (size_t s = 0; s < steps; s++) {
    /* Q = H_1 H_2 ..., so that Q^T begins with H_1 and Q with the last */
    const size_t at = transposed ? s : steps - 1 - s;
    room[0] = 1;
    for (size_t i = at + 1; i < m; i++) room[i - at] = QR[i * n + at];
    ur__reflect(B + at * k, k, m - at, k, room, tau[at], room + m);
  }
}

static double *room_for(int m, int n) {
  double *room = ur__alloc_array((size_t)m + (size_t)n, sizeof *room);
  if (room == NULL) ur_fail(UR_E_MEMORY, "", "there is no memory left to reflect %d rows", m);
  return room;
}

ur_status ur_qr_step(double *A, int m, int n, int k, double *tau) {
  ur_status status = ur__check_matrix("A", A, m, n);
  if (status != UR_OK) return status;
  if (tau == NULL) return ur_fail(UR_E_ARGUMENT, "tau", "tau is missing; give an array [%d]", smaller(m, n));
  if (k < 0 || k >= smaller(m, n))
    return ur_fail(UR_E_ARGUMENT, "k", "step %d is out of range; there are %d", k, smaller(m, n));
  double *room = room_for(m, n);
  if (room == NULL) return UR_E_MEMORY;
  step(A, (size_t)m, (size_t)n, (size_t)k, &tau[k], room, room + m);
  ur__free(room);
  return UR_OK;
}

ur_status ur_qr(double *A, int m, int n, double *tau) {
  ur_status status = ur__check_matrix("A", A, m, n);
  if (status != UR_OK) return status;
  if (tau == NULL) return ur_fail(UR_E_ARGUMENT, "tau", "tau is missing; give an array [%d]", smaller(m, n));
  double *room = room_for(m, n);
  if (room == NULL) return UR_E_MEMORY;
  factor(A, m, n, tau, room);
  ur__free(room);
  return UR_OK;
}

ur_status ur_qr_apply(const double *QR, int m, int n, const double *tau, int transposed, double *B, int k) {
  ur_status status = ur__check_matrix("QR", QR, m, n);
  if (status == UR_OK) status = ur__check_matrix("tau", tau, 1, smaller(m, n));
  if (status == UR_OK) status = ur__check_matrix("B", B, m, k);
  if (status != UR_OK) return status;
  double *room = room_for(m, k);
  if (room == NULL) return UR_E_MEMORY;
  apply(QR, (size_t)m, (size_t)n, tau, transposed, B, (size_t)k, room);
  ur__free(room);
  return UR_OK;
}

/* ---- least squares ---- */

/* Of A [m,n]: the first column of which its reflections left nothing, from 0; n where all stand. */
static int dependent(const double *QR, int m, int n, const double *norms) {
  for (int j = 0; j < n; j++)
    if (!(fabs(QR[(size_t)j * (size_t)n + (size_t)j]) > (m > n ? m : n) * UR__EPS * norms[j])) return j;
  return n;
}

/* R X = the first n rows of B [.,k], in place of them. */
static void back_substitute(const double *R, size_t n, double *B, size_t k) {
  for (size_t i = n; i-- > 0;) {
    double *x = B + i * k;
    for (size_t j = i + 1; j < n; j++)
      for (size_t c = 0; c < k; c++) x[c] -= R[i * n + j] * B[j * k + c];
    for (size_t c = 0; c < k; c++) x[c] /= R[i * n + i];
  }
}

static ur_status solve(double *QR, int rows, int n, double *B, int k, double *norms, double *room) {
  double *tau = norms + n;
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < rows; i++) room[i] = QR[(size_t)i * (size_t)n + (size_t)j];
    norms[j] = ur__norm(room, (size_t)rows);
  }
  factor(QR, rows, n, tau, room);
  const int bad = dependent(QR, rows, n, norms);
  if (bad < n)
    return ur_fail(
        UR_E_NUMBER, "A",
        "column %d is a combination of those before it, so there is no one solution; leave it out or "
        "set a ridge",
        bad + 1);
  apply(QR, (size_t)rows, (size_t)n, tau, 1, B, (size_t)k, room);
  back_substitute(QR, (size_t)n, B, (size_t)k);
  for (size_t i = 0; i < (size_t)n * (size_t)k; i++)
    if (!isfinite(B[i]))
      return ur_fail(UR_E_NUMBER, "X", "the solution is too large for a double; scale A or B");
  return UR_OK;
}

static void left(const double *B, int rows, int n, int k, double *squares) {
  memset(squares, 0, (size_t)k * sizeof *squares);
  for (int i = n; i < rows; i++)
    for (int c = 0; c < k; c++) {
      const double b = B[(size_t)i * (size_t)k + (size_t)c];
      squares[c] += b * b;
    }
}

static ur_status check_ridge(const double *ridge, int n, int *count) {
  *count = 0;
  if (ridge == NULL) return UR_OK;
  const ur_status status = ur__check_matrix("ridge", ridge, 1, n);
  for (int j = 0; j < n && status == UR_OK; j++) {
    if (ridge[j] < 0)
      return ur_fail(UR_E_ARGUMENT, "ridge", "ridge %d is negative; it should be 0 or more", j + 1);
    *count += ridge[j] > 0;
  }
  return status;
}

ur_status ur_least_squares(const double *A, int m, int n, const double *B, int k, const double *ridge,
                           double *X, double *squares) {
  int extra;
  ur_status status = ur__check_matrix("A", A, m, n);
  if (status == UR_OK) status = ur__check_matrix("B", B, m, k);
  if (status == UR_OK) status = check_ridge(ridge, n, &extra);
  if (status != UR_OK) return status;
  if (X == NULL) return ur_fail(UR_E_ARGUMENT, "X", "X is missing; give an array [%d,%d]", n, k);
  const int rows = m + extra;
  if (rows < n)
    return ur_fail(UR_E_SHAPE, "A", "A is [%d,%d]: fewer equations than unknowns; add rows or set a ridge", m,
                   n);
  const size_t a = (size_t)rows * (size_t)n, b = (size_t)rows * (size_t)k,
               larger = (size_t)(n > k ? n : k) + (size_t)rows;
  double *QR = ur__alloc_array(a + b + 2 * (size_t)n + larger, sizeof *QR);
  if (QR == NULL) return ur_fail(UR_E_MEMORY, "A", "there is no memory left to solve [%d,%d]", m, n);
  double *right = QR + a, *norms = right + b, *row = QR + (size_t)m * (size_t)n;
  memcpy(QR, A, (size_t)m * (size_t)n * sizeof *QR);
  memcpy(right, B, (size_t)m * (size_t)k * sizeof *QR);
  for (int j = 0; j < n && extra > 0; j++) {
    if (!(ridge[j] > 0)) continue;
    row[j] = sqrt(ridge[j]);
    row += n;
  }
  status = solve(QR, rows, n, right, k, norms, norms + 2 * n);
  if (status == UR_OK) {
    memcpy(X, right, (size_t)n * (size_t)k * sizeof *X);
    if (squares != NULL) left(right, rows, n, k, squares);
  }
  ur__free(QR);
  return status;
}
