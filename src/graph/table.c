/* The op table in the precision at hand: a row of UR_OP_LIST without one of its functions does not link. */
#include "ops/op_template.h"

#define MAP_0(name) .sources = UR_OP(name, sources), .partial = UR_OP(name, partial),
#define MAP_1(name)
#define ROW(ID, name, inputs, fused, formula)                                                                \
  [UR_OP_##ID] = {.shape = UR_OP(name, shape),                                                               \
                  .forward = UR_OP(name, forward),                                                           \
                  .backward = UR_OP(name, backward),                                                         \
                  MAP_##fused(name)},

#ifdef UR_DOUBLE
const ur__op_functions ur__ops_f64[UR_OP_COUNT] = {UR_OP_LIST(ROW)};

const ur__precision *ur__doubles(void) {
  static const ur__precision doubles = {ur__ops_f64, &ur__arith_f64};
  return &doubles;
}
#else
const ur__op_functions ur__ops_f32[UR_OP_COUNT] = {UR_OP_LIST(ROW)};
#endif
