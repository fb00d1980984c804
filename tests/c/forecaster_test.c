/* The model forecaster and the task ball: both lowerings, what counts in the loss, a ball that flies as it is
 * said to, its text, own steps against the walk's, speeds read from the state, what is refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alike.h"
#include "check.h"
#include "throws.h"
#include "trained.h"
#include "trainer.h"
#include "unroll/rolled.h"

/* "key=value ..." over a small net. */
static ur_settings small(const char *more) {
  ur_settings settings;
  char key[32], value[32];
  int used;
  CHECK(ur_settings_init(&settings, "forecaster", "ball") == UR_OK);
  CHECK(ur_settings_set(&settings, "hidden_size", "11") == UR_OK);
  CHECK(ur_settings_set(&settings, "batch_size", "8") == UR_OK);
  for (; sscanf(more, " %31[^=]=%31s%n", key, value, &used) == 2; more += used)
    CHECK(ur_settings_set(&settings, key, value) == UR_OK);
  return settings;
}

static ur_trainer *forecaster_of(const char *more, int updates) {
  const ur_settings settings = small(more);
  return trainer_of(&settings, updates);
}

static const float *value(ur_tape *tape, const char *path) {
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

static const char *const forms[] = {"cell=gru", "cell=lstm num_layers=2", "cell=rnn activation=relu",
                                    "cell=gru length=7 first_counted=1", "cell=gru length=3 first_counted=9"};

/* Values equal bit for bit, gradients to 1e-6 of their norm; and against differences. */
static void test_lowerings(void) {
  for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
    ur_trainer *trainer = forecaster_of(forms[f], 3);
    const ur_settings *settings = ur_trainer_settings(trainer);
    ur_params *params = ur_trainer_params(trainer);
    ur__batch batch = trainer->net.room;
    ur_tape *tapes[2] = {NULL, NULL};
    batch.count = 8;
    ur__examples_fill(&trainer->examples, 0, 0, &batch);
    const int T = batch.length;
    for (int i = 0; i < 2; i++) {
      const ur_tape_options options = {.batch = 8, .length = T, .gradients = 1, .edges = i};
      CHECK(ur__net_tape(settings, params, i ? UR__UNROLLED : UR__FUSED, &options, &tapes[i]) == UR_OK);
      CHECK(ur__net_feed(tapes[i], &batch) == UR_OK && ur_tape_forward(tapes[i]) == UR_OK &&
            ur_tape_backward(tapes[i]) == UR_OK);
    }
    for (int t = 0; t < T; t++) {
      char path[32];
      snprintf(path, sizeof path, "rnn.%d.y_hat", t + 1);
      CHECK(memcmp(value(tapes[0], "y_hat") + 16 * t, value(tapes[1], path), 16 * sizeof(float)) == 0);
    }
    CHECK(*value(tapes[0], "J") == *value(tapes[1], "J") && *value(tapes[0], "J") > 0);
    CHECK(check_alike(ur_tape_param_grads(tapes[0]), ur_tape_param_grads(tapes[1]), ur_params_size(params),
                      forms[f]) > 0);
    for (int i = 0; i < 2; i++) ur_tape_free(tapes[i]);
    ur_gradcheck result;
    CHECK(ur_trainer_gradcheck(trainer, CHECK_OF(12, 3), &result) == UR_OK && result.worst < 1e-6 &&
          result.checked > CHECK_OF(40, 10));
    ur_trainer_free(trainer);
  }
}

/* The loss is the mean over the frames that count, of half the square of what is off. */
static void test_counted(void) {
  ur_trainer *trainer = forecaster_of("length=9 first_counted=4", 0);
  ur__batch batch = trainer->net.room;
  batch.count = 2;
  ur__examples_fill(&trainer->examples, 1, 0, &batch);
  CHECK(batch.predicted == 12 && batch.lengths[0] == 9);
  double sum = 0, by_hand = 0;
  CHECK(ur__net_evaluate(&trainer->net, &batch, &sum) == UR_OK);
  const float *said = value(trainer->net.evaluate, "y_hat"), *y = ur__batch_reals(&batch, "y");
  for (int i = 3 * 4; i < 9 * 4; i++) by_hand += ((double)said[i] - y[i]) * ((double)said[i] - y[i]) / 2;
  CHECK_NEAR(sum, by_hand, 1e-5 * by_hand);
  ur_trainer_free(trainer);
}

/* Free fall without walls is a parabola; a wall turns it round and takes its share; nothing leaves the box.
 */
