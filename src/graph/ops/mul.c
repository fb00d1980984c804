/* c = a o b, cell by cell; flushed. */
#include "op_template.h"

enum { A, B };

ur_status UR_OP(mul, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  (void)needs;
  const ur__tensor *a = call->in[A], *b = call->in[B];
  if (!ur__is_real(a) || !ur__is_real(b) || a->rank != b->rank || !ur__same_rows(a, b))
    return ur__bad_shape(call, "both must have one shape");
  *out = *a;
  return UR_OK;
}

ur_status UR_OP(mul, forward)(const ur__call *call) {
  /* c = a o b; flushed */
  UR_FN(gated)(ur__out(call), ur__in(call, A), ur__in(call, B), call->out->cells);
  return UR_OK;
}

void UR_OP(mul, backward)(const ur__call *call, const void *dy, void *const *dx) {
  /* c = a o b: da = dc o b, db = dc o a; flushed */
  if (dx[A]) UR_FN(gated)(dx[A], dy, ur__in(call, B), call->out->cells);
  if (dx[B]) UR_FN(gated)(dx[B], dy, ur__in(call, A), call->out->cells);
}

void UR_OP(mul, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {
  (void)call, (void)input;
  ur__same_cell(cell, out);
}

double UR_OP(mul, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {
  return cell == in_cell ? (double)ur__in(call, input == A ? B : A)[cell] : 0;
}
