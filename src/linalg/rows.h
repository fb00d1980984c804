/* linalg/rows.h: what QR, eigenvalues and SVD are made of: whole rows of doubles, each cell with its own sum,
 * so that a compiler may take several at once and the bits stay. */
#ifndef UNROLL_LINALG_ROWS_H
#define UNROLL_LINALG_ROWS_H

#include <stddef.h>

#include "unroll/linalg.h"

#define UR__EPS 2.220446049250313e-16 /* 2^-52 */

double ur__dot(const double *a, const double *b, size_t n); /* four lanes: (l0 + l2) + (l1 + l3) */
double ur__norm(const double *a, size_t n);                 /* of any size that a double has */
double ur__hypot(double a, double b);

/* Householder: x [n] becomes v, x[0] = 1, with (I - tau v v^T) x = (r, 0, ...). Returns r. */
double ur__reflector(double *x, size_t n, double *tau);
/* A [rows,cols] = (I - tau v v^T) A, rows `stride` apart; v [rows], work [cols]. */
void ur__reflect(double *A, size_t stride, size_t rows, size_t cols, const double *v, double tau,
                 double *work);
/* Rows a and b become c a + s b and c b - s a. */
void ur__rotate(double *a, double *b, size_t n, double c, double s);
/* (c, s) with c a + s b = r, c b - s a = 0. Returns r. */
double ur__rotation(double a, double b, double *c, double *s);

void ur__transpose(double *out, const double *A, size_t m, size_t n); /* out [n,m] */
/* Makes the first of the largest cells positive; 1 where the row has been turned. */
int ur__turn(double *a, size_t n);

/* UR_E_SHAPE, UR_E_ARGUMENT, UR_E_NUMBER as the public header says; `name` is the matrix's. */
ur_status ur__check_matrix(const char *name, const double *A, int m, int n);

#endif
