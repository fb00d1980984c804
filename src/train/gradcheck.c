#include "trainer.h"

/* A few short sequences: a double graph is slow, and each cell is two runs of it. */
enum { SEQUENCES = 2, LENGTH = 4 };

ur_status ur_trainer_gradcheck(ur_trainer *trainer, size_t samples, ur_gradcheck *out) {
  const ur_tape_options options = {.dtype = UR_F64, .batch = SEQUENCES, .length = LENGTH, .gradients = 1};
  const uint32_t V = (uint32_t)trainer->corpus.vocabulary_size;
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "gradcheck", 0);
  int32_t x[SEQUENCES * LENGTH], y[SEQUENCES * LENGTH], lengths[SEQUENCES] = {LENGTH, LENGTH - 1};
  float features[SEQUENCES * LENGTH * UR__FEATURES], numbers[SEQUENCES] = {0.25f, 1.5f};
  const int whole = trainer->model->whole;
  ur__batch batch = {.x = x,
                     .y = y,
                     .count = SEQUENCES,
                     .length = LENGTH,
                     .predicted = whole ? SEQUENCES : SEQUENCES * LENGTH - 1,
                     .lengths = lengths,
                     .features = features,
                     .numbers = numbers};
  ur_tape *tape;
  if (trainer->model->counting)
    return ur_fail(UR_E_STATE, "", "%s only counts; it has no gradients", trainer->model->name);
  for (int i = 0; i < SEQUENCES * LENGTH; i++) {
    x[i] = i < SEQUENCES ? UR__START : (int32_t)ur_rng_below(&stream, V);
    y[i] = (int32_t)ur_rng_below(&stream, V);
  }
  for (int i = 0; i < SEQUENCES * LENGTH * UR__FEATURES; i++) features[i] = ur_rng_uniform(&stream);
  y[SEQUENCES * LENGTH - 1] = -1; /* one sequence is shorter */
  ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, UR__FUSED, &options, &tape);
  if (status != UR_OK) return status;
  status = ur__net_feed(tape, &batch);
  if (status == UR_OK) status = ur_tape_gradcheck(tape, samples, &stream, out);
  ur_tape_free(tape);
  return status;
}
