/* e_bs = q_b . k_sb: how well a query fits each key. q [B,N], or one [N] for all, and k [S,B,N] give [B,S].
 */
#include "op_template.h"

enum { Q, K };

typedef struct sizes {
  size_t source, batch, n, step; /* step: from a query to the next, 0 where there is one for all */
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *k = call->in[K]->shape;
  return (sizes){(size_t)k[0], (size_t)k[1], (size_t)k[2], call->in[Q]->rank == 2 ? (size_t)k[2] : 0};
}

ur_status UR_OP(scores, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *q = call->in[Q], *k = call->in[K];
  if (!ur__is_real(q) || !ur__is_real(k) || k->rank != 3 || q->rank < 1 || q->rank > 2 ||
      ur__varies(k->axes[2]) || !ur__same_axis(q, q->rank - 1, k, 2) ||
      (q->rank == 2 && !ur__same_axis(q, 0, k, 1)))
    return ur__bad_shape(call, "queries [B,N] or [N] need keys [S,B,N]");
  *out = *k;
  out->rank = 2;
  out->axes[0] = k->axes[1], out->axes[1] = k->axes[0], out->axes[2] = '\0';
  out->shape[0] = k->shape[1], out->shape[1] = k->shape[0];
  return UR_OK;
}

ur_status UR_OP(scores, forward)(const ur__call *call) {
  const sizes s = sizes_of(call);
  /* e_bs = q_b . k_sb */
  for (size_t b = 0; b < s.batch; b++) UR_FN(scores)
  (ur__out(call) + b * s.source, ur__in(call, Q) + b * s.step, ur__in(call, K) + b * s.n, s.batch * s.n,
   s.source, s.n);
  return UR_OK;
}

void UR_OP(scores, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const sizes s = sizes_of(call);
  const size_t rows = s.batch * s.n;
  if (dx[K]) memset(dx[K], 0, call->in[K]->cells * sizeof(ur_real));
  if (dx[Q]) memset(dx[Q], 0, call->in[Q]->cells * sizeof(ur_real));
  for (size_t b = 0; b < s.batch; b++) {
    const ur_real *de = (const ur_real *)dy + b * s.source;
    /* e_bs = q_b . k_sb: dk_sb = de_bs q_b, dq_b = sum_s de_bs k_sb */
    if (dx[K])
      UR_FN(add_scaled)((ur_real *)dx[K] + b * s.n, de, ur__in(call, Q) + b * s.step, rows, s.source, s.n);
    for (size_t i = 0; i < s.source && dx[Q]; i++) UR_FN(add_scaled)
    ((ur_real *)dx[Q] + b * s.step, de + i, ur__in(call, K) + i * rows + b * s.n, 0, 1, s.n);
  }
}

void UR_OP(scores, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const sizes s = sizes_of(call);
  const size_t b = cell / s.source, source = cell % s.source;
  *out = (ur_cells){input == Q ? b * s.step : (source * s.batch + b) * s.n, 1, s.n};
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
