/* simd/kernels.h: the arithmetic of the core, written once over the vector vocabulary (vec.h) and compiled
 * twice: float (scalar with four emulated lanes, SSE2 or simd128: the same bits) and, with UR_DOUBLE, double
 * for gradient checks. Every caller of these is itself a template, compiled with and without UR_DOUBLE.
 *
 * Canonical arithmetic, which no blocking or packing changes:
 *  - a cell of a matrix product is one accumulator from +0 over k ascending, a multiply then an add;
 *  - a reduction over a row goes over four lanes (lane i takes cells i, i+4, ...; the tail fills lanes 0..2),
 *    then (l0 + l2) + (l1 + l3);
 *  - max(a,b) = a > b ? a : b, as SSE2's maxps: where one is NaN, the second operand;
 *  - results smaller than FLT_MIN in size are flushed to +0 where a comment says "flushed" (never in double).
 * All pointers are unaligned-safe; outputs may alias inputs only where said. Kernels are noinline. */
#ifndef UNROLL_SIMD_KERNELS_H
#define UNROLL_SIMD_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef UR_DOUBLE
typedef double ur_real;
#define UR_FN(name) ur__f64_##name
#else
typedef float ur_real;
#define UR_FN(name) ur__f32_##name
#endif

/* ---- matrix product: C [m,n], each of A and B possibly read transposed ----
 * ta: A is stored [k,m]; tb: B is stored [n,k]. C never aliases A or B.
 * B is packed once into panels (pack) and may serve many products (packed): W_h over all time steps. */
size_t UR_FN(matmul_pack_size)(size_t k, size_t n); /* reals */
void UR_FN(matmul_pack)(ur_real *packed, const ur_real *B, size_t k, size_t n, int tb);
void UR_FN(matmul_packed)(ur_real *C, const ur_real *A, const ur_real *packed, size_t m, size_t k, size_t n,
                          int ta);
/* pack and product in one; workspace of matmul_pack_size(k, n). */
void UR_FN(matmul)(ur_real *C, const ur_real *A, const ur_real *B, size_t m, size_t k, size_t n, int ta,
                   int tb, ur_real *workspace);

/* ---- elementwise over n cells; out may alias an input ---- */
void UR_FN(add)(ur_real *out, const ur_real *a, const ur_real *b, size_t n);
void UR_FN(mul)(ur_real *out, const ur_real *a, const ur_real *b, size_t n);
void UR_FN(scale)(ur_real *out, const ur_real *a, ur_real s, size_t n);
/* out = a b, flushed: what passes a gate, forwards and backwards */
void UR_FN(gated)(ur_real *out, const ur_real *a, const ur_real *b, size_t n);
/* The same on each row: out = a row, flushed */
void UR_FN(gated_rows)(ur_real *out, const ur_real *a, const ur_real *row, size_t rows, size_t n);
/* out = a + row on each row */
void UR_FN(add_rows)(ur_real *out, const ur_real *a, const ur_real *row, size_t rows, size_t n);
/* column sums, rows ascending, one accumulator */
void UR_FN(sum_rows)(ur_real *out, const ur_real *a, size_t rows, size_t n);
void UR_FN(tanh)(ur_real *out, const ur_real *a, size_t n);
void UR_FN(sigmoid)(ur_real *out, const ur_real *a, size_t n);
void UR_FN(relu)(ur_real *out, const ur_real *a, size_t n); /* a <= 0 ? +0 : a; NaN stays NaN */
void UR_FN(exp)(ur_real *out, const ur_real *a, size_t n);
void UR_FN(log)(ur_real *out, const ur_real *a, size_t n);
/* dx = dy * f'(x) from the output y; flushed */
void UR_FN(tanh_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t n);
void UR_FN(sigmoid_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t n);
void UR_FN(relu_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t n);
/* out = a Phi(a), Phi the share of a normal distribution below a; flushed; NaN stays NaN, as -infinity
 * becomes. Backwards from the input x: at 0 the slope is 1/2. */