static void test_flight(void) {
  const double values[UR__BALL_SETTINGS] = {30, 5, 0.003, 1, 0.8};
  ur__throw ball = {{0.3, 0.9}, {0.4, 0.1}};
  for (int t = 1; t <= 20; t++) {
    const double s = 0.05 * t;
    ball = ur__throw_next(values, &ball);
    CHECK_NEAR(ball.at[0], 0.3 + 0.4 * s, 1e-12);
    CHECK_NEAR(ball.at[1], 0.9 + 0.1 * s - s * s / 2, 1e-12);
  }
  ball = (ur__throw){{0.5, 0.01}, {0, -0.6}};
  ball = ur__throw_next(values, &ball);
  CHECK_NEAR(ball.at[1], 0.6 * 0.05 + 0.00125 - 0.01, 1e-12);
  CHECK_NEAR(ball.speed[1], 0.8 * 0.65, 1e-12);
  for (int n = 0; n < 200; n++) {
    ur_rng stream = ur_rng_stream(3, "test", (uint64_t)n);
    ball = ur__throw_draw(&stream);
    for (int t = 0; t < 60; t++) {
      ball = ur__throw_next(values, &ball);
      CHECK(ball.at[0] >= 0 && ball.at[0] <= 1 && ball.at[1] >= 0 && ball.at[1] <= 1);
    }
  }
}

/* Example i is always the same; its text is read as the same places; steps are what lies between them. */
static void test_examples(void) {
  ur_trainer *trainer = forecaster_of("length=6 first_counted=2", 0);
  ur__batch one = trainer->net.room, read;
  float e[2][12], y[12];
  ur_buffer text = {0};
  for (int i = 0; i < 2; i++) {
    one.count = 1;
    ur__examples_fill(&trainer->examples, 1, 7, &one);
    memcpy(e[i], ur__batch_reals(&one, "e"), sizeof e[i]);
    ur__examples_fill(&trainer->examples, 0, 7, &one);
  }
  CHECK(memcmp(e[0], e[1], sizeof e[0]) == 0);
  CHECK(memcmp(e[0], ur__batch_reals(&one, "e"), sizeof e[0]) != 0);
  CHECK(ur_trainer_example(trainer, 7, &text) == UR_OK);
  ur_buffer_append(&text, "", 1);
  CHECK(ur__batch_room(trainer->task->arrays, 1, 10, 0, &read) == UR_OK);
  const double *values = ur__task_values(ur_trainer_settings(trainer));
  CHECK(ur__example_read(trainer->task, values, &trainer->corpus, (const char *)text.data, 10, &read) ==
        UR_OK);
  CHECK(read.length == 6 && read.predicted == 5);
  memcpy(y, ur__batch_reals(&read, "y"), sizeof y);
  for (int i = 0; i < 12; i++) CHECK_NEAR(ur__batch_reals(&read, "e")[i], e[0][i], 1e-6);
  for (int i = 0; i < 10; i++) CHECK_NEAR(e[0][i] + 0.1f * y[i], e[0][i + 2], 1e-5);
  /* A throw has as many frames as the setting says, and speeds. */
  float speeds[20];
  CHECK(ur__throw_read(values, "0.5,0.5>0.2,-0.4", 10, &read, speeds) == UR_OK && read.length == 6);
  CHECK_NEAR(ur__batch_reals(&read, "e")[2], 0.51, 1e-6);
  CHECK_NEAR(ur__batch_reals(&read, "e")[3], 0.5 - 0.02 - 0.00125, 1e-6);
  CHECK_NEAR(speeds[1], -0.4, 1e-6);
  CHECK_NEAR(speeds[3], -0.45, 1e-6);
  /* Two places: one step, which counts though it is before the first that would. */
  CHECK(ur__throw_read(values, "0.5,0.5 0.6,0.5", 10, &read, speeds) == UR_OK && read.length == 1);
  CHECK(ur__batch_reals(&read, "counted")[0] == 1 && isnan(speeds[0]));
  ur__batch_free(&read);
  ur_buffer_free(&text);
  ur_trainer_free(trainer);
}

