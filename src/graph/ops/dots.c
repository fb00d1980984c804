/* e_tbs = q_tb . k_sb: how well each query fits each key of its sequence. q [T,B,N] and k [S,B,N] give
 * [T,B,S]; S may be the axis T itself. A cell is one accumulator over N ascending. */
#include "op_template.h"

enum { Q, K };

typedef struct sizes {
  size_t queries, batch, keys, n;
} sizes;

static sizes sizes_of(const ur__call *call) {
  const int *q = call->in[Q]->shape;
  return (sizes){(size_t)q[0], (size_t)q[1], (size_t)call->in[K]->shape[0], (size_t)q[2]};
}

ur_status UR_OP(dots, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *q = call->in[Q], *k = call->in[K];
  if (!ur__is_real(q) || !ur__is_real(k) || q->rank != 3 || k->rank != 3 || ur__varies(q->axes[2]) ||
      !ur__same_axis(q, 1, k, 1) || !ur__same_axis(q, 2, k, 2))
    return ur__bad_shape(call, "queries [T,B,N] need keys [S,B,N]");
  *out = *q;
  out->axes[2] = k->axes[0];
  out->shape[2] = k->shape[0];
  return UR_OK;
}

/* Rows of q and k that make row r of e, and key s of it. */
static const ur_real *query_of(const ur__call *call, const sizes *z, size_t r) {
  return ur__in(call, Q) + r * z->n;
}
static const ur_real *key_of(const ur__call *call, const sizes *z, size_t r, size_t s) {
  return ur__in(call, K) + (s * z->batch + r % z->batch) * z->n;
}

ur_status UR_OP(dots, forward)(const ur__call *call) {
  const sizes z = sizes_of(call);
  ur_real *e = ur__out(call);
  /* e_tbs = q_tb . k_sb */
  for (size_t r = 0; r < z.queries * z.batch; r++)
    for (size_t s = 0; s < z.keys; s++) {
      const ur_real *q = query_of(call, &z, r), *k = key_of(call, &z, r, s);
      ur_real sum = 0;
      for (size_t i = 0; i < z.n; i++) sum += q[i] * k[i];
      *e++ = sum;
    }
  return UR_OK;
}

void UR_OP(dots, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const sizes z = sizes_of(call);
  const size_t step = z.batch * z.n;
  if (dx[Q]) memset(dx[Q], 0, call->in[Q]->cells * sizeof(ur_real));
  if (dx[K]) memset(dx[K], 0, call->in[K]->cells * sizeof(ur_real));
  for (size_t r = 0; r < z.queries * z.batch; r++) {
    const ur_real *de = (const ur_real *)dy + r * z.keys;
    const size_t b = r % z.batch;
    /* e_tbs = q_tb . k_sb: dq_tb = sum_s de_tbs k_sb, dk_sb = sum_t de_tbs q_tb */
    if (dx[Q]) UR_FN(weighted_sum)
    ((ur_real *)dx[Q] + r * z.n, de, ur__in(call, K) + b * z.n, step, z.keys, z.n);
    if (dx[K]) UR_FN(add_scaled)
    ((ur_real *)dx[K] + b * z.n, de, query_of(call, &z, r), step, z.keys, z.n);
  }
}

void UR_OP(dots, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const sizes z = sizes_of(call);
  const size_t r = cell / z.keys, s = cell % z.keys;
  *out = (ur_cells){(input == Q ? r : s * z.batch + r % z.batch) * z.n, 1, z.n};
}

double UR_OP(dots, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  const sizes z = sizes_of(call);
  const size_t r = cell / z.keys, s = cell % z.keys, i = in_cell % z.n;
  ur_cells mine;
  UR_OP(dots, sources)(call, input, cell, &mine);
  if (in_cell < mine.start || in_cell >= mine.start + z.n) return 0;
  return input == Q ? key_of(call, &z, r, s)[i] : query_of(call, &z, r)[i];
}
