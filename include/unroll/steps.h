/* unroll/steps.h: what a tape takes, counted on its nodes and measured nowhere: sequential steps, the ways
 * between two nodes, operations, bytes. It runs nothing and changes nothing.
 *
 * A step is one operation of the tape. Inputs, parameters and constants are there at step 0; an operation is
 * done one step after the last of its inputs, since all that are ready are done at once. Counted is at the
 * current size, without the nodes beyond its length.
 *
 * All functions need a finished tape of the unrolled lowering: a fused operation hides its steps, and is
 * refused by its name (UR_E_STATE). */
#ifndef UNROLL_STEPS_H
#define UNROLL_STEPS_H

#include "unroll/graph.h"

/* steps[id]: the least number of sequential steps before the value of each node is there; -1 for one beyond
 * the length. steps: [ur_tape_count]. */
ur_status ur_steps_all(const ur_tape *tape, int *steps);

/* A longest way to node `to`, or with UR_NODE_NONE to a node that comes last: from a leaf, each node an input
 * of the next. `way` has room for ur_tape_count ids, and gets *count of them, one more than its steps.
 * UR_E_ARGUMENT for a node that there is not or that is beyond the length; UR_E_MEMORY. */
ur_status ur_steps_longest(const ur_tape *tape, int to, int *way, int *count);

/* A shortest way from one node to another, in the direction in which values go: *count - 1 operations lie on
 * it, `to` counted. Of states that are stacked and of which the last is taken, no way leads from the others.
 * *count is 1 from a node to itself, and 0 where `to` is not made from `from`. Otherwise as above. */
ur_status ur_steps_way(const ur_tape *tape, int from, int to, int *way, int *count);

typedef struct ur_work {
  uint64_t nodes;
  uint64_t multiply_adds; /* of products of matrices and vectors: one product and its addition */
  uint64_t others;        /* any other sum, difference, product, quotient, comparison, exp, log, tanh, ... */
  uint64_t bytes;         /* of values: what is kept for the way back, gradients not counted */
} ur_work;
/* Of one forward run, by op: work[UR_OP_COUNT]; UR_OP_LEAF has inputs, parameters and constants. Choosing and
 * moving cells (embedding, slice, stack, ...) is no operation. Where a sequence is shorter than its batch,
 * its padding counts like the rest. */
ur_status ur_steps_work(const ur_tape *tape, ur_work *work);

#endif
