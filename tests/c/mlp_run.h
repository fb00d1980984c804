/* tests/c/mlp_run.h: a run of a feed-forward net for the tests that look at one. */
#ifndef UNROLL_TESTS_MLP_RUN_H
#define UNROLL_TESTS_MLP_RUN_H

#include <string.h>

#include "check.h"
#include "trainer.h"

static inline ur_bytes bytes_of(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

/* On these settings, "key=value key=value", and the reader's own points or, where that is NULL, the task's.
 * NULL after a failure, which is then the last error. */
static inline ur_trainer *open_run(const char *task, const char *text, const char *own) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  char key[32], value[32];
  int used;
  CHECK(ur_settings_init(&settings, "mlp", task) == UR_OK);
  for (; sscanf(text, " %31[^=]=%31s%n", key, value, &used) == 2; text += used)
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  ur_trainer_create(&settings, own ? bytes_of(own) : (ur_bytes){NULL, 0}, &trainer);
  return trainer;
}

#endif
