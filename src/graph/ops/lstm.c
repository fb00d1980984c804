/* Gates i, f, g, o side by side in z^(t) = h^(t-1) W_h^T + e^(t) W_e^T + b; c^(t) = f c^(t-1) + i g,
 * h^(t) = o tanh(c^(t)) (Hochreiter and Schmidhuber 1997; Gers et al. 2000 for f).
 * e [T,B,E], h0, c0 [B,H], W_e [4H,E], W_h [4H,H], b [4H] give h [T,B,H].
 * Kept for backward and for the eye: gates [T,B,4H], c [T,B,H], tanh(c) [T,B,H]. */
#include "op_template.h"

enum { E, H0, C0, W_E, W_H, BIAS };

typedef struct sizes {
  size_t steps, batch, embedding, hidden, gates; /* gates: 4 hidden */
  size_t rows, cells;                            /* rows: all; cells: of h in one step */
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *e = call->in[E]->shape, *h = call->in[H0]->shape;
  size_t T = (size_t)e[0], B = (size_t)e[1], H = (size_t)h[1];
  return (sizes){T, B, (size_t)e[2], H, 4 * H, T * B, B * H};
}

typedef struct kept {
  ur_real *gates, *c, *tanh_c;
} kept;

static kept kept_of(const ur__call *call) {
  size_t all = call->out->cells;
  ur_real *aux = call->aux;
  return (kept){aux, aux + 4 * all, aux + 5 * all};
}

ur_status UR_OP(lstm, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *e = call->in[E], *h0 = call->in[H0], *c0 = call->in[C0], *w_e = call->in[W_E],
                   *w_h = call->in[W_H], *b = call->in[BIAS];
  for (int k = 0; k < call->n; k++)
    if (!ur__is_real(call->in[k])) return ur__bad_shape(call, "all must be real");
  if (e->rank != 3 || h0->rank != 2 || c0->rank != 2 || w_e->rank != 2 || w_h->rank != 2 || b->rank != 1 ||
      ur__varies(h0->axes[1]) || h0->shape[1] > INT32_MAX / 4 || !ur__same_axis(e, 1, h0, 0) ||
      !ur__same_rows(h0, c0) || !ur__same_axis(e, 2, w_e, 1) || !ur__same_axis(w_h, 1, h0, 1) ||
      w_h->shape[0] != 4 * h0->shape[1] || !ur__same_axis(w_e, 0, w_h, 0) || !ur__same_axis(b, 0, w_h, 0))
    return ur__bad_shape(call, "e [T,B,E] needs h0, c0 [B,H], W_e [4H,E], W_h [4H,H], b [4H]");
  *out = *e;
  out->axes[2] = h0->axes[1];
  out->shape[2] = h0->shape[1];

  sizes s = sizes_of(call);
  size_t all = ur__times(s.rows, s.hidden), packed = ur__pack(s.hidden, s.gates);
  packed = ur__larger(ur__larger(packed, ur__pack(s.embedding, s.gates)),
                      ur__larger(ur__pack(s.gates, s.hidden), ur__pack(s.gates, s.embedding)));
  packed = ur__larger(packed, ur__larger(ur__pack(s.rows, s.embedding), ur__pack(s.rows, s.hidden)));
  needs->aux = ur__times(all, 6);
  /* backward: dz and h^(t-1) of all steps, dh and dc of one, and what is packed; forward needs less */
  needs->work = ur__plus(ur__plus(ur__times(all, 5), ur__times(s.cells, 4)), packed);
  return UR_OK;
}

