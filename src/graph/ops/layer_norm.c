/* y = gamma o normalize(center(x)) + beta over the last axis, the same bits as those four operations. x
 * [...,N], gamma [N] and beta [N] give [...,N]. Kept: what gamma multiplies, and r of each row. */
#include "op_template.h"

enum { X, GAMMA, BETA };

ur_status UR_OP(layer_norm, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {
  const ur__tensor *x = call->in[X];
  int fits = ur__is_real(x) && x->rank > 1;
  for (int k = GAMMA; k <= BETA && fits; k++)
    fits =
        ur__is_real(call->in[k]) && call->in[k]->rank == 1 && ur__same_axis(call->in[k], 0, x, x->rank - 1);
  if (!fits) return ur__bad_shape(call, "[...,N] needs gamma [N] and beta [N]");
  *out = *x;
  needs->aux = ur__plus(x->cells, ur__rows(x));
  needs->work = x->cells;
  return UR_OK;
}

ur_status UR_OP(layer_norm, forward)(const ur__call *call) {
  const size_t rows = ur__rows(call->out), n = ur__cols(call->out);
  ur_real *unit = call->aux, *r = unit + call->out->cells, *y = ur__out(call);
  UR_FN(center)(unit, ur__in(call, X), rows, n);
  UR_FN(normalize)(unit, r, unit, rows, n, call->epsilon);
  /* y = gamma o unit + beta */
  UR_FN(gated_rows)(y, unit, ur__in(call, GAMMA), rows, n);
  UR_FN(add_rows)(y, y, ur__in(call, BETA), rows, n);
  return UR_OK;
}

void UR_OP(layer_norm, backward)(const ur__call *call, const void *dy, void *const *dx) {
  const size_t rows = ur__rows(call->out), n = ur__cols(call->out), cells = call->out->cells;
  const ur_real *unit = call->aux, *r = unit + cells;
  ur_real *work = call->work;
  /* y = gamma o unit + beta: dbeta = sum dy, dgamma = sum dy o unit, dunit = dy o gamma */
  if (dx[BETA]) UR_FN(sum_rows)(dx[BETA], dy, rows, n);
  if (dx[GAMMA]) {
    UR_FN(gated)(work, dy, unit, cells);
    UR_FN(sum_rows)(dx[GAMMA], work, rows, n);
  }
  if (!dx[X]) return;
  UR_FN(gated_rows)(work, dy, ur__in(call, GAMMA), rows, n);
  UR_FN(normalize_backward)(work, work, unit, r, rows, n);
  UR_FN(center)(dx[X], work, rows, n);
}
