#include "stack.h"

#include <stdio.h>

enum { SCOPE = 24 };
static void name_of(const ur__stack *stack, int b, char scope[SCOPE]) {
  snprintf(scope, SCOPE, "%s.%d", stack->scope, b + 1);
}

ur__stack ur__stack_of(const ur_positions *stream, int blocks, const ur_block *block) {
  ur__stack s = {.stream = *stream, .blocks = blocks, .block = *block, .scope = "blocks", .answers = 1};
  s.block.first = stream->E + ur_positions_count(stream);
  s.gamma = s.block.first + blocks * ur_block_param_count(block);
  s.output = (ur_dense){s.gamma + 2, s.gamma + 3};
  return s;
}

int ur__stack_end(const ur__stack *stack) { return stack->gamma + (stack->answers ? 4 : 2); }

void ur__stack_declare(const ur__stack *stack, const ur__io *io, double std, ur_params *params) {
  ur_positions stream = stack->stream;
  const int D = stack->block.width;
  ur_positions_params(params, io->vocabulary, std, &stream);
  for (int b = 0; b < stack->blocks; b++) {
    char scope[SCOPE];
    ur_block block = stack->block;
    name_of(stack, b, scope);
    ur_block_params(params, scope, &block);
  }
  const int gamma =
      ur_params_add(params, stream.of_source ? "gamma_source" : "gamma", "D", &D, UR_INIT_ZERO, 0);
  ur_params_start(params, gamma, 0, (size_t)D, 1);
  ur_params_add(params, stream.of_source ? "beta_source" : "beta", "D", &D, UR_INIT_ZERO, 0);
  if (stack->answers)
    ur_dense_params(params, "U", "b_2", io->numbers > 0 ? "CD" : "VD",
                    io->numbers > 0 ? io->numbers : io->vocabulary, D);
}

ur_block ur__stack_enter(ur_tape *tape, const ur__stack *stack, int b) {
  char scope[SCOPE];
  ur_block block = stack->block;
  block.first += b * ur_block_param_count(&block);
  name_of(stack, b, scope);
  ur_scope_push(tape, scope);
  return block;
}

int ur__stack_norm(ur_tape *tape, const ur__stack *stack, int unrolled, int h) {
  if (stack->block.norm != UR_NORM_PRE) return h;
  return ur_norm_layer(tape, unrolled, stack->stream.of_source ? "norm_source" : "norm", h, stack->gamma,
                       stack->gamma + 1, stack->block.epsilon);
}

int ur__is_unrolled(ur__lowering lowering) {
  return lowering == UR__UNROLLED || lowering == UR__MEASURED || lowering == UR__COUNTED;
}

void ur__stack_answer(ur_tape *tape, const ur__stack *stack, ur__lowering lowering, int h, const char *axes,
                      const int *shape) {
  const int next = lowering == UR__NEXT || lowering == UR__COUNTED;
  h = ur__stack_norm(tape, stack, ur__is_unrolled(lowering), h);
  const int logits = ur_dense_layer(tape, &stack->output, "Uh", "logits", h);
  const int p = next || lowering == UR__UNROLLED ? ur_softmax(tape, "y_hat", logits) : UR_NODE_NONE;
  if (next) return;
  const int y = ur_input_index(tape, "y", axes, shape), count = ur_input(tape, "count", "", NULL);
  const int loss = p != UR_NODE_NONE ? ur_nll(tape, "J_t", p, y) : ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

void ur__stack_numbers(ur_tape *tape, const ur__stack *stack, const ur__io *io, ur__lowering lowering, int h,
                       int batch) {
  h = ur__stack_norm(tape, stack, ur__is_unrolled(lowering), h);
  int y_hat = ur_dense_layer(tape, &stack->output, "Uh", io->chances ? "logits" : "y_hat", h);
  if (io->chances) y_hat = ur__chances(tape, io, y_hat);
  if (lowering == UR__NEXT || lowering == UR__COUNTED) return;
  const int y = ur_input(tape, "y", "BC", (int[]){batch, io->numbers}),
            count = ur_input(tape, "count", "", NULL);
  const int loss = io->chances ? ur__surprise(tape, io, y_hat, y) : ur_half_squares(tape, "J_t", y_hat, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}
