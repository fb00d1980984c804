/* y_s = x_s: steps that lie one after the other as nodes become one array. n inputs [...] give [S,...]; the
 * inputs beyond the present S are left out. */
#include "op_template.h"

ur_status UR_OP(stack, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *x = call->in[0];
  for (int k = 0; k < call->n; k++)
    if (!ur__is_real(call->in[k]) || call->in[k]->rank != x->rank || !ur__same_rows(call->in[k], x))
      return ur__bad_shape(call, "all must be real and of one shape");
  if (x->rank >= UR_RANK_MAX) return ur__bad_shape(call, "there is no room for one more axis");
  *out = *x;
  out->rank++;
  out->axes[0] = (char)call->option;
  out->shape[0] = call->n;
  memcpy(out->axes + 1, x->axes, (size_t)x->rank);
  memcpy(out->shape + 1, x->shape, (size_t)x->rank * sizeof *x->shape);
  return UR_OK;
}

static size_t cells_of(const ur__call *call) { return call->out->cells / (size_t)call->out->shape[0]; }

ur_status UR_OP(stack, forward)(const ur__call *call) {
  const size_t n = cells_of(call);
  for (int s = 0; s < call->out->shape[0]; s++)
    memcpy(ur__out(call) + (size_t)s * n, ur__in(call, s), n * sizeof(ur_real));
  return UR_OK;
}

void UR_OP(stack, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const size_t n = cells_of(call);
  for (int s = 0; s < call->n; s++) {
    if (!dx[s]) continue;
    if (s < call->out->shape[0])
      memcpy(dx[s], (const ur_real *)dy + (size_t)s * n, n * sizeof(ur_real));
    else
      memset(dx[s], 0, n * sizeof(ur_real));
  }
}

void UR_OP(stack, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  const size_t n = cells_of(call);
  *out = (ur_cells){cell % n, 1, cell / n == (size_t)input};
}

double UR_OP(stack, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  const size_t n = cells_of(call);
  return cell / n == (size_t)input && cell % n == in_cell;
}
