#include "vecmath.h"

/* Scores, weights and their gradients of ROWS queries at a time stand in rows padded to whole panels. All
 * five products are one: rows of a left operand, wherever its cells are, times panels of COLUMNS columns. */
#define ROWS    ((size_t)4)
#define COLUMNS ((size_t)8)

static size_t padded(size_t n) { return (n + COLUMNS - 1) / COLUMNS * COLUMNS; }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* ---- panels ---- */
/* `rows` rows of n cells become panels whose columns are the rows: cell (p, s) is a[s step + p]. */
static UR_NOINLINE void pack_rows(ur_real *packed, const ur_real *a, size_t step, size_t rows, size_t n) {
  for (size_t s = 0; s < rows; s += COLUMNS, packed += COLUMNS * n) {
    const size_t there = least(COLUMNS, rows - s);
    for (size_t c = 0; c < COLUMNS; c++) {
      const ur_real *row = a + (s + c) * step;
      for (size_t p = 0; p < n; p++) packed[p * COLUMNS + c] = c < there ? row[p] : 0;
    }
  }
}

/* The same rows with their cells as the columns: cell (s, c) is a[s step + c]. */
static UR_NOINLINE void pack_cells(ur_real *packed, const ur_real *a, size_t step, size_t rows, size_t n) {
  for (size_t j = 0; j < n; j += COLUMNS) {
    const size_t there = least(COLUMNS, n - j);
    for (size_t s = 0; s < rows; s++, packed += COLUMNS) {
      const ur_real *cells = a + s * step + j;
      if (there == COLUMNS) {
        v_store(packed, v_load(cells));
        v_store(packed + 4, v_load(cells + 4));
      } else {
        for (size_t c = 0; c < COLUMNS; c++) packed[c] = c < there ? cells[c] : 0;
      }
    }
  }
}

/* ---- products ---- */
/* C_rc = sum_p A_rp B_pc for p below the depth of row r: depth, and one more in every further row of a ragged
 * product, up to most. The first panel is the one of the first column. */
typedef struct product {
  ur_real *C;
  const ur_real *A, *panels;
  size_t columns, c_step, row_step, p_step, panel_step, depth, most;
  int ragged;
} product;

UR_INLINE size_t depth_of(const product *t, size_t r) {
  return t->ragged ? least(t->depth + r, t->most) : t->depth;
}

UR_INLINE void strip(const product *t, const size_t rows) {
  const ur_real *a[4];
  const size_t p_step = t->p_step, depth = t->depth;
  for (size_t r = 0; r < rows; r++) a[r] = t->A + r * t->row_step;
  for (size_t j = 0; j < t->columns; j += COLUMNS) {
    const ur_real *panel = t->panels + j / COLUMNS * t->panel_step;
    vec sum[4][2];
    for (size_t r = 0; r < rows; r++) sum[r][0] = sum[r][1] = v_zero();
    for (size_t p = 0, at = 0; p < depth; p++, at += p_step) {
      const vec left = v_load(panel + p * COLUMNS), right = v_load(panel + p * COLUMNS + 4);
      for (size_t r = 0; r < rows; r++) {
        const vec x = v_set1(a[r][at]);
        sum[r][0] = v_madd(sum[r][0], x, left);
        sum[r][1] = v_madd(sum[r][1], x, right);
      }
    }
    for (size_t r = 1; r < rows && t->ragged; r++)
      for (size_t p = depth; p < depth_of(t, r); p++) {
        const vec x = v_set1(a[r][p * p_step]);
        sum[r][0] = v_madd(sum[r][0], x, v_load(panel + p * COLUMNS));
        sum[r][1] = v_madd(sum[r][1], x, v_load(panel + p * COLUMNS + 4));
      }
    for (size_t r = 0; r < rows; r++) {
      ur_real *C = t->C + r * t->c_step + j;
      const size_t left = t->columns - j;
      if (left >= COLUMNS) {
        v_store(C, sum[r][0]);
        v_store(C + 4, sum[r][1]);
      } else {
        v_store_part(C, sum[r][0], least(left, 4));
        if (left > 4) v_store_part(C + 4, sum[r][1], left - 4);
      }
    }
  }
}

