/* graph/ops/activation.h: what y = f(x), cell by cell, has in common whatever f is. */
#ifndef UNROLL_GRAPH_OPS_ACTIVATION_H
#define UNROLL_GRAPH_OPS_ACTIVATION_H

#include "op_template.h"

/* slope: f'(x) as an expression in y = f(x). */
#define UR_ACTIVATION(name, slope)                                                                           \
  ur_status UR_OP(name, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {                    \
    (void)needs;                                                                                             \
    if (!ur__is_real(call->in[0])) return ur__bad_shape(call, "the input must be real");                     \
    *out = *call->in[0];                                                                                     \
    return UR_OK;                                                                                            \
  }                                                                                                          \
  ur_status UR_OP(name, forward)(const ur__call *call) {                                                     \
    UR_FN(name)(ur__out(call), ur__in(call, 0), call->out->cells);                                           \
    return UR_OK;                                                                                            \
  }                                                                                                          \
  void UR_OP(name, backward)(const ur__call *call, const void *dy, void *const *dx) {                        \
    /* y = f(x): dx = dy f'(x), from y; flushed */                                                           \
    if (dx[0]) UR_FN(name##_backward)(dx[0], dy, ur__out(call), call->out->cells);                           \
  }                                                                                                          \
  void UR_OP(name, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {                   \
    (void)call, (void)input;                                                                                 \
    ur__same_cell(cell, out);                                                                                \
  }                                                                                                          \
  double UR_OP(name, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {                \
    (void)input;                                                                                             \
    double y = ur__out(call)[cell];                                                                          \
    return cell == in_cell ? (slope) : 0;                                                                    \
  }

#endif