static void test_refused(void) {
  static const char *const texts[][2] = {{"", "two places at least"},
                                         {"0.5,0.5", "two places at least"},
                                         {"0.5", "place 1 should be two numbers"},
                                         {"0.5,0.5 0.6", "place 2 should be two numbers"},
                                         {"0.5,0.5 0.6,x", "place 2 should be two numbers"},
                                         {"0.5,0.5 0.6,2.1", "place 2 is far outside"},
                                         {"0.5,0.5 0.6,0.5>1,1", "place 2 should be two numbers"},
                                         {"0.5,0.5>1", "behind > should be one speed"},
                                         {"0.5,0.5>1,1 0.2,0.2", "behind > should be one speed"},
                                         {"0.5,0.5>9,0", "a speed of 9 is too fast"},
                                         {"nan,0.5 0.1,0.1", "place 1 should be two numbers"},
                                         {".1,.1 .1,.1 .1,.1 .1,.1 .1,.1 .1,.1", "more than 5 places"}};
  const double values[UR__BALL_SETTINGS] = {30, 5, 0.003, 1, 0.8};
  ur__batch read;
  CHECK(ur__batch_room(ur__task_find("ball")->arrays, 1, 4, 0, &read) == UR_OK);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    CHECK(ur__throw_read(values, texts[i][0], 4, &read, NULL) == UR_E_TEXT);
    if (!CHECK(strstr(ur_last_error()->message, texts[i][1]) != NULL))
      printf("       %s: %s\n", texts[i][0], ur_last_error()->message);
  }
  ur__batch_free(&read);
  ur_trainer *trainer = forecaster_of("length=8", 0);
  const ur_sampling how = {1, 0, 1};
  float before[32], after[32];
  ur_rolled rolled;
  ur_roll_errors errors;
  CHECK(ur_trainer_next(trainer, &how, "", before, after) == UR_E_STATE);
  CHECK(ur_rolled_read(trainer, "0.5,0.5>0,0", 9, &rolled) == UR_E_ARGUMENT && rolled.states == NULL);
  CHECK(ur_rolled_read(trainer, "0.5,0.5>0,0", 0, &rolled) == UR_E_ARGUMENT);
  CHECK(ur_roll_errors_of(trainer, 5, 4, 6, &errors) == UR_E_ARGUMENT);
  CHECK(ur_roll_errors_of(trainer, 5, 4, 5, &errors) == UR_OK);
  ur_trainer_free(trainer);
  ur_settings other;
  CHECK(ur_settings_init(&other, "classifier", "adding") == UR_OK);
  CHECK(ur_trainer_create(&other, (ur_bytes){NULL, 0}, &trainer) == UR_OK);
  CHECK(ur_rolled_read(trainer, "0.5,0.5>0,0", 3, &rolled) == UR_E_STATE);
  ur_trainer_free(trainer);
}

/* What is said of each frame is what the walk over the same places says, and own steps are those of a walk
 * over what they said. */
static void test_rolled(void) {
  for (size_t f = 0; f < 3; f++) {
    ur_trainer *trainer = forecaster_of(forms[f], 60);
    ur_rolled rolled;
    ur_walk *walk = NULL;
    ur_buffer text = {0};
    CHECK(ur_rolled_read(trainer, "0.3,0.6>0.7,0.2", 10, &rolled) == UR_OK);
    CHECK(rolled.frames == 31 && rolled.hidden == 11);
    CHECK(memcmp(rolled.own, rolled.seen, 20 * sizeof(float)) == 0);
    for (int t = 0; t < 31; t++)
      ur_buffer_print(&text, "%s%.9g,%.9g", t > 0 ? " " : "", (double)rolled.own[2 * t],
                      (double)rolled.own[2 * t + 1]);
    ur_buffer_append(&text, "", 1);
    CHECK(ur_walk_create(trainer, (const char *)text.data, &walk) == UR_OK);
    ur_tape *tape = ur_walk_tape(walk);
    CHECK(ur_tape_forward(tape) == UR_OK);
    for (int t = 10; t < 31; t++) {
      char path[40];
      snprintf(path, sizeof path, "rnn.%d.y_hat", t);
      const float *said = value(tape, path);
      for (int i = 0; i < 2; i++)
        CHECK_NEAR(rolled.own[2 * t + i], rolled.own[2 * (t - 1) + i] + 0.1f * said[i], 1e-6);
      snprintf(path, sizeof path, f == 1 ? "rnn.%d.layer2.h" : "rnn.%d.h", t);
      CHECK(memcmp(value(tape, path), rolled.states + 11 * (t - 1), 11 * sizeof(float)) == 0);
    }
    ur_walk_free(walk);
    CHECK(ur_walk_create(trainer, "0.3,0.6>0.7,0.2", &walk) == UR_OK);
    CHECK(ur_tape_forward(ur_walk_tape(walk)) == UR_OK);
    const float *said = value(ur_walk_tape(walk), "rnn.4.y_hat");
    for (int i = 0; i < 2; i++) CHECK(rolled.guess[2 * 4 + i] == rolled.seen[2 * 3 + i] + 0.1f * said[i]);
    CHECK_NEAR(rolled.speed[0], 0.7, 1e-6);
    ur_walk_free(walk);
    ur_rolled_free(&rolled);
    ur_buffer_free(&text);
    ur_trainer_free(trainer);
  }
}

