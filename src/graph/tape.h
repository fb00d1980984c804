/* graph/tape.h: the inside of ur_tape. tape.c makes and asks nodes, build.c has the builders, memory.c lays
 * out, walk.c runs, explain.c says where a number comes from, gradcheck.c checks.
 *
 * Lifetimes: the arrays of nodes grow while building; all numbers and the arrays that a run needs are one
 * arena, allocated by ur_tape_finish. Both end with ur_tape_free. */
#ifndef UNROLL_GRAPH_TAPE_H
#define UNROLL_GRAPH_TAPE_H

#include "params.h"

#define UR__SCOPE_DEPTH 16
#define UR__LINE        16 /* reals: buffers within scratch begin on cache lines */

typedef struct ur__node {
  char path[sizeof(((ur_error *)0)->node)];
  uint64_t hash; /* of path */
  const char *name;
  ur_op op;
  ur_role role;
  ur__tensor value;
  int time, since, of_source; /* since: not run while the length is below it */
  int param, option, range[2];
  double hold[4], epsilon;
  int owner,
      kept; /* its memory is that of another node's aux, `kept` times that one's cells from its start */
  int cell; /* of an owner: the node that shows its cell states; UR_NODE_NONE where there is none */
  int n, *inputs;
  ur__needs needs;
  int gradient; /* has one: it is made from parameters, and the loss is made from it */
  int terms;    /* edges whose gradients meet in its own */

  /* Set by ur_tape_finish. */
  void *grad, *aux;
  void **edges;          /* [n], each NULL where none; NULL without options.edges */
  const ur__tensor **in; /* [n] */
  /* State of a walk. */
  int reached; /* edges that have gone into grad so far */
} ur__node;

struct ur_tape {
  ur_tape_options options;
  ur_params *params;
  const ur__op_functions *ops;
  const ur__arith *arith;

  ur__node **nodes; /* in building order */
  int count, capacity;
  int *carried; /* pairs of an input and an output */
  int carried_count;
  int *param_nodes; /* [parameters], UR_NODE_NONE where the graph has none */
  int loss;

  char scope[sizeof(((ur_error *)0)->node)];
  int scope_ends[UR__SCOPE_DEPTH], scope_depth, time, of_source;
  ur_error failure; /* of the first builder that failed; UR_OK where none */

  ur__arena arena;
  int finished;
  void *param_values; /* UR_F64 only: the parameters in double, laid out as in the arena of floats */
  void *param_grads;  /* laid out likewise */
  size_t numbers;     /* bytes of one copy of the parameters */
  void *work, *scratch;
  void **dx;  /* [most inputs] */
  int *order; /* [steps]: active ops in building order */

  int batch, length, source, steps;
  int position; /* of the walk: so many steps are done */
};

/* The first failure is kept; returns UR_NODE_NONE. */
int ur__poison(ur_tape *tape);
/* UR_OK while nodes may be added. */
ur_status ur__may_build(ur_tape *tape);
/* One more node, zeroed but for path, time and param; NULL after recording why not. inputs: room for n. */
ur__node *ur__node_new(ur_tape *tape, const char *name, int scoped, int n);
/* UR_E_ARGUMENT naming the number where there is no such node. */
ur_status ur__node_check(const ur_tape *tape, int id);
/* UR_E_STATE before ur_tape_finish. */
ur_status ur__must_be_finished(const ur_tape *tape);
ur__call ur__call_of(const ur_tape *tape, const ur__node *node);
const ur__op_functions *ur__functions(const ur_tape *tape, ur_op op);

static inline int ur__is_op(const ur__node *node) { return node->op != UR_OP_LEAF; }
/* Does a gradient flow from node to its input k now? */
int ur__edge_active(const ur_tape *tape, const ur__node *node, int k);
/* Bytes of a node's value at the current size. */
size_t ur__bytes(const ur_tape *tape, const ur__tensor *t);

/* Sets shapes, order and activity for this size. */
void ur__resize(ur_tape *tape, int batch, int length, int source);
/* UR_F64: takes the parameters from the floats. */
void ur__load_params(ur_tape *tape);
/* Runs all forward operations with the parameters as the tape holds them. */
ur_status ur__run_forward(ur_tape *tape);

#endif
