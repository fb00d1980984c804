/* A = P B Q^T with B upper bidiagonal, then B = S diag(s) T^T. A wide matrix is transposed before. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "rows.h"

#define SWEEPS 60 /* for one value; two are usual */

/* A [m,n] = P B Q^T, m >= n, and the rows of P^T and Q^T as B becomes diagonal */
typedef struct work {
  size_t m, n;
  double *A;            /* keeps the v of the reflections: of P below the diagonal, of Q right of B */
  double *d, *e;        /* [n], diagonal and what is right of it */
  double *left, *right; /* [n]: tau of the reflections of P and of Q */
  double *PT, *QT;      /* [n,m] and [n,n]; NULL where only values are asked for */
  double *room;         /* [m + n] */
} work;

static void bidiagonalise(work *w) {
  const size_t m = w->m, n = w->n;
  double *v = w->room;
  for (size_t k = 0; k < n; k++) {
    double *corner = w->A + k * n + k, *row = corner + 1;
    for (size_t i = 0; i < m - k; i++) v[i] = corner[i * n];
    w->d[k] = ur__reflector(v, m - k, &w->left[k]);
    for (size_t i = 1; i < m - k; i++) corner[i * n] = v[i];
    ur__reflect(row, n, m - k, n - k - 1, v, w->left[k], v + m);
    w->e[k] = w->right[k] = 0;
    if (k + 1 == n) break;
    w->e[k] = ur__reflector(row, n - k - 1, &w->right[k]);
    if (!(w->right[k] > 0)) continue;
    for (size_t i = 1; i < m - k; i++) {
      double *restrict a = row + i * n;
      const double by = w->right[k] * ur__dot(a, row, n - k - 1);
      for (size_t j = 0; j < n - k - 1; j++) a[j] -= by * row[j];
    }
  }
}

/* The first n columns of P, and Q, as rows. `A` is used up. spare [m,n] */
static void accumulate(work *w, double *spare) {
  const size_t m = w->m, n = w->n;
  double *v = w->room;
  memset(spare, 0, m * n * sizeof *spare);
  for (size_t i = 0; i < n; i++) spare[i * n + i] = 1;
  for (size_t k = n; k-- > 0;) {
    v[0] = 1;
    for (size_t i = 1; i < m - k; i++) v[i] = w->A[(k + i) * n + k];
    ur__reflect(spare + k * n + k, n, m - k, n - k, v, w->left[k], v + m);
  }
  ur__transpose(w->PT, spare, m, n);
  memset(spare, 0, n * n * sizeof *spare);
  for (size_t i = 0; i < n; i++) spare[i * n + i] = 1;
  for (size_t k = n - 1; k-- > 0;)
    ur__reflect(spare + (k + 1) * n + k + 1, n, n - k - 1, n - k - 1, w->A + k * n + k + 1, w->right[k], v);
  ur__transpose(w->QT, spare, n, n);
}

static void turn(double *rows, size_t i, size_t j, size_t size, double c, double s) {
  if (rows != NULL) ur__rotate(rows + i * size, rows + j * size, size, c, s);
}

/* d_k is 0: rotations of rows k and j > k take e_k away. */
static void clear_row(work *w, size_t k, size_t last) {
  double bulge = w->e[k], c, s;
  w->e[k] = 0;
  w->d[k] = 0;
  for (size_t j = k + 1; j <= last; j++) {
    w->d[j] = ur__rotation(w->d[j], bulge, &c, &s);
    bulge = -s * w->e[j];
    w->e[j] *= c;
    turn(w->PT, j, k, w->m, c, s);
  }
}

/* The last diagonal cell is 0: rotations of columns take e above it away. */
static void clear_column(work *w, size_t first, size_t last) {
  double bulge = w->e[last - 1], c, s;
  w->e[last - 1] = 0;
  w->d[last] = 0;
  for (size_t j = last; j-- > first;) {
    w->d[j] = ur__rotation(w->d[j], bulge, &c, &s);
    if (j > first) {
      bulge = -s * w->e[j - 1];
      w->e[j - 1] *= c;
    }
    turn(w->QT, j, last, w->n, c, s);
  }
}

/* The shift is the eigenvalue of the last two rows of B^T B that is nearer to the last cell; all is taken
 * relative to the largest cell there, as squares lose half of the exponents. */
