/* tests/c/tape_help.h: what the tests of the tape ask of it. */
#ifndef UNROLL_TESTS_TAPE_HELP_H
#define UNROLL_TESTS_TAPE_HELP_H

#include "check.h"
#include "small_rnn.h"

static const small_rnn small = {.T = 4, .B = 3, .E = 5, .H = 6, .V = 7};

static inline int said(const char *part) {
  int found = strstr(ur_last_error()->message, part) != NULL;
  if (!found) printf("  '%s' is not in: %s\n", part, ur_last_error()->message);
  return found;
}

static inline size_t cells_of(const ur_tape *tape, int node) {
  ur_node_view view = ur_tape_node(tape, node);
  size_t cells = 1;
  for (int i = 0; i < view.rank; i++) cells *= (size_t)view.shape[i];
  return cells;
}

static inline int all_zero(const float *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (x[i] != 0) return 0;
  return 1;
}

static inline void run(ur_tape *tape) {
  CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
}

#endif
