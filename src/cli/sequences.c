/* What a run is trained on and what is unseen, told. */
#include <string.h>

#include "command.h"
#include "json.h"
#include "trainer.h"

void cli_sequences_json(const ur_trainer *trainer, ur_buffer *out) {
  const ur_sequences s = ur_trainer_sequences(trainer);
  int32_t unlearned[UR__VOCABULARY_MAX];
  const int count = ur_trainer_unlearned(trainer, unlearned, UR__VOCABULARY_MAX);
  ur_buffer_print(out,
                  "{\"train\":%u,\"unseen\":%u,\"train_distinct\":%u,\"unseen_distinct\":%u,"
                  "\"train_symbols\":%u,\"unseen_symbols\":%u,\"unlearned\":[",
                  (unsigned)s.train, (unsigned)s.validation, (unsigned)s.train_distinct,
                  (unsigned)s.validation_distinct, (unsigned)s.train_symbols, (unsigned)s.validation_symbols);
  for (int i = 0; i < count; i++) {
    const char *token = ur_trainer_token(trainer, unlearned[i]);
    if (i > 0) ur_buffer_append(out, ",", 1);
    ur__json_string(out, token, strlen(token));
  }
  ur_buffer_print(out, "]}");
}

/* " (12 different)", or nothing where they all are. */
static void different(ur_buffer *out, uint32_t distinct, uint32_t all) {
  if (distinct < all) ur_buffer_print(out, " (%u different)", (unsigned)distinct);
}

static void warn_of_symbols(const ur_trainer *trainer, const ur_sequences *s, ur_buffer *out) {
  int32_t unlearned[UR__VOCABULARY_MAX];
  const int count = ur_trainer_unlearned(trainer, unlearned, UR__VOCABULARY_MAX);
  if (s->train_symbols == 1) ur_buffer_print(out, "\n  what is trained on has one symbol only");
  if (s->validation_symbols == 1) ur_buffer_print(out, "\n  what is unseen has one symbol only");
  if (count > 0) ur_buffer_print(out, "\n  in unseen sequences only, and so never learned:");
  for (int i = 0; i < count; i++) ur_buffer_print(out, " %s", ur_trainer_token(trainer, unlearned[i]));
}

void cli_sequences(const cli *c, const ur_trainer *trainer) {
  const ur_sequences s = ur_trainer_sequences(trainer);
  ur_buffer line = {0};
  if (c->json) {
    ur_buffer_print(&line, "{\"sequences\":");
    cli_sequences_json(trainer, &line);
    ur_buffer_print(&line, "}");
  } else if (s.train == 0) {
    ur_buffer_print(&line, "  %u unseen sequences", (unsigned)s.validation);
    different(&line, s.validation_distinct, s.validation);
  } else {
    ur_buffer_print(&line, "  %u sequences to train on", (unsigned)s.train);
    different(&line, s.train_distinct, s.train);
    ur_buffer_print(&line, ", %u unseen", (unsigned)s.validation);
    different(&line, s.validation_distinct, s.validation);
    if (s.train_distinct == 1) ur_buffer_print(&line, "\n  only one sequence is learned from");
    if (s.validation_distinct == 1)
      ur_buffer_print(&line, "\n  only one sequence is unseen: the loss on it says little");
    warn_of_symbols(trainer, &s, &line);
  }
  cli_write(c, &line);
  ur_buffer_free(&line);
}
