/* graph/ops/likelihood.h: errors of a point that are minus the logarithm of how likely its answers are,
 * whatever is assumed of them: a sum over the last axis of what each output y says of its target t. */
#ifndef UNROLL_GRAPH_OPS_LIKELIHOOD_H
#define UNROLL_GRAPH_OPS_LIKELIHOOD_H

#include "op_template.h"

enum { Y, T };

/* term, dy, dt: as expressions in y and t, the numbers of one output; a term may set up its own logarithms.
 * What has weight 0 is 0, even of a logarithm that is not finite. */
#define UR_LIKELIHOOD(name, term, dy_term, dt_term)                                                          \
  ur_status UR_OP(name, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs) {                    \
    const ur__tensor *y = call->in[Y], *t = call->in[T];                                                     \
    (void)needs;                                                                                             \
    if (!ur__is_real(y) || !ur__is_real(t) || y->rank < 1 || y->rank != t->rank || !ur__same_rows(y, t) ||   \
        ur__varies(y->axes[y->rank - 1]))                                                                    \
      return ur__bad_shape(call, "both must have one shape, [...,C]");                                       \
    *out = *y;                                                                                               \
    out->rank--;                                                                                             \
    out->axes[out->rank] = '\0';                                                                             \
    return UR_OK;                                                                                            \
  }                                                                                                          \
  ur_status UR_OP(name, forward)(const ur__call *call) {                                                     \
    const size_t C = ur__cols(call->in[Y]);                                                                  \
    for (size_t r = 0; r < call->out->cells; r++) {                                                          \
      ur_real sum = 0;                                                                                       \
      for (size_t i = r * C; i < (r + 1) * C; i++) {                                                         \
        const ur_real y = ur__in(call, Y)[i], t = ur__in(call, T)[i];                                        \
        sum += (term);                                                                                       \
      }                                                                                                      \
      ur__out(call)[r] = sum;                                                                                \
    }                                                                                                        \
    return UR_OK;                                                                                            \
  }                                                                                                          \
  void UR_OP(name, backward)(const ur__call *call, const void *dJ, void *const *dx) {                        \
    const size_t C = ur__cols(call->in[Y]);                                                                  \
    /* J_r = sum over its row: each cell has its own slope times dJ_r; flushed */                            \
    for (size_t i = 0; i < call->in[Y]->cells; i++) {                                                        \
      const ur_real y = ur__in(call, Y)[i], t = ur__in(call, T)[i], up = ((const ur_real *)dJ)[i / C];       \
      (void)y;                                                                                               \
      if (dx[Y]) ((ur_real *)dx[Y])[i] = ur__flush((dy_term)*up);                                            \
      if (dx[T]) ((ur_real *)dx[T])[i] = ur__flush((dt_term)*up);                                            \
    }                                                                                                        \
  }                                                                                                          \
  void UR_OP(name, sources)(const ur__call *call, int input, size_t cell, ur_cells *out) {                   \
    const size_t C = ur__cols(call->in[Y]);                                                                  \
    (void)input;                                                                                             \
    *out = (ur_cells){cell * C, 1, C};                                                                       \
  }                                                                                                          \
  double UR_OP(name, partial)(const ur__call *call, size_t cell, int input, size_t in_cell) {                \
    const ur_real y = ur__in(call, Y)[in_cell], t = ur__in(call, T)[in_cell];                                \
    (void)y;                                                                                                 \
    if (in_cell / ur__cols(call->in[Y]) != cell) return 0;                                                   \
    return (double)(input == Y ? (dy_term) : (dt_term));                                                     \
  }

static inline ur_real ur__log_of(ur_real x) {
  UR_FN(log)(&x, &x, 1);
  return x;
}

#endif