/* Of a net that says nothing moves, every error is that of the same place; simple ways by hand. */
static void test_errors(void) {
  ur_trainer *trainer = forecaster_of("length=12 noise=0", 0);
  ur_roll_errors errors;
  ur_params *params = ur_trainer_params(trainer);
  const int U = ur_params_count(params) - 2;
  memset(ur_params_data(params) + ur_params_view(params, U).offset, 0,
         (ur_params_view(params, U).size + 2) * sizeof(float));
  CHECK(ur_roll_errors_of(trainer, 20, 4, 6, &errors) == UR_OK && errors.frames == 12);
  for (int k = 0; k < 6; k++)
    CHECK(errors.ahead[UR_ROLL_NET][k] == errors.ahead[UR_ROLL_PLACE][k] && errors.ahead[UR_ROLL_NET][k] > 0);
  CHECK(errors.next[UR_ROLL_NET] == errors.next[UR_ROLL_PLACE]);
  CHECK(errors.seen[UR_ROLL_VELOCITY][0] == errors.seen[UR_ROLL_PLACE][0]);
  /* The first unseen throw by hand, two steps on. */
  CHECK(ur_roll_errors_of(trainer, 1, 4, 2, &errors) == UR_OK);
  ur__batch batch = trainer->net.room;
  batch.count = 1;
  ur__examples_fill(&trainer->examples, 1, 0, &batch);
  const float *e = ur__batch_reals(&batch, "e");
  const double x = 3 * (double)e[6] - 2 * (double)e[4] - e[10],
               y = 3 * (double)e[7] - 2 * (double)e[5] - e[11];
  CHECK_NEAR(errors.ahead[UR_ROLL_VELOCITY][1], sqrt(x * x + y * y), 1e-6);
  ur_trainer_free(trainer);
}

/* A little training makes a speed legible that is not shown; a state of its own is said by hand. */
static void test_speed(void) {
  ur_trainer *trainer = forecaster_of("cell=gru hidden_size=16 learning_rate=0.01", 250);
  ur_roll_speed speed;
  double said[2];
  CHECK(ur_roll_speed_fit(trainer, 40, &speed) == UR_OK && speed.hidden == 16 && speed.tested == 40 * 26);
  CHECK(speed.error > 0 && speed.error < 0.5 * speed.spread);
  float state[16] = {0};
  state[3] = 2;
  ur_roll_speed_say(&speed, state, said);
  for (int i = 0; i < 2; i++)
    CHECK_NEAR(said[i], speed.weights[2 * 16 + i] + 2 * speed.weights[2 * 3 + i], 1e-12);
  ur_roll_speed_free(&speed);
  ur_trainer_free(trainer);
}

/* 32 throws from a place are around it, the same for a seed, and refused outside of the box. */
static void test_fan(void) {
  ur_trainer *trainer = forecaster_of("noise=0 gravity=0", 0);
  float one[64], other[64];
  CHECK(ur_roll_fan(trainer, 0.5, 0.5, 32, one) == UR_OK &&
        ur_roll_fan(trainer, 0.5, 0.5, 32, other) == UR_OK);
  CHECK(memcmp(one, other, sizeof one) == 0);
  for (int i = 0; i < 32; i++)
    CHECK(fabsf(one[2 * i] - 0.5f) <= 0.0451f && fabsf(one[2 * i + 1] - 0.5f) <= 0.0301f);
  CHECK(ur_roll_fan(trainer, 1.5, 0.5, 32, one) == UR_E_ARGUMENT);
  ur_trainer_free(trainer);
}

/* With both gates held at 0 nothing is carried on: what is said of a place does not depend on those before.
 */
static void test_forgetful(void) {
  for (int held = 0; held < 2; held++) {
    ur_trainer *trainer = forecaster_of(held ? "hold_z=0 hold_r=0" : "", 2);
    ur_rolled one, other;
    CHECK(ur_rolled_read(trainer, "0.2,0.2 0.5,0.5 0.6,0.6", 2, &one) == UR_OK);
    CHECK(ur_rolled_read(trainer, "0.9,0.1 0.5,0.5 0.6,0.6", 2, &other) == UR_OK);
    CHECK((memcmp(one.own + 4, other.own + 4, 2 * sizeof(float)) == 0) == held);
    ur_rolled_free(&one);
    ur_rolled_free(&other);
    ur_trainer_free(trainer);
  }
}

int main(void) {
  TEST("both lowerings") test_lowerings();
  TEST("what counts") test_counted();
  TEST("flight") test_flight();
  TEST("examples and their text") test_examples();
  TEST("what is refused") test_refused();
  TEST("own steps") test_rolled();
  TEST("errors") test_errors();
  TEST("the speed in the state") test_speed();
  TEST("one frame") test_fan();
  TEST("without memory") test_forgetful();
  return check_done();
}