static void sweep(work *w, size_t first, size_t last) {
  double *d = w->d, *e = w->e;
  double most = 0;
  for (size_t i = first; i <= last; i++) {
    most = fabs(d[i]) > most ? fabs(d[i]) : most;
    if (i < last) most = fabs(e[i]) > most ? fabs(e[i]) : most;
  }
  const double p = d[last - 1] / most, q = d[last] / most, f = e[last - 1] / most,
               before = last - 1 > first ? e[last - 2] / most : 0, top = d[first] / most;
  const double half = ((p - q) * (p + q) + (before - f) * (before + f)) / 2, b = p * f;
  const double size = ur__hypot(half, b), below = half + (half < 0 ? -size : size);
  const double shift = below != 0 ? b * (b / below) : 0; /* what is taken from the last cell q^2 + f^2 */
  double y = (top - q) * (top + q) - f * f + shift, z = top * (e[first] / most), c, s;
  for (size_t k = first; k < last; k++) {
    double r = ur__rotation(y, z, &c, &s);
    if (k > first) e[k - 1] = r;
    y = c * d[k] + s * e[k];
    e[k] = c * e[k] - s * d[k];
    z = s * d[k + 1];
    d[k + 1] *= c;
    turn(w->QT, k, k + 1, w->n, c, s);
    d[k] = ur__rotation(y, z, &c, &s);
    y = c * e[k] + s * d[k + 1];
    d[k + 1] = c * d[k + 1] - s * e[k];
    if (k + 1 < last) {
      z = s * e[k + 1];
      e[k + 1] *= c;
    }
    e[k] = y;
    turn(w->PT, k, k + 1, w->m, c, s);
  }
}

static int gone(const work *w, size_t k) {
  return fabs(w->e[k]) <= UR__EPS * (fabs(w->d[k]) + fabs(w->d[k + 1]));
}

static ur_status diagonalise(work *w) {
  int left = SWEEPS * (int)w->n;
  double size = 0;
  for (size_t i = 0; i < w->n; i++)
    size = fabs(w->d[i]) + fabs(w->e[i]) > size ? fabs(w->d[i]) + fabs(w->e[i]) : size;
  const double zero = UR__EPS * size;
  for (size_t last = w->n - 1; last > 0;) {
    if (gone(w, last - 1)) {
      w->e[--last] = 0;
      continue;
    }
    size_t first = last - 1;
    while (first > 0 && !gone(w, first - 1)) first--;
    if (left-- == 0) return ur_fail(UR_E_NUMBER, "A", "the singular values of A do not settle; scale it");
    size_t k = first;
    while (k < last && fabs(w->d[k]) > zero) k++;
    if (k < last)
      clear_row(w, k, last);
    else if (!(fabs(w->d[last]) > zero))
      clear_column(w, first, last);
    else
      sweep(w, first, last);
  }
  return UR_OK;
}

static void swap_rows(double *rows, size_t i, size_t j, size_t size, double *spare) {
  if (rows == NULL) return;
  memcpy(spare, rows + i * size, size * sizeof *rows);
  memcpy(rows + i * size, rows + j * size, size * sizeof *rows);
  memcpy(rows + j * size, spare, size * sizeof *rows);
}

/* None negative, descending. */
static void sort(work *w) {
  for (size_t i = 0; i < w->n; i++) {
    if (!(w->d[i] < 0)) continue;
    w->d[i] = -w->d[i];
    for (size_t j = 0; j < w->n && w->QT != NULL; j++) w->QT[i * w->n + j] = -w->QT[i * w->n + j];
  }
  for (size_t i = 0; i < w->n; i++) {
    size_t most = i;
    for (size_t j = i + 1; j < w->n; j++) most = w->d[j] > w->d[most] ? j : most;
    if (most == i) continue;
    const double kept = w->d[i];
    w->d[i] = w->d[most];
    w->d[most] = kept;
    swap_rows(w->PT, i, most, w->m, w->room);
    swap_rows(w->QT, i, most, w->n, w->room);
  }
}

ur_status ur_svd(const double *A, int m, int n, double *s, double *U, double *V) {
  const int wide = m < n;
  ur_status status = ur__check_matrix("A", A, m, n);
  if (status != UR_OK) return status;
  if (s == NULL) return ur_fail(UR_E_ARGUMENT, "s", "s is missing; give an array [%d]", wide ? m : n);
  if ((U == NULL) != (V == NULL))
    return ur_fail(UR_E_ARGUMENT, U == NULL ? "U" : "V", "give both U and V or neither");
  work w = {.m = (size_t)(wide ? n : m), .n = (size_t)(wide ? m : n), .d = s};
  const size_t cells = w.m * w.n, vectors = U != NULL ? cells : 0;
  w.A = ur__alloc_array(cells + vectors + 4 * w.n + w.m, sizeof *w.A);
  if (w.A == NULL)
    return ur_fail(UR_E_MEMORY, "A", "there is no memory left for the singular values of [%d,%d]", m, n);
  w.e = w.A + cells + vectors;
  w.left = w.e + w.n;
  w.right = w.left + w.n;
  w.room = w.right + w.n;
  w.PT = wide ? V : U;
  w.QT = wide ? U : V;
  if (wide)
    ur__transpose(w.A, A, w.n, w.m);
  else
    memcpy(w.A, A, cells * sizeof *A);
  bidiagonalise(&w);
  if (U != NULL) accumulate(&w, w.A + cells);
  status = diagonalise(&w);
  if (status == UR_OK) sort(&w);
  for (size_t i = 0; i < w.n && V != NULL; i++)
    if (ur__turn(V + i * (size_t)n, (size_t)n))
      for (int j = 0; j < m; j++) U[i * (size_t)m + (size_t)j] = -U[i * (size_t)m + (size_t)j];
  ur__free(w.A);
  return status;
}
