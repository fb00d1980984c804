/* unroll/fit.h: the first net there is: a polynomial y(x, w) = sum_j w_j x^j of degree M, linear in its
 * weights, and the one w that makes the error least.
 *
 *   E(w) = 1/2 sum_n (y(x_n, w) - t_n)^2 + lambda/2 sum_j w_j^2        E_RMS = sqrt(1/N sum_n (y(x_n, w) -
 * t_n)^2)
 *
 * Pure functions of their arguments, in double, the same bits on every target. Arrays are the caller's. */
#ifndef UNROLL_FIT_H
#define UNROLL_FIT_H

#include "unroll/status.h"

#define UR_DEGREE_MAX     9
#define UR_FIT_POINTS_MAX 1000

typedef struct ur_points {
  const double *x, *t; /* [n] */
  int n;
} ur_points;

/* The course's points: t = sin(2 pi x) + noise N(0,1), x evenly spaced in [0,1] or, with evenly == 0, drawn
 * from it. Number `set` of this seed: 0 to train on, 1 to validate, 2 to test, ... x, t [n]. UR_E_ARGUMENT
 * for n outside 1..UR_FIT_POINTS_MAX and a noise that is negative or not finite. */
ur_status ur_curve_points(uint64_t seed, uint64_t set, int n, double noise, int evenly, double *x, double *t);

typedef struct ur_fit {
  int degree;    /* M, 0 to UR_DEGREE_MAX */
  double lambda; /* 0: none. What is written ln lambda is this number's logarithm */
  int spare_w0;  /* 1: w_0, where the curve begins, is not drawn to 0 */
} ur_fit;

/* How the least error is found: by QR of the points' powers, or by the normal equations (A^T A + lambda I) w
 * = A^T t and Cholesky, whose condition is the square: there to be compared with. */
typedef enum ur_fit_by { UR_FIT_QR, UR_FIT_NORMAL_EQUATIONS } ur_fit_by;

/* w [degree + 1]. UR_E_ARGUMENT for a degree, lambda or number of points out of range; UR_E_NUMBER for a
 * point that is not finite, and where the points do not determine w: too few places, or as good as one; the
 * message says what to do. UR_E_MEMORY. */
ur_status ur_fit_polynomial(const ur_fit *fit, ur_fit_by by, const ur_points *points, double *w);
double ur_polynomial(const double *w, int degree, double x); /* Horner */
/* E_RMS over the points; 0 for none. */
double ur_polynomial_rms(const double *w, int degree, const ur_points *points);

/* S-fold cross-validation: point n is left out in run n mod S, where w is fitted to the others; E_RMS over
 * all points, each as left out. S = N leaves out one at a time. Errors as above; UR_E_ARGUMENT for an S
 * outside 2..N. */
ur_status ur_fit_validate(const ur_fit *fit, const ur_points *points, int folds, double *rms);

#endif