static UR_NOINLINE void strip_4(const product *t) { strip(t, 4); }
static UR_NOINLINE void strip_3(const product *t) { strip(t, 3); }
static UR_NOINLINE void strip_2(const product *t) { strip(t, 2); }
static UR_NOINLINE void strip_1(const product *t) { strip(t, 1); }

static void multiply(const product *t, size_t rows) {
  void (*const of[])(const product *) = {strip_1, strip_2, strip_3, strip_4};
  of[rows - 1](t);
}

/* ---- rows ---- */
/* In place, over whole vectors: beyond count the cells are -infinity first and weights of 0 after. The same
 * bits as UR_FN(softmax) of the first count. */
UR_INLINE void weigh(ur_real *e, size_t count, ur_real factor) {
  const size_t whole = (count + 3) / 4 * 4;
  const vec by = v_set1(factor);
  vec most = v_set1(-(ur_real)INFINITY), sums = v_zero();
  for (size_t i = 0; i < whole; i += 4) v_store(e + i, v_mul(v_load(e + i), by));
  for (size_t i = count; i < whole; i++) e[i] = -(ur_real)INFINITY;
  for (size_t i = 0; i < whole; i += 4) most = v_max(most, v_load(e + i));
  ur_real lane[4];
  v_store(lane, most);
  for (size_t l = 1; l < 4; l++) lane[0] = lane[0] > lane[l] ? lane[0] : lane[l];
  most = v_set1(lane[0]);
  for (size_t i = 0; i < whole; i += 4) {
    const vec x = v_exp(v_sub(v_load(e + i), most));
    sums = v_add(sums, x);
    v_store(e + i, x);
  }
  const vec sum = v_set1(v_sum(sums));
  for (size_t i = 0; i < whole; i += 4) v_store(e + i, v_flush(v_div(v_load(e + i), sum)));
}

