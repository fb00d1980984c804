/* y_i = x_i r, r = 1 / sqrt(mean(x^2) + epsilon), over the last axis. [...,N] gives [...,N]. */
#include "op_template.h"

ur_status UR_OP(normalize, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *x = call->in[0];
  if (!ur__is_real(x) || x->rank < 1) return ur__bad_shape(call, "the input must be real, [...,N]");
  *out = *x;
  needs->aux = ur__rows(x); /* r */
  return UR_OK;
}

ur_status UR_OP(normalize, forward)(const ur__call *call) {
  /* y = x r */
  UR_FN(normalize)
  (ur__out(call), call->aux, ur__in(call, 0), ur__rows(call->out), ur__cols(call->out), call->epsilon);
  return UR_OK;
}

void UR_OP(normalize, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* y = x r: dx = r (dy - y mean(dy y)) */
  if (dx[0]) UR_FN(normalize_backward)
  (dx[0], dy, ur__out(call), call->aux, ur__rows(call->out), ur__cols(call->out));
}

void UR_OP(normalize, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)input;
  const size_t n = ur__cols(call->out);
  *out = (ur_cells){cell / n * n, 1, n};
}

double UR_OP(normalize, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  const size_t n = ur__cols(call->out);
  if (cell / n != in_cell / n) return 0;
  const double r = ((const ur_real *)call->aux)[cell / n], y = ur__out(call)[cell],
               other = ur__out(call)[in_cell];
  return r * ((cell == in_cell) - y * other / (double)n);
}
