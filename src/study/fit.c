#include "unroll/fit.h"

#include <math.h>

#include "alloc.h"
#include "unroll/linalg.h"

double ur_polynomial(const double *w, int degree, double x) {
  double y = 0;
  for (int j = degree; j >= 0; j--) y = y * x + w[j];
  return y;
}

static double squares(const double *w, int degree, const ur_points *points) {
  double sum = 0;
  for (int i = 0; i < points->n; i++) {
    const double off = ur_polynomial(w, degree, points->x[i]) - points->t[i];
    sum += off * off;
  }
  return sum;
}

double ur_polynomial_rms(const double *w, int degree, const ur_points *points) {
  return points->n > 0 ? sqrt(squares(w, degree, points) / points->n) : 0;
}

static ur_status check(const ur_fit *fit, const ur_points *points) {
  if (fit->degree < 0 || fit->degree > UR_DEGREE_MAX)
    return ur_fail(UR_E_ARGUMENT, "degree", "the degree is %d; it should be 0 to %d", fit->degree,
                   UR_DEGREE_MAX);
  if (!(fit->lambda >= 0) || !isfinite(fit->lambda))
    return ur_fail(UR_E_ARGUMENT, "lambda", "lambda is %g; it should be 0 or more", fit->lambda);
  if (points->n < 1 || points->n > UR_FIT_POINTS_MAX)
    return ur_fail(UR_E_ARGUMENT, "points", "there are %d points; there should be 1 to %d", points->n,
                   UR_FIT_POINTS_MAX);
  for (int i = 0; i < points->n; i++)
    if (!(fabs(points->x[i]) <= 1e30 && fabs(points->t[i]) <= 1e30))
      return ur_fail(UR_E_NUMBER, "points", "point %d is (%g, %g); both should be finite and below 1e30",
                     i + 1, points->x[i], points->t[i]);
  return UR_OK;
}

static ur_status undetermined(const ur_fit *fit, const ur_points *points) {
  return ur_fail(
      UR_E_NUMBER, "points",
      "%d points do not determine the %d weights of degree %d: there are too few, or some are as good as at "
      "one place; lower the degree, move a point, or set a lambda",
      points->n, fit->degree + 1, fit->degree);
}

/* A [n,M+1] = (x_n^j), and the ridge of each weight [M+1] */
static void powers(const ur_fit *fit, const ur_points *points, double *A, double *ridge) {
  const int columns = fit->degree + 1;
  for (int i = 0; i < points->n; i++) {
    double *row = A + i * columns;
    row[0] = 1;
    for (int j = 1; j < columns; j++) row[j] = row[j - 1] * points->x[i];
  }
  for (int j = 0; j < columns; j++) ridge[j] = j == 0 && fit->spare_w0 ? 0 : fit->lambda;
}

static ur_status by_qr(const double *A, int n, int columns, const double *ridge, const double *t, double *w) {
  return ur_least_squares(A, n, columns, t, 1, ridge, w, NULL);
}

static ur_status by_normal_equations(const double *A, int n, int columns, const double *ridge,
                                     const double *t, double *w) {
  double G[(UR_DEGREE_MAX + 1) * (UR_DEGREE_MAX + 1)];
  for (int i = 0; i < columns; i++) {
    w[i] = 0;
    for (int k = 0; k < n; k++) w[i] += A[k * columns + i] * t[k];
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (int k = 0; k < n; k++) sum += A[k * columns + i] * A[k * columns + j];
      G[i * columns + j] = i == j ? sum + ridge[i] : sum;
    }
  }
  const ur_status status = ur_cholesky(G, columns, 0);
  return status == UR_OK ? ur_cholesky_solve(G, columns, w, 1) : status;
}

ur_status ur_fit_polynomial(const ur_fit *fit, ur_fit_by by, const ur_points *points, double *w) {
  double ridge[UR_DEGREE_MAX + 1];
  ur_status status = check(fit, points);
  if (status != UR_OK) return status;
  const int columns = fit->degree + 1;
  double *A = ur__alloc_array((size_t)points->n, (size_t)columns * sizeof *A);
  if (A == NULL) return ur_fail(UR_E_MEMORY, "points", "there is no memory left to fit %d points", points->n);
  powers(fit, points, A, ridge);
  status = (by == UR_FIT_QR ? by_qr : by_normal_equations)(A, points->n, columns, ridge, points->t, w);
  ur__free(A);
  return status == UR_E_SHAPE || status == UR_E_NUMBER ? undetermined(fit, points) : status;
}

ur_status ur_fit_validate(const ur_fit *fit, const ur_points *points, int folds, double *rms) {
  double w[UR_DEGREE_MAX + 1], sum = 0;
  ur_status status = check(fit, points);
  if (status != UR_OK) return status;
  if (folds < 2 || folds > points->n)
    return ur_fail(UR_E_ARGUMENT, "folds", "%d folds of %d points; take 2 to %d", folds, points->n,
                   points->n);
  const size_t n = (size_t)points->n;
  double *room = ur__alloc_array(n, 4 * sizeof *room);
  if (room == NULL)
    return ur_fail(UR_E_MEMORY, "points", "there is no memory left to validate %d points", points->n);
  double *x = room, *t = x + n, *left_x = t + n, *left_t = left_x + n;
  for (int fold = 0; fold < folds && status == UR_OK; fold++) {
    ur_points kept = {x, t, 0}, left = {left_x, left_t, 0};
    for (int i = 0; i < points->n; i++) {
      const int out = i % folds == fold, at = out ? left.n++ : kept.n++;
      (out ? left_x : x)[at] = points->x[i];
      (out ? left_t : t)[at] = points->t[i];
    }
    status = ur_fit_polynomial(fit, UR_FIT_QR, &kept, w);
    if (status == UR_OK) sum += squares(w, fit->degree, &left);
  }
  ur__free(room);
  if (status == UR_OK) *rms = sqrt(sum / points->n);
  return status;
}
