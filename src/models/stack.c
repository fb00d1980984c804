#include "stack.h"

#include <stdio.h>

enum { SCOPE = 24 };
static void name_of(int b, char scope[SCOPE]) { snprintf(scope, SCOPE, "blocks.%d", b + 1); }

ur__stack ur__stack_of(const ur_positions *stream, int blocks, const ur_block *block) {
  ur__stack s = {.stream = *stream, .blocks = blocks, .block = *block};
  s.block.first = ur_positions_count(stream);
  s.gamma = s.block.first + blocks * UR_BLOCK_PARAMS;
  s.output = (ur_dense){s.gamma + 2, s.gamma + 3};
  return s;
}

void ur__stack_declare(const ur__stack *stack, int vocabulary, double std, ur_params *params) {
  ur_positions stream = stack->stream;
  const int D = stack->block.width;
  ur_positions_params(params, vocabulary, std, &stream);
  for (int b = 0; b < stack->blocks; b++) {
    char scope[SCOPE];
    ur_block block = stack->block;
    name_of(b, scope);
    ur_block_params(params, scope, &block);
  }
  const int gamma = ur_params_add(params, "gamma", "D", &D, UR_INIT_ZERO, 0);
  ur_params_start(params, gamma, 0, (size_t)D, 1);
  ur_params_add(params, "beta", "D", &D, UR_INIT_ZERO, 0);
  ur_dense_params(params, "U", "b_2", "VD", vocabulary, D);
}

ur_block ur__stack_enter(ur_tape *tape, const ur__stack *stack, int b) {
  char scope[SCOPE];
  ur_block block = stack->block;
  block.first += b * UR_BLOCK_PARAMS;
  name_of(b, scope);
  ur_scope_push(tape, scope);
  return block;
}
