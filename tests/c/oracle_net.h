/* tests/c/oracle_net.h: a net as it is trained, against a fixture of tests/oracle. */
#ifndef UNROLL_TESTS_ORACLE_NET_H
#define UNROLL_TESTS_ORACLE_NET_H

#include "net.h"
#include "oracle.h"

/* A node's values against the fixture's of that name. */
static inline void check_named(const ur__safetensors *file, const char *name, ur_tape *tape) {
  size_t count;
  float *theirs = numbers(file, "value.", name, &count);
  const float *ours = ur_tape_value(tape, ur_tape_find(tape, name));
  if (theirs && CHECK(ours != NULL)) check_norm(name, ours, theirs, count);
  free(theirs);
}

/* A net as it is trained, on one batch: loss, the values named (up to NULL), gradients and ten updates. */
static inline void check_net(const ur__safetensors *file, const ur_settings *settings, const ur__io *io,
                             const ur__batch *batch, int unrolled, const char *const *values) {
  const ur_tape_options options = {.batch = batch->count,
                                   .length = batch->length,
                                   .source = batch->source,
                                   .gradients = 1,
                                   .edges = unrolled};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  size_t count;
  CHECK(ur_params_create(&params) == UR_OK);
  ur__model_find(settings->model)->declare(ur__model_values(settings), io, params);
  CHECK(ur_params_finish(params, &stream) == UR_OK);
  load_params(file, params);
  if (CHECK(ur__net_tape(settings, params, unrolled ? UR__UNROLLED : UR__FUSED, &options, &tape) == UR_OK) &&
      CHECK(ur__net_feed(tape, batch) == UR_OK)) {
    CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
    const int J = ur_tape_find(tape, "J");
    float *loss = numbers(file, "", "loss", &count);
    check_norm("loss", ur_tape_value(tape, J), loss, 1);
    free(loss);
    for (; *values != NULL; values++) check_named(file, *values, tape);
    check_gradients(file, params, tape);
    check_adam(file, params, tape, J);
  } else {
    printf("       %s\n", ur_last_error()->message);
  }
  ur_tape_free(tape);
  ur_params_free(params);
}

#endif
