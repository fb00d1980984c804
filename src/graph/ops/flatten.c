/* y = (x_1, x_2, ...): the last two axes become one, lettered as asked. [...,W,E] gives [...,W*E]. */
#include "op_template.h"

ur_status UR_OP(flatten, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[0];
  if (!ur__is_real(a) || a->rank < 2 || ur__varies(a->axes[a->rank - 1]) ||
      ur__varies(a->axes[a->rank - 2]) || ur__varies((char)call->option))
    return ur__bad_shape(call, "the last two axes must not follow batch or length");
  *out = *a;
  size_t cells = ur__times((size_t)a->shape[a->rank - 2], (size_t)a->shape[a->rank - 1]);
  if (cells > INT32_MAX) return ur__bad_shape(call, "the last two axes are too large to be one");
  out->rank--;
  out->axes[out->rank - 1] = (char)call->option;
  out->axes[out->rank] = '\0';
  out->shape[out->rank - 1] = (int)cells;
  return UR_OK;
}

ur_status UR_OP(flatten, forward)(const ur__call *call) {
  /* y = (x_1, x_2, ...) */
  memcpy(call->out->data, call->in[0]->data, call->out->cells * sizeof(ur_real));
  return UR_OK;
}

void UR_OP(flatten, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* y = (x_1, x_2, ...): dx = dy */
  if (dx[0]) memcpy(dx[0], dy, call->out->cells * sizeof(ur_real));
}

void UR_OP(flatten, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)call, (void)input;
  ur__same_cell(cell, out);
}

double UR_OP(flatten, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)call, (void)input;
  return cell == in_cell ? 1 : 0;
}
