/* tests/c/oracle_net.h: a net as it is trained, against a fixture of tests/oracle. */
#ifndef UNROLL_TESTS_ORACLE_NET_H
#define UNROLL_TESTS_ORACLE_NET_H

#include "net.h"
#include "net_params.h"
#include "oracle.h"

/* A node's values against the fixture's of that name. */
static inline void check_named(const ur__safetensors *file, const char *name, ur_tape *tape) {
  size_t count;
  float *theirs = numbers(file, "value.", name, &count);
  const float *ours = ur_tape_value(tape, ur_tape_find(tape, name));
  if (theirs && CHECK(ours != NULL)) check_norm(name, ours, theirs, count);
  free(theirs);
}

/* A model's settings for a task, those that the fixture names as "key=value key=value" set. */
static inline ur_settings settings_of(const ur__safetensors *file, const char *model, const char *task) {
  ur_settings settings;
  char key[32], value[32];
  int used;
  CHECK(ur_settings_init(&settings, model, task) == UR_OK);
  for (const char *text = ur__safetensors_meta(file, "settings");
       sscanf(text, " %31[^=]=%31s%n", key, value, &used) == 2; text += used)
    if (!CHECK(ur_settings_set(&settings, key, value) == UR_OK))
      printf("       %s\n", ur_last_error()->message);
  return settings;
}

/* The tensor `from` of the fixture as the tokens of an array. */
static inline void put_tokens(const ur__safetensors *file, const char *from, const ur__batch *batch,
                              const char *name) {
  size_t count;
  float *all = numbers(file, "", from, &count);
  for (size_t i = 0; i < count; i++) ur__batch_tokens(batch, name)[i] = (int32_t)all[i];
  free(all);
}

/* The same of an array of numbers. */
static inline void put_reals(const ur__safetensors *file, const char *from, const ur__batch *batch,
                             const char *name) {
  size_t count;
  float *all = numbers(file, "", from, &count);
  memcpy(ur__batch_reals(batch, name), all, count * sizeof *all);
  free(all);
}

/* A net's parameters, as the fixture has them. */
static inline ur_params *params_of(const ur__safetensors *file, const ur_settings *settings,
                                   const ur__io *io) {
  ur_params *params = net_params(settings, io);
  load_params(file, params);
  return params;
}

/* A net as it is trained, on one batch: loss, the values named (up to NULL), gradients and ten updates. */
static inline void check_net(const ur__safetensors *file, const ur_settings *settings, const ur__io *io,
                             const ur__batch *batch, int unrolled, const char *const *values) {
  const ur_tape_options options = {.batch = batch->count,
                                   .length = batch->length,
                                   .source = batch->source,
                                   .gradients = 1,
                                   .edges = unrolled};
  ur_params *params = params_of(file, settings, io);
  ur_tape *tape = NULL;
  size_t count;
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
