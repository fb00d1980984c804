#include "vec.h"

/* B is packed into panels of PANEL columns, each k rows of PANEL contiguous cells, the last one filled up
 * with zeros. A tile of C is held in registers while k runs; k is cut into blocks so that a panel's block
 * stays in the first-level cache, and a tile takes up its sums where the block before left them: still one
 * accumulator over k ascending. Rows beyond a multiple of four go through tiles that are wider instead of
 * higher. */
#define PANEL ((size_t)8)
#define BLOCK ((size_t)256)

size_t UR_FN(matmul_pack_size)(size_t k, size_t n) { return (n + PANEL - 1) / PANEL * PANEL * k; }

UR_NOINLINE void UR_FN(matmul_pack)(ur_real *packed, const ur_real *B, size_t k, size_t n, int tb) {
  const size_t row_step = tb ? 1 : n, column_step = tb ? k : 1;
  for (size_t j = 0; j < n; j += PANEL, packed += PANEL * k) {
    if (n - j < PANEL) {
      for (size_t p = 0; p < k; p++)
        for (size_t c = 0; c < PANEL; c++)
          packed[p * PANEL + c] = c < n - j ? B[p * row_step + (j + c) * column_step] : 0;
    } else if (tb) {
      const ur_real *b = B + j * k;
      const ur_real *b1 = b + k, *b2 = b1 + k, *b3 = b2 + k, *b4 = b3 + k, *b5 = b4 + k, *b6 = b5 + k,
                    *b7 = b6 + k;
      for (size_t p = 0; p < k; p++) {
        ur_real *to = packed + p * PANEL;
        to[0] = b[p], to[1] = b1[p], to[2] = b2[p], to[3] = b3[p];
        to[4] = b4[p], to[5] = b5[p], to[6] = b6[p], to[7] = b7[p];
      }
    } else {
      for (size_t p = 0; p < k; p++) {
        v_store(packed + p * PANEL, v_load(B + p * n + j));
        v_store(packed + p * PANEL + 4, v_load(B + p * n + j + 4));
      }
    }
  }
}

/* One block of k of the whole product. A's cell (i, p) is A[i row_step + p k_step]. */
typedef struct product {
  ur_real *C;
  const ur_real *A, *packed;
  size_t n, row_step, k_step, panel_step, depth;
  int go_on; /* not the first block */
} product;

/* The tile of C from (i, j): rows x 8 panels. rows and panels are constants at every call, so that the arrays
 * are registers. At the right edge of C a tile lives in `edge` and only its real columns are copied. */
UR_INLINE void tile(const product *t, size_t i, size_t j, const size_t rows, const size_t panels) {
  const size_t wide = panels * PANEL, vecs = 2 * panels, width = t->n - j < wide ? t->n - j : wide;
  const size_t k_step = t->k_step, depth = t->depth;
  ur_real edge[4 * 8 * 4] = {0}, *C = t->C + i * t->n + j, *to = C;
  size_t ldc = t->n;
  if (width < wide) {
    to = edge;
    ldc = wide;
    for (size_t r = 0; r < rows && t->go_on; r++)
      for (size_t c = 0; c < width; c++) edge[r * wide + c] = C[r * t->n + c];
  }
  vec sum[4][8];
  const ur_real *a[4], *panel[4];
  for (size_t r = 0; r < rows; r++) a[r] = t->A + (i + r) * t->row_step;
  for (size_t c = 0; c < panels; c++) panel[c] = t->packed + (j / PANEL + c) * t->panel_step;
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < vecs; c++) sum[r][c] = t->go_on ? v_load(to + r * ldc + 4 * c) : v_zero();
  for (size_t p = 0, at = 0; p < depth; p++, at += k_step) {
    vec b[8];
    for (size_t c = 0; c < vecs; c++) b[c] = v_load(panel[c / 2] + p * PANEL + 4 * (c % 2));
    for (size_t r = 0; r < rows; r++) {
      vec x = v_set1(a[r][at]);
      for (size_t c = 0; c < vecs; c++) sum[r][c] = v_madd(sum[r][c], x, b[c]);
    }
  }
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < vecs; c++) v_store(to + r * ldc + 4 * c, sum[r][c]);
  if (width < wide)
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < width; c++) C[r * t->n + c] = edge[r * wide + c];
}

static UR_NOINLINE void tile_4x8(const product *t, size_t i, size_t j) { tile(t, i, j, 4, 1); }
static UR_NOINLINE void tile_3x8(const product *t, size_t i, size_t j) { tile(t, i, j, 3, 1); }
static UR_NOINLINE void tile_2x16(const product *t, size_t i, size_t j) { tile(t, i, j, 2, 2); }
static UR_NOINLINE void tile_2x8(const product *t, size_t i, size_t j) { tile(t, i, j, 2, 1); }
static UR_NOINLINE void tile_1x32(const product *t, size_t i, size_t j) { tile(t, i, j, 1, 4); }
static UR_NOINLINE void tile_1x8(const product *t, size_t i, size_t j) { tile(t, i, j, 1, 1); }

UR_NOINLINE void UR_FN(matmul_packed)(ur_real *C, const ur_real *A, const ur_real *packed, size_t m, size_t k,
                                      size_t n, int ta) {
  const size_t high = m / 4 * 4, rest = m - high;
  product t = {.C = C, .n = n, .row_step = ta ? 1 : k, .k_step = ta ? m : 1, .panel_step = PANEL * k};
  if (m == 0 || n == 0) return;
  size_t p = 0;
  do {
    t.A = A + p * t.k_step;
    t.packed = packed + p * PANEL;
    t.depth = k - p < BLOCK ? k - p : BLOCK;
    t.go_on = p > 0;
    size_t j;
    for (j = 0; j < n && high > 0; j += PANEL)
      for (size_t i = 0; i < high; i += 4) tile_4x8(&t, i, j);
    j = 0;
    if (rest == 1)
      for (; j < n && n - j > 3 * PANEL; j += 4 * PANEL) tile_1x32(&t, high, j);
    else if (rest == 2)
      for (; j < n && n - j > PANEL; j += 2 * PANEL) tile_2x16(&t, high, j);
    for (; j < n && rest > 0; j += PANEL) {
      if (rest == 1) tile_1x8(&t, high, j);
      if (rest == 2) tile_2x8(&t, high, j);
      if (rest == 3) tile_3x8(&t, high, j);
    }
    p += t.depth;
  } while (p < k);
}

UR_NOINLINE void UR_FN(matmul)(ur_real *C, const ur_real *A, const ur_real *B, size_t m, size_t k, size_t n,
                               int ta, int tb, ur_real *workspace) {
  UR_FN(matmul_pack)(workspace, B, k, n, tb);
  UR_FN(matmul_packed)(C, A, workspace, m, k, n, ta);
}
