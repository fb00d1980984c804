/* y_i = x_i - mean(x) over the last axis. [...,N] gives [...,N]. */
#include "op_template.h"

ur_status UR_OP(center, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  if (!ur__is_real(call->in[0]) || call->in[0]->rank < 1)
    return ur__bad_shape(call, "the input must be real, [...,N]");
  *out = *call->in[0];
  return UR_OK;
}

ur_status UR_OP(center, forward)(const ur__call *call) {
  /* y = x - mean(x) */
  UR_FN(center)(ur__out(call), ur__in(call, 0), ur__rows(call->out), ur__cols(call->out));
  return UR_OK;
}

void UR_OP(center, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* y = x - mean(x): dx = dy - mean(dy) */
  if (dx[0]) UR_FN(center)(dx[0], dy, ur__rows(call->out), ur__cols(call->out));
}

void UR_OP(center, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)input;
  const size_t n = ur__cols(call->out);
  *out = (ur_cells){cell / n * n, 1, n};
}

double UR_OP(center, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  const size_t n = ur__cols(call->out);
  return cell / n == in_cell / n ? (cell == in_cell) - 1 / (double)n : 0;
}
