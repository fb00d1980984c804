/* How long it takes to learn something whole: training on one thread until enough of the unseen is right. */
#include "bench.h"
#include "trainer.h"

#include <inttypes.h>

enum { EVERY = 50, MOST = 3000 }; /* updates between two looks; where it is given up */
static const double WANTED = 0.97;

typedef struct learned {
  double seconds, looking; /* of all of it, and what of that went into the looks */
  uint64_t updates, right, sources;
} learned;

static ur_status look(const cli *c, ur_trainer *trainer, learned *out) {
  const ur_host *host = c->host;
  ur_group groups[UR_GROUPS];
  const double began = host->clock_ms(host->context);
  const ur_status status = ur_trainer_groups(trainer, 1, groups);
  out->right = out->sources = 0;
  for (int n = 0; n < UR_GROUPS && status == UR_OK; n++)
    out->right += groups[n].right, out->sources += groups[n].sequences;
  out->looking += (host->clock_ms(host->context) - began) / 1000;
  return status;
}

static ur_status learn(const cli *c, ur_trainer *trainer, learned *out) {
  const ur_host *host = c->host;
  const double began = host->clock_ms(host->context);
  ur_status status = UR_OK;
  *out = (learned){0};
  while (status == UR_OK && out->updates < MOST &&
         (out->sources == 0 || (double)out->right < WANTED * (double)out->sources)) {
    ur_step_report report;
    for (int i = 0; i < EVERY && status == UR_OK; i++) status = ur_trainer_step(trainer, &report);
    out->updates += EVERY;
    if (status == UR_OK) status = look(c, trainer, out);
  }
  out->seconds = (host->clock_ms(host->context) - began) / 1000;
  return status;
}

/* English to Swahili with attention, as the page's exhibit trains it. */
int bench_learning(const cli *c) {
  static const char *const set[][2] = {{"attention", "dot"},      {"hidden_size", "32"},
                                       {"embedding_size", "16"},  {"batch_size", "64"},
                                       {"learning_rate", "0.01"}, {"schedule", "constant"}};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  learned found;
  if (!bench_wanted(c, "attn_seq_learn")) return CLI_OK;
  ur_status status = ur_settings_init(&settings, "seq2seq", "phrases");
  for (size_t i = 0; i < sizeof set / sizeof *set && status == UR_OK; i++)
    status = ur_settings_set(&settings, set[i][0], set[i][1]);
  if (status == UR_OK) status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
  if (status == UR_OK) status = learn(c, trainer, &found);
  if (status == UR_OK)
    cli_print(c,
              "{\"peer\":\"unroll-%s@%s\",\"workload\":\"attn_seq_learn\",\"seconds\":%.2f,\"seconds_"
              "looking\":%.2f,"
              "\"updates\":%" PRIu64 ",\"right\":%" PRIu64 ",\"unseen\":%" PRIu64 ",\"exact\":%.4f}\n",
              ur_simd_name(), c->host->runtime, found.seconds, found.looking, found.updates, found.right,
              found.sources, (double)found.right / (double)found.sources);
  ur_trainer_free(trainer);
  return status == UR_OK ? CLI_OK : cli_last_error(c);
}