void UR_FN(gelu)(ur_real *out, const ur_real *a, size_t n);
void UR_FN(gelu_backward)(ur_real *dx, const ur_real *dy, const ur_real *x, size_t n);
/* z = (a + w) + b per row, h = f(z): the last three operations of an RNN step. a, w, h [rows,n]; b [n].
 * f: 0 tanh, 1 sigmoid, 2 relu. h may alias a or w. */
void UR_FN(rnn_step)(ur_real *h, const ur_real *a, const ur_real *w, const ur_real *b, size_t rows, size_t n,
                     int f);

/* ---- gates: a step of an LSTM or a GRU, all of it after the products with the weights ----
 * hold [4] or [3]: a gate whose entry is at most 1 has that value everywhere and no gradient. */
/* z = (a + w) + b per row, gates i, f, g, o = sigmoid, sigmoid, tanh, sigmoid of the quarters of z,
 * c = f c_before + i g (products flushed), tanh_c = tanh(c), h = o tanh_c (flushed).
 * a, w, gates [rows,4n]; b [4n]; the rest [rows,n]. gates may alias a or w. */
void UR_FN(lstm_step)(ur_real *gates, ur_real *c, ur_real *tanh_c, ur_real *h, const ur_real *a,
                      const ur_real *w, const ur_real *b, const ur_real *c_before, size_t rows, size_t n,
                      const double *hold);
/* dz [rows,4n] from dh; dc [rows,n] comes in from step t + 1 and leaves for step t - 1. All flushed. */
void UR_FN(lstm_step_backward)(ur_real *dz, ur_real *dc, const ur_real *dh, const ur_real *gates,
                               const ur_real *tanh_c, const ur_real *c_before, size_t rows, size_t n,
                               const double *hold);
/* x = w + b, u = a_n + b_n; gates r, z, n = sigmoid(a_r + x_r), sigmoid(a_z + x_z), tanh(x_n + r u),
 * h = (1 - z) n + z h_before (products flushed). a, w, gates [rows,3n]; b [3n]; b_n [n]; u, h, h_before
 * [rows,n]. gates may alias a or w. */
void UR_FN(gru_step)(ur_real *gates, ur_real *u, ur_real *h, const ur_real *a, const ur_real *w,
                     const ur_real *b, const ur_real *b_n, const ur_real *h_before, size_t rows, size_t n,
                     const double *hold);
/* dx and da [rows,3n], of x and of a, from dh [rows,n]; dh leaves as what goes to h_before past the weights.
 * All flushed. */
void UR_FN(gru_step_backward)(ur_real *dx, ur_real *da, ur_real *dh, const ur_real *gates, const ur_real *u,
                              const ur_real *h_before, size_t rows, size_t n, const double *hold);

/* ---- rows ---- */
/* e^(x - max) / sum; flushed; out may alias a */
void UR_FN(softmax)(ur_real *out, const ur_real *a, size_t rows, size_t n);
/* y (dy - sum dy y); flushed; dx may alias dy or y */
void UR_FN(softmax_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, size_t rows, size_t n);
ur_real UR_FN(sum)(const ur_real *a, size_t n);
ur_real UR_FN(sum_squares)(const ur_real *a, size_t n);
ur_real UR_FN(dot)(const ur_real *a, const ur_real *b, size_t n);
/* The first i for which a[i] is NaN or infinite; n where all are finite */
size_t UR_FN(first_bad)(const ur_real *a, size_t n);

/* ---- attention: one query over `count` rows of n cells, each `step` cells after the one before ---- */
/* out [count]: query . key, a row reduction */
void UR_FN(scores)(ur_real *out, const ur_real *query, const ur_real *keys, size_t step, size_t count,
                   size_t n);
/* out [n] = sum_s weights[s] values_s, s ascending, one accumulator from +0 */
void UR_FN(weighted_sum)(ur_real *out, const ur_real *weights, const ur_real *values, size_t step,
                         size_t count, size_t n);
/* row_s += scales[s] a for every s: what a query sends back to the rows it looked at */
void UR_FN(add_scaled)(ur_real *rows, const ur_real *scales, const ur_real *a, size_t step, size_t count,
                       size_t n);

