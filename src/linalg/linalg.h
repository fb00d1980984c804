/* linalg/linalg.h: small dense linear algebra in double precision, from +, -, *, / and sqrt only, so that
 * every target gives the same bits. Square matrices are row-major [n,n]. */
#ifndef UNROLL_LINALG_LINALG_H
#define UNROLL_LINALG_LINALG_H

#include <stddef.h>

/* The largest |eigenvalue| of A, complex ones included, as the limit of |A^k|^(1/k) (Gelfand 1941): A is
 * squared until the value stands to 1e-9 of itself, at most 40 times; about 2 n^3 operations each. A is
 * overwritten; work: n * n. 0 where a power is 0. */
double ur__spectral_radius(double *A, size_t n, double *work);

/* Makes the rows of A orthonormal, each against those before it, twice (Gram and Schmidt; twice is enough,
 * Giraud et al. 2005). A row that is a combination of those before it becomes 0. */
void ur__orthonormalise(double *A, size_t n);

#endif
