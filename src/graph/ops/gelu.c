/* y = x Phi(x), Phi(x) the share of a normal distribution below x: y' = Phi(x) + x phi(x), 1/2 at 0. */
#include "op_template.h"

#include <math.h>

ur_status UR_OP(gelu, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  if (!ur__is_real(call->in[0])) return ur__bad_shape(call, "the input must be real");
  *out = *call->in[0];
  return UR_OK;
}

ur_status UR_OP(gelu, forward)(const ur__call *call) {
  /* y = x Phi(x) */
  UR_FN(gelu)(ur__out(call), ur__in(call, 0), call->out->cells);
  return UR_OK;
}

void UR_OP(gelu, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* y = x Phi(x): dx = dy (Phi(x) + x phi(x)) */
  if (dx[0]) UR_FN(gelu_backward)(dx[0], dy, ur__in(call, 0), call->out->cells);
}

void UR_OP(gelu, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)call, (void)input;
  ur__same_cell(cell, out);
}

double UR_OP(gelu, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  const double x = ur__in(call, 0)[in_cell];
  return cell == in_cell ? erfc(-x * 0x1.6a09e667f3bcdp-1) / 2 + x * exp(-x * x / 2) * 0x1.9884533d43651p-2
                         : 0;
}
