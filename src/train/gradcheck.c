#include "trainer.h"

/* A few short sequences: a double graph is slow, and each cell is two runs of it. */
enum { SEQUENCES = 2, LENGTH = 4, SOURCE = 3 };

/* Anything at all in every array. Where there is padding, one sequence is shorter. */
static void invent(ur__batch *batch, uint32_t V, ur_rng *stream) {
  for (int i = 0; batch->arrays[i].name != NULL; i++) {
    const ur__array *array = &batch->arrays[i];
    const size_t cells = ur__array_cells(array, batch);
    int32_t *tokens = batch->cells[i];
    float *reals = batch->cells[i];
    for (size_t k = 0; k < cells; k++) {
      if (array->real)
        reals[k] = ur_rng_uniform(stream);
      else if (array->place)
        tokens[k] = 1 + (int32_t)ur_rng_below(stream, LENGTH - 1);
      else
        tokens[k] = UR__MARKS + (int32_t)ur_rng_below(stream, V - UR__MARKS);
    }
    if (array->padding != UR__NO_PADDING) tokens[cells - 1] = array->padding;
  }
  ur__batch_derive(batch);
}

static ur_status check(ur_trainer *trainer, ur__batch *batch, size_t samples, ur_gradcheck *out) {
  const ur_tape_options options = {
      .dtype = UR_F64, .batch = SEQUENCES, .length = LENGTH, .source = SOURCE, .gradients = 1};
  ur_rng stream = ur_rng_stream(trainer->settings.seed, "gradcheck", 0);
  ur_tape *tape;
  invent(batch, (uint32_t)trainer->corpus.vocabulary_size, &stream);
  ur_status status = ur__net_tape(&trainer->settings, trainer->net.params, UR__FUSED, &options, &tape);
  if (status != UR_OK) return status;
  status = ur__net_feed(tape, batch);
  if (status == UR_OK) ur__net_drop(tape, ur_setting_get(&trainer->settings, "dropout"), &stream);
  if (status == UR_OK) status = ur_tape_gradcheck(tape, samples, &stream, out);
  ur_tape_free(tape);
  return status;
}

ur_status ur_trainer_gradcheck(ur_trainer *trainer, size_t samples, ur_gradcheck *out) {
  ur__batch batch;
  if (trainer->model->counting)
    return ur_fail(UR_E_STATE, "", "%s only counts; it has no gradients", trainer->model->name);
  ur_status status = ur__batch_room(trainer->task->arrays, SEQUENCES, LENGTH, SOURCE, &batch);
  if (status == UR_OK) status = check(trainer, &batch, samples, out);
  ur__batch_free(&batch);
  return status;
}
