/* models/stack.h: blocks of a Transformer on one another, between a stream of tokens with their places and
 * what is said of each: what gpt and encoder have in common. */
#ifndef UNROLL_MODELS_STACK_H
#define UNROLL_MODELS_STACK_H

#include "models.h"

typedef struct ur__stack {
  ur_positions stream;
  int blocks;
  ur_block block; /* the first; the others follow */
  int gamma;      /* of the norm after the last; number of the parameter, beta follows */
  ur_dense output;
} ur__stack;

/* Numbers the parameters, in the order in which they are declared: `block` says all but its first. */
ur__stack ur__stack_of(const ur_positions *stream, int blocks, const ur_block *block);
/* E, P; of each block its own; gamma [D] of 1 and beta [D] of 0; U [V,D], b_2 [V]. */
void ur__stack_declare(const ur__stack *stack, int vocabulary, double std, ur_params *params);
/* Block b, from 0, in a scope of its own until ur_scope_pop. */
ur_block ur__stack_enter(ur_tape *tape, const ur__stack *stack, int b);

#endif
