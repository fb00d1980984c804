/* tests/c/run.h: a training run small enough for a test: twelve lines of seven letters, batches of four. */
#ifndef UNROLL_TESTS_RUN_H
#define UNROLL_TESTS_RUN_H

#include <string.h>

#include "check.h"
#include "unroll/train.h"

static const char run_text[] = "abacab\nbadge\nface\ncab\ndeaf\nbead\nfade\naged\ncafe\nbaggage\na\nfeed\n";

static inline ur_bytes run_corpus(void) { return (ur_bytes){(const uint8_t *)run_text, sizeof run_text - 1}; }

/* key, value, ..., NULL */
static inline ur_settings run_settings(const char *model, const char *const *more) {
  ur_settings settings;
  CHECK(ur_settings_init(&settings, model, "lines") == UR_OK);
  if (ur_setting_get(&settings, "hidden_size") > 0) {
    if (ur_setting_get(&settings, "embedding_size") > 0)
      CHECK(ur_settings_set(&settings, "embedding_size", "3") == UR_OK);
    CHECK(ur_settings_set(&settings, "hidden_size", "6") == UR_OK);
    CHECK(ur_settings_set(&settings, "batch_size", "4") == UR_OK);
  }
  for (int i = 0; more != NULL && more[i] != NULL; i += 2) {
    if (!CHECK(ur_settings_set(&settings, more[i], more[i + 1]) == UR_OK)) printf("       %s\n", more[i]);
  }
  return settings;
}

static inline ur_trainer *run_new(const char *model, const char *const *more) {
  const ur_settings settings = run_settings(model, more);
  ur_trainer *trainer = NULL;
  if (!CHECK(ur_trainer_create(&settings, run_corpus(), &trainer) == UR_OK))
    printf("       %s\n", ur_last_error()->message);
  return trainer;
}

static inline void run_steps(ur_trainer *trainer, int count) {
  ur_step_report report;
  for (int i = 0; i < count; i++) {
    if (!CHECK(ur_trainer_step(trainer, &report) == UR_OK)) {
      printf("       %s\n", ur_last_error()->message);
      return;
    }
  }
}

static inline ur_buffer run_saved(const ur_trainer *trainer, int snapshot) {
  ur_buffer bytes = {0};
  CHECK(ur_trainer_save(trainer, snapshot, &bytes) == UR_OK);
  return bytes;
}

static inline ur_bytes bytes_of(const ur_buffer *buffer) { return (ur_bytes){buffer->data, buffer->size}; }

static inline int same_bytes(const ur_buffer *a, const ur_buffer *b) {
  return a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}

#endif
