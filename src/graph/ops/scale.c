/* y = x / sqrt(d), d the number of cells that a score is summed over. */
#include "op_template.h"

#include <math.h>

static ur_real factor_of(const ur__call *call) {
#ifdef UR_DOUBLE
  return 1 / sqrt(call->range[0]);
#else
  return 1 / sqrtf((float)call->range[0]);
#endif
}

ur_status UR_OP(scale, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  if (!ur__is_real(call->in[0]) || call->range[0] < 1)
    return ur__bad_shape(call, "what is divided must be real, by the root of at least 1");
  *out = *call->in[0];
  return UR_OK;
}

ur_status UR_OP(scale, forward)(const ur__call *call) {
  /* y = x / sqrt(d) */
  UR_FN(scale)(ur__out(call), ur__in(call, 0), factor_of(call), call->out->cells);
  return UR_OK;
}

void UR_OP(scale, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* y = x / sqrt(d): dx = dy / sqrt(d) */
  if (dx[0]) UR_FN(scale)(dx[0], dy, factor_of(call), call->out->cells);
}

void UR_OP(scale, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)call;
  (void)input;
  ur__same_cell(cell, out);
}

double UR_OP(scale, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)input;
  return cell == in_cell ? factor_of(call) : 0;
}
