/* Reset after the product (Cho et al. 2014 in the form of cuDNN and PyTorch): with a = h^(t-1) W_h^T,
 * x = e^(t) W_e^T + b, u = a_n + b_n: r = sigmoid(a_r + x_r), z = sigmoid(a_z + x_z), n = tanh(x_n + r u),
 * h^(t) = (1 - z) n + z h^(t-1).
 * e [T,B,E], h0 [B,H], W_e [3H,E], W_h [3H,H], b [3H], b_n [H] give h [T,B,H].
 * Kept for backward and for the eye: gates r, z, n [T,B,3H], u [T,B,H]. */
#include "op_template.h"

enum { E, H0, W_E, W_H, BIAS, BIAS_N };

typedef struct sizes {
  size_t steps, batch, embedding, hidden, gates; /* gates: 3 hidden */
  size_t rows, cells;                            /* rows: all; cells: of h in one step */
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *e = call->in[E]->shape, *h = call->in[H0]->shape;
  size_t T = (size_t)e[0], B = (size_t)e[1], H = (size_t)h[1];
  return (sizes){T, B, (size_t)e[2], H, 3 * H, T * B, B * H};
}

ur_status UR_OP(gru, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *e = call->in[E], *h0 = call->in[H0], *w_e = call->in[W_E], *w_h = call->in[W_H],
                   *b = call->in[BIAS], *b_n = call->in[BIAS_N];
  for (int k = 0; k < call->n; k++)
    if (!ur__is_real(call->in[k])) return ur__bad_shape(call, "all must be real");
  if (e->rank != 3 || h0->rank != 2 || w_e->rank != 2 || w_h->rank != 2 || b->rank != 1 || b_n->rank != 1 ||
      ur__varies(h0->axes[1]) || h0->shape[1] > INT32_MAX / 4 || !ur__same_axis(e, 1, h0, 0) ||
      !ur__same_axis(e, 2, w_e, 1) || !ur__same_axis(w_h, 1, h0, 1) || w_h->shape[0] != 3 * h0->shape[1] ||
      !ur__same_axis(w_e, 0, w_h, 0) || !ur__same_axis(b, 0, w_h, 0) || !ur__same_axis(b_n, 0, h0, 1))
    return ur__bad_shape(call, "e [T,B,E] needs h0 [B,H], W_e [3H,E], W_h [3H,H], b [3H], b_n [H]");
  *out = *e;
  out->axes[2] = h0->axes[1];
  out->shape[2] = h0->shape[1];

  sizes s = sizes_of(call);
  size_t all = ur__times(s.rows, s.hidden), packed = ur__pack(s.hidden, s.gates);
  packed = ur__larger(ur__larger(packed, ur__pack(s.embedding, s.gates)),
                      ur__larger(ur__pack(s.gates, s.hidden), ur__pack(s.gates, s.embedding)));
  packed = ur__larger(packed, ur__larger(ur__pack(s.rows, s.embedding), ur__pack(s.rows, s.hidden)));
  needs->aux = ur__times(all, 4);
  /* backward: dx, da and h^(t-1) of all steps, two of dh of one, and what is packed; forward needs less */
  needs->work = ur__plus(ur__plus(ur__times(all, 7), ur__times(s.cells, 3)), packed);
  return UR_OK;
}

ur_status UR_OP(gru, forward)(const ur__call *call) {
  sizes s = sizes_of(call);
  ur_real *all_gates = call->aux, *u = all_gates + 3 * call->out->cells;
  ur_real *a = call->work, *packed = a + 3 * s.cells;
  const ur_real *h = ur__in(call, H0);
  /* w = e W_e^T of all steps, where the gates will be */
  UR_FN(matmul)(all_gates, ur__in(call, E), ur__in(call, W_E), s.rows, s.embedding, s.gates, 0, 1, packed);
  UR_FN(matmul_pack)(packed, ur__in(call, W_H), s.hidden, s.gates, 1);
  for (size_t t = 0; t < s.steps; t++) {
    ur_real *gates = all_gates + 3 * t * s.cells, *next = ur__out(call) + t * s.cells;
    /* a = h^(t-1) W_h^T, and through the gates */
    UR_FN(matmul_packed)(a, h, packed, s.batch, s.hidden, s.gates, 0);
    UR_FN(gru_step)
    (gates, u + t * s.cells, next, a, gates, ur__in(call, BIAS), ur__in(call, BIAS_N), h, s.batch, s.hidden,
     call->hold);
    h = next;
  }
  return UR_OK;
}

void UR_OP(gru, backward)(const ur__call *call, const void *dy, void *const *dx) {
  sizes s = sizes_of(call);
  size_t all = s.rows * s.hidden;
  const ur_real *gates = call->aux, *u = gates + 3 * all, *h = ur__out(call), *dh_out = dy;
  ur_real *dz = call->work, *da = dz + 3 * all, *before = da + 3 * all, *dh = before + all,
          *through = dh + s.cells, *packed = through + s.cells;
  memset(dh, 0, s.cells * sizeof *dh);
  memcpy(before, ur__in(call, H0), s.cells * sizeof(ur_real));
  memcpy(before + s.cells, h, (all - s.cells) * sizeof(ur_real));
  UR_FN(matmul_pack)(packed, ur__in(call, W_H), s.gates, s.hidden, 0);
  for (size_t t = s.steps; t-- > 0;) {
    ur_real *da_t = da + 3 * t * s.cells;
    /* dh^(t) = what comes from above, what goes past the weights, and da^(t+1) W_h */
    UR_FN(add)(dh, dh_out + t * s.cells, dh, s.cells);
    UR_FN(gru_step_backward)
    (dz + 3 * t * s.cells, da_t, dh, gates + 3 * t * s.cells, u + t * s.cells, before + t * s.cells, s.batch,
     s.hidden, call->hold);
    UR_FN(matmul_packed)(through, da_t, packed, s.batch, s.gates, s.hidden, 0);
    UR_FN(add)(dh, dh, through, s.cells);
  }
  if (dx[H0]) memcpy(dx[H0], dh, s.cells * sizeof *dh);
  /* a = h^(t-1) W_h^T: dW_h = sum_t da^(t)^T h^(t-1), one product over all steps */
  if (dx[W_H]) UR_FN(matmul)(dx[W_H], da, before, s.gates, s.rows, s.hidden, 1, 0, packed);
  /* x = e W_e^T + b: dW_e = dx^T e, de = dx W_e, db = column sums of dx */
  if (dx[W_E]) UR_FN(matmul)(dx[W_E], dz, ur__in(call, E), s.gates, s.rows, s.embedding, 1, 0, packed);
  if (dx[E]) UR_FN(matmul)(dx[E], dz, ur__in(call, W_E), s.rows, s.gates, s.embedding, 0, 0, packed);
  if (dx[BIAS]) UR_FN(sum_rows)(dx[BIAS], dz, s.rows, s.gates);
  /* u = a_n + b_n: db_n = column sums of the last third of da, moved together */
  if (dx[BIAS_N]) {
    for (size_t r = 0; r < s.rows; r++)
      memmove(da + r * s.hidden, da + r * s.gates + 2 * s.hidden, s.hidden * sizeof *da);
    UR_FN(sum_rows)(dx[BIAS_N], da, s.rows, s.hidden);
  }
}
