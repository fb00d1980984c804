/* y = 1 - x. */
#include "op_template.h"

ur_status UR_OP(one_minus, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  if (!ur__is_real(call->in[0])) return ur__bad_shape(call, "the input must be real");
  *out = *call->in[0];
  return UR_OK;
}

ur_status UR_OP(one_minus, forward)(const ur__call *call) {
  /* y = 1 - x */
  for (size_t i = 0; i < call->out->cells; i++) ur__out(call)[i] = 1 - ur__in(call, 0)[i];
  return UR_OK;
}

void UR_OP(one_minus, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* y = 1 - x: dx = -dy */
  for (size_t i = 0; i < call->out->cells && dx[0]; i++) ((ur_real *)dx[0])[i] = 0 - ((const ur_real *)dy)[i];
}

void UR_OP(one_minus, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)call, (void)input;
  ur__same_cell(cell, out);
}

double UR_OP(one_minus, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)call, (void)input;
  return cell == in_cell ? -1 : 0;
}
