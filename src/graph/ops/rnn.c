/* h^(t) = f(h^(t-1) W_h^T + e^(t) W_e^T + b) for t = 1..T, every product over as many steps as can be had at
 * once. e [T,B,E], h0 [B,H], W_e [H,E], W_h [H,H], b [H] give h [T,B,H]. */
#include "op_template.h"

enum { E, H0, W_E, W_H, BIAS };

typedef struct sizes {
  size_t steps, batch, embedding, hidden, cells; /* cells of one step: batch hidden */
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *e = call->in[E]->shape, *w = call->in[W_E]->shape;
  return (sizes){(size_t)e[0], (size_t)e[1], (size_t)e[2], (size_t)w[0], (size_t)e[1] * (size_t)w[0]};
}

ur_status UR_OP(rnn, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *e = call->in[E], *h0 = call->in[H0], *w_e = call->in[W_E], *w_h = call->in[W_H],
                   *b = call->in[BIAS];
  for (int k = 0; k < call->n; k++)
    if (!ur__is_real(call->in[k])) return ur__bad_shape(call, "all must be real");
  if (e->rank != 3 || h0->rank != 2 || w_e->rank != 2 || w_h->rank != 2 || b->rank != 1 ||
      ur__varies(w_e->axes[0]) || !ur__same_axis(e, 1, h0, 0) || !ur__same_axis(e, 2, w_e, 1) ||
      !ur__same_axis(h0, 1, w_e, 0) || !ur__same_axis(w_h, 0, w_e, 0) || !ur__same_axis(w_h, 1, w_e, 0) ||
      !ur__same_axis(b, 0, w_e, 0))
    return ur__bad_shape(call, "e [T,B,E] needs h0 [B,H], W_e [H,E], W_h [H,H], b [H]");
  *out = *e;
  out->axes[2] = w_e->axes[0];
  out->shape[2] = w_e->shape[0];

  sizes s = sizes_of(call);
  size_t rows = ur__rows(e), all = ur__times(rows, s.hidden);
  /* forward: e W_e^T of all steps, h W_h^T of one, and a packed weight */
  size_t forward = ur__plus(ur__plus(all, s.cells),
                            ur__larger(ur__pack(s.embedding, s.hidden), ur__pack(s.hidden, s.hidden)));
  /* backward: dz and h^(t-1) of all steps, dh of one, and what is packed: W_h, W_e, e, h^(t-1) */
  size_t pack = ur__larger(ur__larger(ur__pack(s.hidden, s.hidden), ur__pack(s.hidden, s.embedding)),
                           ur__larger(ur__pack(rows, s.embedding), ur__pack(rows, s.hidden)));
  size_t backward = ur__plus(ur__plus(ur__times(all, 2), s.cells), pack);
  needs->work = ur__larger(forward, backward);
  return UR_OK;
}

ur_status UR_OP(rnn, forward)(const ur__call *call) {
  sizes s = sizes_of(call);
  size_t rows = s.steps * s.batch;
  ur_real *w = call->work, *a = w + rows * s.hidden, *packed = a + s.cells;
  /* w = e W_e^T */
  UR_FN(matmul)(w, ur__in(call, E), ur__in(call, W_E), rows, s.embedding, s.hidden, 0, 1, packed);
  UR_FN(matmul_pack)(packed, ur__in(call, W_H), s.hidden, s.hidden, 1);
  const ur_real *before = ur__in(call, H0);
  for (size_t t = 0; t < s.steps; t++) {
    ur_real *h = ur__out(call) + t * s.cells;
    /* a = h^(t-1) W_h^T, h^(t) = f((a + w^(t)) + b) */
    UR_FN(matmul_packed)(a, before, packed, s.batch, s.hidden, s.hidden, 0);
    UR_FN(rnn_step)(h, a, w + t * s.cells, ur__in(call, BIAS), s.batch, s.hidden, call->option);
    before = h;
  }
  return UR_OK;
}

/* h = f(z): dz = dh f'(z), from h; flushed */
static void through_activation(ur_real *dz, const ur_real *dh, const ur_real *h, size_t n, int f) {
  if (f == UR_ACT_TANH)
    UR_FN(tanh_backward)(dz, dh, h, n);
  else if (f == UR_ACT_SIGMOID)
    UR_FN(sigmoid_backward)(dz, dh, h, n);
  else
    UR_FN(relu_backward)(dz, dh, h, n);
}

void UR_OP(rnn, backward)(const ur__call *call, const void *dy, void *const *dx) {
  sizes s = sizes_of(call);
  size_t rows = s.steps * s.batch;
  const ur_real *h = ur__out(call), *dh_out = dy, *w_h = ur__in(call, W_H);
  ur_real *dz = call->work, *before = dz + rows * s.hidden, *dh = before + rows * s.hidden,
          *packed = dh + s.cells;
  UR_FN(matmul_pack)(packed, w_h, s.hidden, s.hidden, 0);
  for (size_t t = s.steps; t-- > 0;) {
    const ur_real *from_above = dh_out + t * s.cells;
    ur_real *dz_t = dz + t * s.cells;
    /* z^(t+1) = h^(t) W_h^T + ...: dh^(t) = what comes from above + dz^(t+1) W_h */
    if (t + 1 < s.steps) {
      UR_FN(matmul_packed)(dh, dz_t + s.cells, packed, s.batch, s.hidden, s.hidden, 0);
      UR_FN(add)(dh, from_above, dh, s.cells);
      from_above = dh;
    }
    through_activation(dz_t, from_above, h + t * s.cells, s.cells, call->option);
  }
  /* z^(1) = h0 W_h^T + ...: dh0 = dz^(1) W_h */
  if (dx[H0]) UR_FN(matmul_packed)(dx[H0], dz, packed, s.batch, s.hidden, s.hidden, 0);
  /* z = h^(t-1) W_h^T + ...: dW_h = sum_t dz^(t)^T h^(t-1), one product over all steps */
  if (dx[W_H]) {
    memcpy(before, ur__in(call, H0), s.cells * sizeof(ur_real));
    memcpy(before + s.cells, h, (rows * s.hidden - s.cells) * sizeof(ur_real));
    UR_FN(matmul)(dx[W_H], dz, before, s.hidden, rows, s.hidden, 1, 0, packed);
  }
  /* z = e W_e^T + ...: dW_e = dz^T e, de = dz W_e */
  if (dx[W_E]) UR_FN(matmul)(dx[W_E], dz, ur__in(call, E), s.hidden, rows, s.embedding, 1, 0, packed);
  if (dx[E]) UR_FN(matmul)(dx[E], dz, ur__in(call, W_E), rows, s.hidden, s.embedding, 0, 0, packed);
  /* z = ... + b: db = column sums of dz */
  if (dx[BIAS]) UR_FN(sum_rows)(dx[BIAS], dz, rows, s.hidden);
}
