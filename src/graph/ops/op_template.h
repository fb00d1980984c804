/* graph/ops/op_template.h: the names of an op's functions and of its numbers in the precision at hand. */
#ifndef UNROLL_GRAPH_OPS_OP_TEMPLATE_H
#define UNROLL_GRAPH_OPS_OP_TEMPLATE_H

#include "kernels.h"
#include "op.h"

#include <string.h>

#ifdef UR_DOUBLE
#define UR_OP(name, part) ur__##name##_##part##_f64
#else
#define UR_OP(name, part) ur__##name##_##part##_f32
#endif

/* Every function of every row, so that one with another signature does not compile. */
#define UR_OP_MAP_0(name)                                                                                    \
  void UR_OP(name, sources)(const ur__call *call, int input, size_t cell, ur_cells *out);                    \
  double UR_OP(name, partial)(const ur__call *call, size_t cell, int input, size_t in_cell);
#define UR_OP_MAP_1(name)
#define UR_OP_DECLARE(ID, name, inputs, fused, formula)                                                      \
  ur_status UR_OP(name, shape)(const ur__call *call, ur__tensor *out, ur__needs *needs);                     \
  ur_status UR_OP(name, forward)(const ur__call *call);                                                      \
  void UR_OP(name, backward)(const ur__call *call, const void *dy, void *const *dx);                         \
  UR_OP_MAP_##fused(name)
UR_OP_LIST(UR_OP_DECLARE)
#undef UR_OP_DECLARE
#undef UR_OP_MAP_0
#undef UR_OP_MAP_1

/* The numbers of input k, of the output. */
static inline const ur_real *ur__in(const ur__call *call, int k) { return call->in[k]->data; }
static inline ur_real *ur__out(const ur__call *call) { return call->out->data; }

static inline int ur__is_real(const ur__tensor *t) { return t->dtype != UR_INDEX; }

/* Below FLT_MIN in size: +0, where a comment says "flushed"; see docs/architecture.md. */
static inline ur_real ur__flush(ur_real x) {
#ifdef UR_DOUBLE
  return x;
#else
  return x < 1.17549435e-38f && x > -1.17549435e-38f ? 0.0f : x;
#endif
}

/* The reals that the packed products of one op need, the largest of them. */
static inline size_t ur__pack(size_t k, size_t n) { return UR_FN(matmul_pack_size)(k, n); }

/* y[i] is made from x[i] and nothing else. */
static inline void ur__same_cell(size_t cell, ur_cells *out) { *out = (ur_cells){cell, 1, 1}; }

#endif
