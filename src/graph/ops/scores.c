/* e_rs = q_r . k_sb: how well a query fits each key of its sequence b. q [B,N], [T,B,N], or one [N] for all,
 * and k [S,B,N] give [B,S] or [T,B,S]; S may be the axis T itself. */
#include "op_template.h"

enum { Q, K };

typedef struct sizes {
  size_t source, batch, n, rows; /* rows: of scores, [T] by [B] */
  size_t step;                   /* from a query to the next, 0 where there is one for all */
} sizes;

static sizes sizes_of(const ur__call *call) {
  const ur__tensor *q = call->in[Q], *k = call->in[K];
  const size_t batch = (size_t)k->shape[1];
  return (sizes){(size_t)k->shape[0], batch, (size_t)k->shape[2],
                 q->rank == 3 ? (size_t)q->shape[0] * batch : batch, q->rank > 1 ? (size_t)k->shape[2] : 0};
}

ur_status UR_OP(scores, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *q = call->in[Q], *k = call->in[K];
  if (!ur__is_real(q) || !ur__is_real(k) || k->rank != 3 || q->rank < 1 || q->rank > 3 ||
      ur__varies(k->axes[2]) || !ur__same_axis(q, q->rank - 1, k, 2) ||
      (q->rank > 1 && !ur__same_axis(q, q->rank - 2, k, 1)))
    return ur__bad_shape(call, "queries [T,B,N], [B,N] or [N] need keys [S,B,N]");
  const ur__tensor *lead = q->rank == 3 ? q : k;
  const int first = q->rank == 3 ? 0 : 1; /* what comes before S */
  *out = *k;
  out->rank = 0;
  for (int i = first; i < 2; i++, out->rank++) {
    out->axes[out->rank] = lead->axes[i];
    out->shape[out->rank] = lead->shape[i];
  }
  out->axes[out->rank] = k->axes[0];
  out->shape[out->rank++] = k->shape[0];
  out->axes[out->rank] = '\0';
  return UR_OK;
}

ur_status UR_OP(scores, forward)(const ur__call *call) {
  const sizes s = sizes_of(call);
  /* e_rs = q_r . k_sb */
  for (size_t r = 0; r < s.rows; r++) UR_FN(scores)
  (ur__out(call) + r * s.source, ur__in(call, Q) + r * s.step, ur__in(call, K) + r % s.batch * s.n,
   s.batch * s.n, s.source, s.n);
  return UR_OK;
}

void UR_OP(scores, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const sizes s = sizes_of(call);
  const size_t rows = s.batch * s.n;
  if (dx[K]) memset(dx[K], 0, call->in[K]->cells * sizeof(ur_real));
  if (dx[Q]) memset(dx[Q], 0, call->in[Q]->cells * sizeof(ur_real));
  for (size_t r = 0; r < s.rows; r++) {
    const ur_real *de = (const ur_real *)dy + r * s.source;
    const size_t b = r % s.batch;
    /* e_rs = q_r . k_sb: dk_sb = sum_r de_rs q_r, dq_r = sum_s de_rs k_sb */
    if (dx[K])
      UR_FN(add_scaled)((ur_real *)dx[K] + b * s.n, de, ur__in(call, Q) + r * s.step, rows, s.source, s.n);
    for (size_t i = 0; i < s.source && dx[Q]; i++) UR_FN(add_scaled)
    ((ur_real *)dx[Q] + r * s.step, de + i, ur__in(call, K) + i * rows + b * s.n, 0, 1, s.n);
  }
}

void UR_OP(scores, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const sizes s = sizes_of(call);
  const size_t r = cell / s.source, source = cell % s.source;
  *out = (ur_cells){input == Q ? r * s.step : (source * s.batch + r % s.batch) * s.n, 1, s.n};
}

double UR_OP(scores, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells q, k;
  UR_OP(scores, sources)(call, Q, cell, &q);
  UR_OP(scores, sources)(call, K, cell, &k);
  const ur_cells mine = input == Q ? q : k;
  if (in_cell < mine.start || in_cell >= mine.start + mine.count) return 0;
  const size_t i = in_cell - mine.start;
  return input == Q ? ur__in(call, K)[k.start + i] : ur__in(call, Q)[q.start + i];
}
