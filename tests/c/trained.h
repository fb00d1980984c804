/* tests/c/trained.h: a trainer of a task's own text, after so many updates. */
#ifndef UNROLL_TESTS_TRAINED_H
#define UNROLL_TESTS_TRAINED_H

#include <stdlib.h>

#include "check.h"
#include "unroll/train.h"

/* The caller frees it. Without it nothing can be tested: then the program ends. */
static inline ur_trainer *trainer_of(const ur_settings *settings, int updates) {
  ur_trainer *trainer = NULL;
  ur_step_report report;
  if (!CHECK(ur_trainer_create(settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK)) {
    printf("       %s\n", ur_last_error()->message);
    exit(1);
  }
  for (int i = 0; i < updates; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  return trainer;
}

#endif
