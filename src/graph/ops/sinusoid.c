/* p_i = (sin(i / 10000^(2 j / d)), cos(i / 10000^(2 j / d))) for each j, interleaved; i and j counted from 1
 * as in the course, or from 0 (Vaswani et al. 2017). Positions [...], from 0, give [...,d]. */
#include "op_template.h"

#include "real.h"
#include "sinusoid.h"

enum { LARGEST = 1 << 20 };

ur_status UR_OP(sinusoid, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *at = call->in[0];
  const int size = call->range[0];
  if (ur__is_real(at) || at->rank >= UR_RANK_MAX || size < 2 || size % 2 != 0 ||
      ur__varies((char)call->option))
    return ur__bad_shape(call, "positions [...] must be indices, and waves come in pairs");
  *out = *at;
  out->axes[at->rank] = (char)call->option;
  out->axes[at->rank + 1] = '\0';
  out->shape[out->rank++] = size;
  return UR_OK;
}

ur_status UR_OP(sinusoid, forward)(const ur__call *call) {
  const size_t size = ur__cols(call->out), rows = ur__rows(call->out);
  const int32_t *at = call->in[0]->data;
  const int from = call->range[1];
  const ur_status status = ur__check_indices(call, 0, 0, LARGEST);
  for (size_t r = 0; r < rows && status == UR_OK; r++) {
    ur_real *p = ur__out(call) + r * size;
    if (r > 0 && at[r] == at[r - 1]) { /* the next sequence, at the same place */
      memcpy(p, p - size, size * sizeof *p);
      continue;
    }
    for (size_t j = 0; j < size / 2; j++) {
      const double turns = ur__sinusoid_turns(at[r] + from, ur__sinusoid_wave((int)j, (int)size, from));
      p[2 * j] = (ur_real)ur__sin_turns(turns);
      p[2 * j + 1] = (ur_real)ur__sin_turns(turns + 0.25);
    }
  }
  return status;
}

void UR_OP(sinusoid, backward)(const ur__call *call, const void *dy, void *const *dx) {
  (void)call, (void)dy, (void)dx; /* positions are indices */
}

void UR_OP(sinusoid, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)input;
  ur__same_cell(cell / ur__cols(call->out), out);
}

double UR_OP(sinusoid, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  (void)call, (void)cell, (void)input, (void)in_cell;
  return 0;
}
