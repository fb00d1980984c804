/* J = (y_hat - y)^2, cell by cell. */
#include "op_template.h"

enum { Y_HAT, Y };

ur_status UR_OP(squared_error, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[Y_HAT], *b = call->in[Y];
  if (!ur__is_real(a) || !ur__is_real(b) || a->rank != b->rank || !ur__same_rows(a, b))
    return ur__bad_shape(call, "both must have one shape");
  *out = *a;
  return UR_OK;
}

ur_status UR_OP(squared_error, forward)(const ur__call *call) {
  const ur_real *a = ur__in(call, Y_HAT), *b = ur__in(call, Y);
  /* J = (y_hat - y)^2 */
  for (size_t i = 0; i < call->out->cells; i++) ur__out(call)[i] = (a[i] - b[i]) * (a[i] - b[i]);
  return UR_OK;
}

void UR_OP(squared_error, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const ur_real *a = ur__in(call, Y_HAT), *b = ur__in(call, Y), *up = dy;
  /* J = (y_hat - y)^2: dy_hat = 2 (y_hat - y) dJ, dy = -dy_hat; flushed */
  for (size_t i = 0; i < call->out->cells; i++) {
    ur_real d = ur__flush(2 * (a[i] - b[i]) * up[i]);
    if (dx[Y_HAT]) ((ur_real *)dx[Y_HAT])[i] = d;
    if (dx[Y]) ((ur_real *)dx[Y])[i] = 0 - d;
  }
}

void UR_OP(squared_error, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)call, (void)input;
  ur__same_cell(cell, out);
}

double UR_OP(squared_error, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  double d = 2 * ((double)ur__in(call, Y_HAT)[cell] - (double)ur__in(call, Y)[cell]);
  return cell != in_cell ? 0 : input == Y_HAT ? d : -d;
}
