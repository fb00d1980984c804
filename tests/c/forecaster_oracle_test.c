/* Nets that read numbers and say numbers against PyTorch: every cell, one layer and two, with first steps
 * that do not count; values, loss, every gradient and ten updates of Adam, in both lowerings, and what they
 * say by their own steps. The fixtures are made by tests/oracle/forecaster.py. */
#include "oracle_net.h"
#include "trainer.h"
#include "unroll/rolled.h"

static void put(const ur__safetensors *file, const ur__batch *batch, const char *name) {
  size_t count;
  float *all = numbers(file, "", name, &count);
  memcpy(ur__batch_reals(batch, name), all, count * sizeof *all);
  free(all);
}

/* Its own steps, after places of the first sequence. */
static void check_rolled(const ur__safetensors *file, const ur_settings *settings, const ur__batch *batch) {
  const int T = batch->length, given = atoi(ur__safetensors_meta(file, "given"));
  ur_trainer *trainer = NULL;
  ur_rolled rolled;
  ur_buffer text = {0};
  size_t count;
  float *theirs = numbers(file, "", "rolled", &count);
  const float *e = ur__batch_reals(batch, "e");
  for (int t = 0; t < T; t++)
    ur_buffer_print(&text, "%s%.9g,%.9g", t > 0 ? " " : "", (double)e[2 * t * batch->count],
                    (double)e[2 * t * batch->count + 1]);
  ur_buffer_append(&text, "", 1);
  if (CHECK(ur_trainer_create(settings, (ur_bytes){NULL, 0}, &trainer) == UR_OK)) {
    load_params(file, ur_trainer_params(trainer));
    CHECK(ur_rolled_read(trainer, (const char *)text.data, given, &rolled) == UR_OK && rolled.frames == T);
    check_norm("rolled", rolled.own, theirs, count);
    ur_rolled_free(&rolled);
  }
  ur_trainer_free(trainer);
  ur_buffer_free(&text);
  free(theirs);
}

static void check_case(const char *name) {
  ur__safetensors file;
  ur__batch batch;
  uint8_t *bytes = open_oracle(name, &file);
  if (!bytes) return;
  const ur__task *task = ur__task_find("ball");
  const ur__stored *e = ur__safetensors_find(&file, "e");
  const int T = (int)e->shape[0], B = (int)e->shape[1];
  const ur_settings settings = settings_of(&file, "forecaster", "ball");
  CHECK(ur__batch_room(task->arrays, B, T, 0, &batch) == UR_OK);
  put(&file, &batch, "e");
  put(&file, &batch, "y");
  put(&file, &batch, "counted");
  ur__batch_derive(&batch);
  const int first = (int)ur_setting_get(&settings, "first_counted");
  CHECK((int)batch.predicted == (T - first + 1) * B);
  const ur__io io = ur__io_of(task, 0);
  check_net(&file, &settings, &io, &batch, 0, (const char *const[]){"y_hat", "J_t", NULL});
  check_net(&file, &settings, &io, &batch, 1, (const char *const[]){NULL});
  check_rolled(&file, &settings, &batch);
  ur__batch_free(&batch);
  ur__safetensors_free(&file);
  free(bytes);
}

int main(void) {
  static const char *const cases[] = {"forecaster_rnn", "forecaster_lstm", "forecaster_gru"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) TEST(cases[i]) check_case(cases[i]);
  return check_done();
}