/* ---- heads: a query for each of many rows, over keys of which a row may look at the first few ----
 * Cells of a head are together in a row; rows are `step` cells apart, those of one sequence and its next
 * step. Row t looks at count_t = min(visible, causal ? keys - queries + t + 1 : keys) keys, at least one of
 * them: e_ts = (q_t . k_s) factor, one accumulator over the cells ascending, then one product a_t = softmax
 * of the first count_t of e_t, as ur_softmax, and exactly 0 beyond y_t = sum_s a_ts v_s, s ascending, one
 * accumulator from +0 Nothing beyond count_t is looked at; what is computed beyond it is no more than shares
 * a vector with it. */
typedef struct UR_FN(heads) {
  size_t queries, keys, visible; /* visible: 1..keys */
  int causal;
  size_t n, m; /* cells of a query and a key; of a value */
  size_t q_step, k_step, v_step, y_step;
  ur_real factor;
} UR_FN(heads);
size_t UR_FN(heads_work)(size_t queries, size_t keys, size_t n, size_t m); /* reals, for both */
/* y and a [queries,keys]; drop [queries,keys], or NULL: what the weights are multiplied with before the sum,
 * after they are kept */
void UR_FN(heads_forward)(const UR_FN(heads) * h, ur_real *y, ur_real *a, const ur_real *q, const ur_real *k,
                          const ur_real *v, const ur_real *drop, ur_real *work);
/* dq, dk, dv, each overwritten in the cells of this head, or NULL; dy is laid out as y, dq as q, ... */
void UR_FN(heads_backward)(const UR_FN(heads) * h, ur_real *dq, ur_real *dk, ur_real *dv, const ur_real *dy,
                           const ur_real *a, const ur_real *q, const ur_real *k, const ur_real *v,
                           const ur_real *drop, ur_real *work);

/* ---- norms: each row by itself (Ba et al. 2016) ---- */
/* out = a - mean; out may alias a */
void UR_FN(center)(ur_real *out, const ur_real *a, size_t rows, size_t n);
/* out = a r, r = 1 / sqrt(mean of a^2 + epsilon); r is kept a row where `kept` is not NULL; out may alias a
 */
void UR_FN(normalize)(ur_real *out, ur_real *kept, const ur_real *a, size_t rows, size_t n, double epsilon);
/* dx = r (dy - y mean(dy y)), flushed; dx may alias dy */
void UR_FN(normalize_backward)(ur_real *dx, const ur_real *dy, const ur_real *y, const ur_real *r,
                               size_t rows, size_t n);

/* ---- tables ---- */
void UR_FN(gather)(ur_real *out, const ur_real *table, const int32_t *rows, size_t count, size_t n);
/* table gradient [v,n] zeroed, then += in the order of rows */
void UR_FN(scatter_add)(ur_real *table, size_t v, const ur_real *a, const int32_t *rows, size_t count,
                        size_t n);

/* ---- optimisers, float only in use: theta, moments and gradient flat, n cells; moments flushed ---- */
void UR_FN(sgd)(ur_real *theta, const ur_real *grad, size_t n, ur_real rate);
/* velocity = mu velocity + grad; theta -= rate velocity (Polyak 1964; Sutskever et al. 2013, eq. 1 and 2 with
 * the rate outside) */
void UR_FN(momentum)(ur_real *theta, ur_real *velocity, const ur_real *grad, size_t n, ur_real rate,
                     ur_real mu);
/* Adam (Kingma and Ba 2015, algorithm 1): m = b1 m + (1-b1) g; v = b2 v + (1-b2) g g;
 * theta -= rate * (m * c1) / (sqrt(v * c2) + eps), with c1 = 1/(1-b1^t), c2 = 1/(1-b2^t) */
void UR_FN(adam)(ur_real *theta, ur_real *m, ur_real *v, const ur_real *grad, size_t n, ur_real rate,
                 ur_real b1, ur_real b2, ur_real eps, ur_real c1, ur_real c2);

#endif
