/* y_i = e^(z_i) / sum_j e^(z_j) over the last axis. */
#include "op_template.h"

ur_status UR_OP(softmax, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *z = call->in[0];
  if (!ur__is_real(z) || z->rank < 1) return ur__bad_shape(call, "the logits must be real, [...,V]");
  *out = *z;
  return UR_OK;
}

ur_status UR_OP(softmax, forward)(const ur__call *call) {
  const ur__tensor *z = call->in[0];
  /* y_i = e^(z_i) / sum_j e^(z_j) */
  UR_FN(softmax)(ur__out(call), z->data, ur__rows(z), ur__cols(z));
  return UR_OK;
}

void UR_OP(softmax, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const ur__tensor *y = call->out;
  /* y_i = e^(z_i) / sum_j e^(z_j): dz_i = y_i (dy_i - sum_j dy_j y_j) */
  if (dx[0]) UR_FN(softmax_backward)(dx[0], dy, y->data, ur__rows(y), ur__cols(y));
}

void UR_OP(softmax, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)input;
  size_t n = ur__cols(call->out);
  *out = (ur_cells){cell / n * n, 1, n};
}

double UR_OP(softmax, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  size_t n = ur__cols(call->out);
  if (cell / n != in_cell / n) return 0;
  double yi = ur__out(call)[cell], yj = ur__out(call)[in_cell];
  return cell == in_cell ? yi * (1 - yi) : -yi * yj;
}
