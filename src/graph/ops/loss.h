/* graph/ops/loss.h: what nll and cross_entropy share, so that they give the same bits. */
#ifndef UNROLL_GRAPH_OPS_LOSS_H
#define UNROLL_GRAPH_OPS_LOSS_H

#include "op_template.h"

#define UR_IGNORED (-1) /* a target that is not predicted: padding */

/* [...,V] and [...] give [...]. */
static inline ur_status ur__loss_shape(const ur__call *call, ur__tensor *out) {
  const ur__tensor *scores = call->in[0], *targets = call->in[1];
  if (!ur__is_real(scores) || ur__is_real(targets) || scores->rank != targets->rank + 1 ||
      ur__varies(scores->axes[scores->rank - 1]) || !ur__same_rows(scores, targets))
    return ur__bad_shape(call, "[...,V] needs targets [...] that are indices");
  *out = *targets;
  return UR_OK;
}

static inline ur_status ur__loss_check(const ur__call *call) {
  return ur__check_indices(call, 1, UR_IGNORED, (int)ur__cols(call->in[0]) - 1);
}

/* J_r = -log p_r[x_r]; exactly 0 where the target is ignored. */
static inline void ur__loss_values(const ur__call *call, const ur_real *p) {
  const int32_t *targets = call->in[1]->data;
  size_t rows = call->out->cells, n = ur__cols(call->in[0]);
  ur_real *out = ur__out(call);
  for (size_t r = 0; r < rows; r++) out[r] = targets[r] == UR_IGNORED ? 1 : p[r * n + (size_t)targets[r]];
  UR_FN(log)(out, out, rows);
  for (size_t r = 0; r < rows; r++) out[r] = 0 - out[r]; /* not -out[r], which would give -0 */
}

#endif
