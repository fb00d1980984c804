/* J_r = -log p_r[x_r], in nats; 0 where the target is -1. [...,V] and [...] give [...]. */
#include "loss.h"

enum { P, TARGETS };

ur_status UR_OP(nll, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  return ur__loss_shape(call, out);
}

ur_status UR_OP(nll, forward)(const ur__call *call) {
  ur_status status = ur__loss_check(call);
  if (status == UR_OK) ur__loss_values(call, ur__in(call, P));
  return status;
}

void UR_OP(nll, backward)(const ur__call *call, const void *dy, void *const *dx) {
  if (!dx[P]) return;
  const ur_real *dJ = dy, *p = ur__in(call, P);
  const int32_t *targets = call->in[TARGETS]->data;
  ur_real *dp = dx[P];
  size_t n = ur__cols(call->in[P]);
  memset(dp, 0, call->in[P]->cells * sizeof(ur_real));
  /* J_r = -log p_r[x_r]: dp_r[x_r] = -dJ_r / p_r[x_r] */
  for (size_t r = 0; r < call->out->cells; r++)
    if (targets[r] != UR_IGNORED) dp[r * n + (size_t)targets[r]] = -dJ[r] / p[r * n + (size_t)targets[r]];
}

void UR_OP(nll, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  if (input == TARGETS) {
    ur__same_cell(cell, out);
    return;
  }
  size_t n = ur__cols(call->in[P]);
  int32_t target = ((const int32_t *)call->in[TARGETS]->data)[cell];
  int there = target >= 0 && (size_t)target < n;
  *out = there ? (ur_cells){cell * n + (size_t)target, 1, 1} : (ur_cells){0, 1, 0};
}

double UR_OP(nll, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  ur_cells from;
  UR_OP(nll, sources)(call, input, cell, &from);
  return from.count == 1 && from.start == in_cell ? -1 / (double)ur__in(call, P)[in_cell] : 0;
}
