/* A + ridge I = L L^T, row by row: l_ij = (a_ij - sum_(k<j) l_ik l_jk) / l_jj. */
#include <math.h>

#include "rows.h"

ur_status ur_cholesky(double *A, int n, double ridge) {
  if (!(ridge >= 0) || !isfinite(ridge))
    return ur_fail(UR_E_ARGUMENT, "ridge", "the ridge is %g; it should be 0 or more", ridge);
  const ur_status status = ur__check_matrix("A", A, n, n);
  if (status != UR_OK) return status;
  for (size_t i = 0; i < (size_t)n; i++) {
    double *row = A + i * (size_t)n;
    for (size_t j = 0; j < i; j++) {
      const double *other = A + j * (size_t)n;
      row[j] = (row[j] - ur__dot(row, other, j)) / other[j];
    }
    const double pivot = row[i] + ridge - ur__dot(row, row, i);
    if (!(pivot > 0))
      return ur_fail(UR_E_NUMBER, "A", "A is not positive definite: pivot %zu is %.3g; set a ridge", i + 1,
                     pivot);
    row[i] = sqrt(pivot);
    for (size_t j = i + 1; j < (size_t)n; j++) row[j] = 0;
  }
  return UR_OK;
}

ur_status ur_cholesky_solve(const double *L, int n, double *B, int k) {
  ur_status status = ur__check_matrix("L", L, n, n);
  if (status == UR_OK) status = ur__check_matrix("B", B, n, k);
  if (status != UR_OK) return status;
  const size_t N = (size_t)n, K = (size_t)k;
  for (size_t i = 0; i < N; i++)
    if (!(L[i * N + i] > 0))
      return ur_fail(UR_E_NUMBER, "L", "L has %.3g in row and column %zu; it should be positive",
                     L[i * N + i], i + 1);
  /* L Y = B, then L^T X = Y */
  for (size_t i = 0; i < N; i++) {
    for (size_t j = 0; j < i; j++)
      for (size_t c = 0; c < K; c++) B[i * K + c] -= L[i * N + j] * B[j * K + c];
    for (size_t c = 0; c < K; c++) B[i * K + c] /= L[i * N + i];
  }
  for (size_t i = N; i-- > 0;) {
    for (size_t j = i + 1; j < N; j++)
      for (size_t c = 0; c < K; c++) B[i * K + c] -= L[j * N + i] * B[j * K + c];
    for (size_t c = 0; c < K; c++) B[i * K + c] /= L[i * N + i];
  }
  return UR_OK;
}