static size_t count_of(const UR_FN(heads) * h, size_t t) {
  return h->causal ? least(h->visible, h->keys - h->queries + t + 1) : h->visible;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* Of a forward run: panels of keys and of values, and rows of scores. Of a backward one: panels of values,
 * and of keys or, later, of queries or of what arrives; weights and gradients of the scores of all rows. */
size_t UR_FN(heads_work)(size_t queries, size_t keys, size_t n, size_t m) {
  const size_t wide = padded(keys), longest = larger(queries, keys);
  return wide * n + padded(m) * keys + ROWS * wide + wide * m + longest * larger(padded(n), padded(m)) +
         2 * (queries + ROWS) * wide;
}

UR_NOINLINE void UR_FN(heads_forward)(const UR_FN(heads) * h, ur_real *y, ur_real *a, const ur_real *q,
                                      const ur_real *k, const ur_real *v, const ur_real *drop,
                                      ur_real *work) {
  const size_t S = h->keys, wide = padded(S), reached = count_of(h, h->queries - 1);
  ur_real *keys = work, *values = keys + wide * h->n, *rows = values + padded(h->m) * S;
  pack_rows(keys, k, h->k_step, reached, h->n);
  pack_cells(values, v, h->v_step, reached, h->m);
  for (size_t t = 0; t < h->queries; t += ROWS) {
    const size_t high = least(ROWS, h->queries - t), first = count_of(h, t), last = count_of(h, t + high - 1);
    /* e = q . k */
    multiply(&(product){.C = rows,
                        .A = q + t * h->q_step,
                        .panels = keys,
                        .columns = padded(last),
                        .c_step = wide,
                        .row_step = h->q_step,
                        .p_step = 1,
                        .panel_step = COLUMNS * h->n,
                        .depth = h->n},
             high);
    for (size_t r = 0; r < high; r++) {
      const size_t count = count_of(h, t + r);
      ur_real *row = rows + r * wide, *kept = a + (t + r) * S;
      weigh(row, count, h->factor);
      memcpy(kept, row, count * sizeof *row);
      memset(kept + count, 0, (S - count) * sizeof *row);
      if (drop) UR_FN(gated)(row, row, drop + (t + r) * S, count);
    }
    /* y = sum a v */
    multiply(&(product){.C = y + t * h->y_step,
                        .A = rows,
                        .panels = values,
                        .columns = h->m,
                        .c_step = h->y_step,
                        .row_step = wide,
                        .p_step = 1,
                        .panel_step = COLUMNS * reached,
                        .depth = first,
                        .most = last,
                        .ragged = 1},
             high);
  }
}

/* C_s = sum_t A_ts b_t over the queries t that look at key s: what a key or a value gets back. The first
 * query that looks at a block of keys begins its sums; what it does not look at has a 0 in A. */
static void give_back(const UR_FN(heads) * h, ur_real *C, size_t c_step, const ur_real *A, size_t wide,
                      const ur_real *b, size_t b_step, size_t n, ur_real *panels) {
  const size_t reached = count_of(h, h->queries - 1), ahead = h->keys - h->queries;
  pack_cells(panels, b, b_step, h->queries, n);
  for (size_t s = 0; s < reached; s += ROWS) {
    const size_t from = h->causal && s > ahead ? s - ahead : 0;
    multiply(&(product){.C = C + s * c_step,
                        .A = A + from * wide + s,
                        .panels = panels + from * COLUMNS,
                        .columns = n,
                        .c_step = c_step,
                        .row_step = 1,
                        .p_step = wide,
                        .panel_step = COLUMNS * h->queries,
                        .depth = h->queries - from},
             least(ROWS, reached - s));
  }
  for (size_t s = reached; s < h->keys; s++) memset(C + s * c_step, 0, n * sizeof *C);
}

UR_NOINLINE void UR_FN(heads_backward)(const UR_FN(heads) * h, ur_real *dq, ur_real *dk, ur_real *dv,
                                       const ur_real *dy, const ur_real *a, const ur_real *q,
                                       const ur_real *k, const ur_real *v, const ur_real *drop,
                                       ur_real *work) {
  const size_t S = h->keys, T = h->queries, wide = padded(S), reached = count_of(h, T - 1);
  ur_real *values = work, *panels = values + wide * h->m,
          *de = panels + larger(T, S) * larger(padded(h->n), padded(h->m)), *used = de + (T + ROWS) * wide;
  pack_rows(values, v, h->v_step, reached, h->m);
  if (dq) pack_cells(panels, k, h->k_step, reached, h->n);
  for (size_t t = 0; t < T; t += ROWS) {
    const size_t high = least(ROWS, T - t), first = count_of(h, t), last = count_of(h, t + high - 1);
    /* y = sum a v: da = dy . v */
    multiply(&(product){.C = de + t * wide,
                        .A = dy + t * h->y_step,
                        .panels = values,
                        .columns = padded(last),
                        .c_step = wide,
                        .row_step = h->y_step,
                        .p_step = 1,
                        .panel_step = COLUMNS * h->m,
                        .depth = h->m},
             high);
    for (size_t r = 0; r < high; r++) {
      const size_t count = count_of(h, t + r);
      ur_real *row = de + (t + r) * wide, *weights = used + (t + r) * wide;
      const ur_real *kept = a + (t + r) * S;
      memcpy(weights, kept, count * sizeof *kept);
      memset(weights + count, 0, (wide - count) * sizeof *kept);
      if (drop) {
        UR_FN(gated)(row, row, drop + (t + r) * S, count);
        UR_FN(gated)(weights, weights, drop + (t + r) * S, count);
      }
      /* a = softmax(e factor): de = factor a (da - sum da a) */
      UR_FN(softmax_backward)(row, row, kept, 1, count);
      UR_FN(scale)(row, row, h->factor, count);
      memset(row + count, 0, (wide - count) * sizeof *row);
    }
    /* e = q . k: dq = sum de k */
    if (dq)
      multiply(&(product){.C = dq + t * h->q_step,
                          .A = de + t * wide,
                          .panels = panels,
                          .columns = h->n,
                          .c_step = h->q_step,
                          .row_step = wide,
                          .p_step = 1,
                          .panel_step = COLUMNS * reached,
                          .depth = first,
                          .most = last,
                          .ragged = 1},
               high);
  }
  /* y = sum a v: dv = sum a dy; e = q . k: dk = sum de q */
  if (dv) give_back(h, dv, h->v_step, used, wide, dy, h->y_step, h->m, panels);
  if (dk) give_back(h, dk, h->k_step, de, wide, q, h->q_step, h->n, panels);
}
