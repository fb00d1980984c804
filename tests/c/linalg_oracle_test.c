/* Least squares, eigenvalues and singular values against numpy and exact fractions, on well- and
 * ill-conditioned matrices: the fixture of tests/oracle/linalg.py, every row of it. Each error is held
 * against the bound that unroll/linalg.h states. */
#include "oracle.h"
#include "rows.h"

typedef struct matrix {
  double *data; /* to be freed */
  int rows, cols;
} matrix;

static const ur__stored *stored(const ur__safetensors *file, const char *kind, const char *name,
                                const char *part) {
  char full[96];
  snprintf(full, sizeof full, "%s.%s.%s", kind, name, part);
  const ur__stored *tensor = ur__safetensors_find(file, full);
  return tensor != NULL && tensor->dtype == UR__F64 ? tensor : NULL;
}

static matrix read_matrix(const ur__safetensors *file, const char *kind, const char *name, const char *part) {
  const ur__stored *tensor = stored(file, kind, name, part);
  if (!CHECK(tensor != NULL && tensor->rank <= 2)) return (matrix){calloc(1, sizeof(double)), 1, 1};
  matrix out = {malloc(tensor->size), 1, (int)tensor->shape[tensor->rank - 1]};
  if (tensor->rank == 2) out.rows = (int)tensor->shape[0];
  memcpy(out.data, tensor->data, tensor->size);
  return out;
}

static double number(const ur__safetensors *file, const char *kind, const char *name, const char *part) {
  const matrix one = read_matrix(file, kind, name, part);
  const double value = one.data[0];
  free(one.data);
  return value;
}

static double largest(const double *a, int n) {
  double most = 0;
  for (int i = 0; i < n; i++) most = fabs(a[i]) > most ? fabs(a[i]) : most;
  return most;
}

/* The rows of V [k,n] are orthonormal. */
static void check_orthonormal(const char *name, const double *V, int k, int n) {
  double worst = 0;
  for (int i = 0; i < k; i++)
    for (int j = 0; j <= i; j++) {
      double dot = 0;
      for (int c = 0; c < n; c++) dot += V[i * n + c] * V[j * n + c];
      worst = fmax(worst, fabs(dot - (i == j)));
    }
  if (!CHECK(worst <= 8 * n * UR__EPS)) printf("       %s: %g from orthonormal\n", name, worst);
}

/* A [m,n] = sum_i s_i u_i v_i^T, relative to its norm. */
static void check_product(const char *name, const double *A, int m, int n, const double *s, const double *U,
                          const double *V, int k, double norm) {
  double worst = 0;
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int c = 0; c < k; c++) sum += U[c * m + i] * s[c] * V[c * n + j];
      worst = fmax(worst, fabs(sum - A[i * n + j]));
    }
  if (!CHECK(worst <= 4 * (m + n) * UR__EPS * norm)) printf("       %s: %g of %g\n", name, worst, norm);
}

static void check_values(const char *name, const double *ours, const double *theirs, int k, double bound) {
  for (int i = 0; i < k; i++)
    if (!CHECK(fabs(ours[i] - theirs[i]) <= bound))
      printf("       %s, value %d: %.17g against %.17g\n", name, i + 1, ours[i], theirs[i]);
}

static void check_turned(const char *name, const double *V, int k, int n) {
  for (int i = 0; i < k; i++) {
    int at = 0;
    for (int j = 1; j < n; j++) at = fabs(V[i * n + j]) > fabs(V[i * n + at]) ? j : at;
    if (!CHECK(V[i * n + at] > 0)) printf("       %s, vector %d\n", name, i + 1);
  }
}

static void test_eigen(const ur__safetensors *file, const char *name) {
  const matrix A = read_matrix(file, "eigen", name, "A"), theirs = read_matrix(file, "eigen", name, "values");
  const int n = A.rows;
  const double norm = largest(theirs.data, n);
  double *values = calloc((size_t)n, sizeof *values), *alone = calloc((size_t)n, sizeof *alone);
  double *V = calloc((size_t)n * (size_t)n, sizeof *V);
  CHECK(ur_symmetric_eigen(A.data, n, values, V) == UR_OK);
  CHECK(ur_symmetric_eigen(A.data, n, alone, NULL) == UR_OK);
  CHECK(memcmp(values, alone, (size_t)n * sizeof *values) == 0);
  check_values(name, values, theirs.data, n, 2 * n * UR__EPS * norm);
  check_orthonormal(name, V, n, n);
  check_turned(name, V, n, n);
  check_product(name, A.data, n, n, values, V, V, n, norm);
  for (int i = 1; i < n; i++) CHECK(values[i - 1] <= values[i]);
  free(A.data), free(theirs.data), free(values), free(alone), free(V);
}