ur_status UR_OP(lstm, forward)(const ur__call *call) {
  sizes s = sizes_of(call);
  kept k = kept_of(call);
  ur_real *a = call->work, *packed = a + 4 * s.cells;
  const ur_real *h = ur__in(call, H0), *c = ur__in(call, C0);
  /* w = e W_e^T of all steps, where the gates will be */
  UR_FN(matmul)(k.gates, ur__in(call, E), ur__in(call, W_E), s.rows, s.embedding, s.gates, 0, 1, packed);
  UR_FN(matmul_pack)(packed, ur__in(call, W_H), s.hidden, s.gates, 1);
  for (size_t t = 0; t < s.steps; t++) {
    ur_real *gates = k.gates + 4 * t * s.cells, *next_c = k.c + t * s.cells,
            *next = ur__out(call) + t * s.cells;
    /* a = h^(t-1) W_h^T, z = (a + w^(t)) + b, and through the gates */
    UR_FN(matmul_packed)(a, h, packed, s.batch, s.hidden, s.gates, 0);
    UR_FN(lstm_step)
    (gates, next_c, k.tanh_c + t * s.cells, next, a, gates, ur__in(call, BIAS), c, s.batch, s.hidden,
     call->hold);
    h = next, c = next_c;
  }
  return UR_OK;
}

void UR_OP(lstm, backward)(const ur__call *call, const void *dy, void *const *dx) {
  sizes s = sizes_of(call);
  kept k = kept_of(call);
  size_t all = s.rows * s.hidden;
  const ur_real *h = ur__out(call), *dh_out = dy;
  ur_real *dz = call->work, *before = dz + 4 * all, *dh = before + all, *dc = dh + s.cells,
          *packed = dc + s.cells;
  memset(dc, 0, s.cells * sizeof *dc);
  UR_FN(matmul_pack)(packed, ur__in(call, W_H), s.gates, s.hidden, 0);
  for (size_t t = s.steps; t-- > 0;) {
    const ur_real *from_above = dh_out + t * s.cells;
    ur_real *dz_t = dz + 4 * t * s.cells;
    /* z^(t+1) = h^(t) W_h^T + ...: dh^(t) = what comes from above + dz^(t+1) W_h */
    if (t + 1 < s.steps) {
      UR_FN(matmul_packed)(dh, dz_t + 4 * s.cells, packed, s.batch, s.gates, s.hidden, 0);
      UR_FN(add)(dh, from_above, dh, s.cells);
      from_above = dh;
    }
    /* what goes on from c^(t) to others than step t + 1 */
    if (call->dkept) UR_FN(add)(dc, dc, (const ur_real *)call->dkept + t * s.cells, s.cells);
    UR_FN(lstm_step_backward)
    (dz_t, dc, from_above, k.gates + 4 * t * s.cells, k.tanh_c + t * s.cells,
     t > 0 ? k.c + (t - 1) * s.cells : ur__in(call, C0), s.batch, s.hidden, call->hold);
  }
  /* z^(1) = h0 W_h^T + ...: dh0 = dz^(1) W_h; and dc has arrived at c0 */
  if (dx[H0]) UR_FN(matmul_packed)(dx[H0], dz, packed, s.batch, s.gates, s.hidden, 0);
  if (dx[C0]) memcpy(dx[C0], dc, s.cells * sizeof *dc);
  /* z = h^(t-1) W_h^T + ...: dW_h = sum_t dz^(t)^T h^(t-1), one product over all steps */
  if (dx[W_H]) {
    memcpy(before, ur__in(call, H0), s.cells * sizeof(ur_real));
    memcpy(before + s.cells, h, (all - s.cells) * sizeof(ur_real));
    UR_FN(matmul)(dx[W_H], dz, before, s.gates, s.rows, s.hidden, 1, 0, packed);
  }
  /* z = e W_e^T + ...: dW_e = dz^T e, de = dz W_e */
  if (dx[W_E]) UR_FN(matmul)(dx[W_E], dz, ur__in(call, E), s.gates, s.rows, s.embedding, 1, 0, packed);
  if (dx[E]) UR_FN(matmul)(dx[E], dz, ur__in(call, W_E), s.rows, s.gates, s.embedding, 0, 0, packed);
  /* z = ... + b: db = column sums of dz */
  if (dx[BIAS]) UR_FN(sum_rows)(dx[BIAS], dz, s.rows, s.gates);
}
