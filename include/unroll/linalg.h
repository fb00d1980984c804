/* unroll/linalg.h: small dense linear algebra in double: least squares by QR, Cholesky, symmetric
 * eigenvalues, singular values. From +, -, *, / and sqrt in a fixed order, so that every target gives the
 * same bits.
 *
 * Matrices are row-major, A[m,n] has m rows; sizes are 1 to 4096. The caller owns all arrays, and none may
 * overlap; what is needed in between is taken and given back. eps is 2^-52, |A| the largest singular value.
 * Every function refuses, before it writes anything: UR_E_SHAPE for a size out of range, UR_E_ARGUMENT for an
 * array that is missing, UR_E_NUMBER for a cell that is not finite or beyond 1e300, named by row and column
 * from 1, UR_E_MEMORY. What else a function refuses is said with it. Results are undefined after a failure.
 *
 * It is for matrices that a page can show: no blocking, no pivoting, nothing sparse or complex. */
#ifndef UNROLL_LINALG_H
#define UNROLL_LINALG_H

#include "unroll/status.h"

#define UR_LINALG_MAX 4096

/* ---- QR (Householder 1958; Golub and Van Loan, Matrix Computations, 5.2) ---- */

/* One step of A = Q R, column k from 0: the reflection H_k = I - tau_k v v^T, v_k = 1, that makes column k
 * zero below the diagonal, applied to it and to all columns on its right. v below its 1 takes the place of
 * the zeros. Steps 0 ... min(m-1,n)-1, in order, are ur_qr. tau[k] is 0 where there is nothing to reflect. A
 * [m,n] in place; UR_E_ARGUMENT for a k out of range. */
ur_status ur_qr_step(double *A, int m, int n, int k, double *tau);
/* All steps: R stands on and above the diagonal, the v below it; tau [min(m,n)]. |Q R - A| is at most some
 * m n eps |A|. */
ur_status ur_qr(double *A, int m, int n, double *tau);
/* B [m,k] = Q B, or with transposed != 0 Q^T B, with what ur_qr left behind; Q [m,m] itself is Q applied to
 * I. */
ur_status ur_qr_apply(const double *QR, int m, int n, const double *tau, int transposed, double *B, int k);

/* For each of the k columns b of B [m,k] the x that makes |A x - b|^2 + sum_j ridge_j x_j^2 least, X [n,k],
 * by QR of A with a row sqrt(ridge_j) e_j below it for each j: A^T A is never formed, so an error grows with
 * the condition of A and not with its square (Golub and Van Loan 5.3). ridge [n], none negative, or NULL for
 * 0; squares [k] or NULL: the sum of squares that is left, ridge counted. A and B are not changed. UR_E_SHAPE
 * for fewer rows than columns without a ridge; UR_E_NUMBER where a column is a combination of those before it
 * (what is left of it after them is below max(m,n) eps of it), naming the column. */
ur_status ur_least_squares(const double *A, int m, int n, const double *B, int k, const double *ridge,
                           double *X, double *squares);

/* ---- Cholesky (Golub and Van Loan 4.2) ---- */

/* A + ridge I = L L^T: A [n,n] in place, L on and below the diagonal, 0 above it. Only what is on and below
 * the diagonal is read. UR_E_NUMBER where a pivot is not positive: A + ridge I is not positive definite, or
 * not to the digits of a double; the message says which and how much. UR_E_ARGUMENT for a negative ridge. */
ur_status ur_cholesky(double *A, int n, double ridge);
/* B [n,k] becomes the solution X of L L^T X = B. */
ur_status ur_cholesky_solve(const double *L, int n, double *B, int k);

/* ---- symmetric eigenvalues ---- */

/* A = sum_i values_i v_i v_i^T, values [n] ascending, vectors [n,n] or NULL: row i is v_i, of length 1, the
 * first of its largest cells positive. To tridiagonal form by reflections, then QR with Wilkinson's shift
 * (Golub and Van Loan 8.3); an eigenvalue is off by at most some n eps |A|, the small ones too. UR_E_ARGUMENT
 * where A is not symmetric to 1e-12 of its largest cell, naming two cells. */
ur_status ur_symmetric_eigen(const double *A, int n, double *values, double *vectors);

/* ---- singular values ---- */

/* A [m,n] = sum_i s_i u_i v_i^T for i < r = min(m,n): s [r] descending, none negative; U [r,m] and V [r,n],
 * or NULL for both: row i is u_i, v_i, of length 1, the first of the largest cells of v_i positive; where s_i
 * is 0, any that complete the others. To bidiagonal form by reflections, then QR with Wilkinson's shift
 * (Golub and Kahan 1965; Golub and Van Loan 8.6); a value is off by at most some (m + n) eps |A|, the small
 * ones too. */
ur_status ur_svd(const double *A, int m, int n, double *s, double *U, double *V);

#endif