static void test_svd(const ur__safetensors *file, const char *name) {
  const matrix A = read_matrix(file, "svd", name, "A"), theirs = read_matrix(file, "svd", name, "s");
  const int m = A.rows, n = A.cols, k = m < n ? m : n;
  double *s = calloc((size_t)k, sizeof *s), *alone = calloc((size_t)k, sizeof *alone);
  double *U = calloc((size_t)(k * m), sizeof *U), *V = calloc((size_t)(k * n), sizeof *V);
  CHECK(ur_svd(A.data, m, n, s, U, V) == UR_OK && ur_svd(A.data, m, n, alone, NULL, NULL) == UR_OK);
  CHECK(memcmp(s, alone, (size_t)k * sizeof *s) == 0);
  check_values(name, s, theirs.data, k, (m + n) * UR__EPS * theirs.data[0]);
  check_orthonormal(name, U, k, m);
  check_orthonormal(name, V, k, n);
  check_turned(name, V, k, n);
  check_product(name, A.data, m, n, s, U, V, k, theirs.data[0]);
  for (int i = 0; i < k; i++) CHECK(s[i] >= 0 && (i == 0 || s[i - 1] >= s[i]));
  free(A.data), free(theirs.data), free(s), free(alone), free(U), free(V);
}

/* Off by some n eps (condition + condition^2 |r| / (|A| |x|)) of |x|, the bound of Golub and Van Loan 5.3.7.
 */
static void test_squares(const ur__safetensors *file, const char *name) {
  const matrix A = read_matrix(file, "squares", name, "A"), B = read_matrix(file, "squares", name, "B"),
               theirs = read_matrix(file, "squares", name, "x");
  const double condition = number(file, "squares", name, "condition"),
               ridge = number(file, "squares", name, "ridge"), left = number(file, "squares", name, "left"),
               norm = number(file, "squares", name, "norm");
  const int n = A.cols;
  double *x = calloc((size_t)n, sizeof *x), *ridges = calloc((size_t)n, sizeof *ridges), squares = -1,
         error = 0, size = 0;
  for (int j = 0; j < n; j++) ridges[j] = ridge;
  CHECK(ur_least_squares(A.data, A.rows, n, B.data, 1, ridge > 0 ? ridges : NULL, x, &squares) == UR_OK);
  for (int j = 0; j < n; j++) {
    error += (x[j] - theirs.data[j]) * (x[j] - theirs.data[j]);
    size += theirs.data[j] * theirs.data[j];
  }
  const double steep = condition * condition * sqrt(left) / (norm * sqrt(size));
  if (!CHECK(sqrt(error / size) <= n * UR__EPS * (condition + steep)))
    printf("       %s: off by %g of its size, condition %g\n", name, sqrt(error / size), condition);
  /* the residual is off by some eps |A| |x| */
  const double off = n * UR__EPS * norm * sqrt(size);
  CHECK_NEAR(squares, left, (2 * sqrt(left) + off) * off + 1e-14 * left);
  free(A.data), free(B.data), free(theirs.data), free(x), free(ridges);
}

/* Every X of the tensors "kind.X.A". */
static int each(const ur__safetensors *file, const char *kind,
                void (*test)(const ur__safetensors *, const char *)) {
  int count = 0;
  for (int i = 0; i < file->tensor_count; i++) {
    const char *full = file->tensors[i].name;
    const size_t k = strlen(kind), size = strlen(full);
    char name[64];
    if (strncmp(full, kind, k) != 0 || full[k] != '.' || strcmp(full + size - 2, ".A") != 0) continue;
    snprintf(name, sizeof name, "%.*s", (int)(size - k - 3), full + k + 1);
    test(file, name);
    count++;
  }
  return count;
}

int main(void) {
  ur__safetensors file;
  uint8_t *bytes = open_oracle("linalg", &file);
  if (bytes == NULL) return check_done();
  TEST("eigenvalues") CHECK(each(&file, "eigen", test_eigen) == 13);
  TEST("singular values") CHECK(each(&file, "svd", test_svd) == 14);
  TEST("least squares") CHECK(each(&file, "squares", test_squares) == 8);
  ur__safetensors_free(&file);
  free(bytes);
  return check_done();
}
