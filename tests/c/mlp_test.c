/* Points and the nets that learn them: what is made, what is read, in which order it is trained on; what a
 * drawn net has; which settings describe none; a run with the reader's own points, stored and gone on with.
 * Against PyTorch: mlp_oracle_test.c. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mlp_run.h"

static double train(ur_trainer *trainer, int steps) {
  ur_step_report report = {0};
  for (int i = 0; i < steps; i++) CHECK(ur_trainer_step(trainer, &report) == UR_OK);
  return report.loss;
}

/* ---- points ---- */
static const char *const tasks[] = {"curve", "circles", "xor", "spiral", "moons", "arms"};

static void test_made(void) {
  for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
    const ur__task *task = ur__task_find(tasks[i]);
    const double values[] = {31, 0, UR__IN_TURN}, moved[] = {31, 0.2, UR__IN_TURN};
    ur__points a, b, other;
    CHECK(ur__points_create(task, values, 1, (ur_bytes){NULL, 0}, &a) == UR_OK && a.train == 31);
    CHECK(ur__points_create(task, moved, 1, (ur_bytes){NULL, 0}, &b) == UR_OK);
    CHECK(ur__points_create(task, moved, 2, (ur_bytes){NULL, 0}, &other) == UR_OK);
    const int F = a.features, C = a.outputs;
    double apart = 0;
    CHECK(memcmp(b.x, other.x, 31 * (size_t)F * sizeof *b.x) != 0 || task->kind == UR__CURVE);
    for (int k = 0; k < 31; k++) {
      double sum = 0;
      for (int f = 0; f < F; f++) {
        CHECK(fabsf(a.x[k * F + f]) <= 1);
        apart += pow(a.x[k * F + f] - b.x[k * F + f], 2) / (31 * F);
      }
      for (int c = 0; c < C; c++) sum += a.y[k * C + c];
      CHECK(task->kind == UR__CURVE || sum == 1 || (C == 1 && sum == 0));
    }
    if (task->kind != UR__CURVE) CHECK_NEAR(sqrt(apart), 0.2, 0.05);
    ur__points_free(&a), ur__points_free(&b), ur__points_free(&other);
  }
  /* four points without noise are the XOR of the books */
  ur__points four;
  CHECK(ur__points_create(ur__task_find("xor"), (double[]){4, 0, 0}, 1, (ur_bytes){NULL, 0}, &four) == UR_OK);
  for (int k = 0; k < 4; k++) CHECK(four.y[k] == ((four.x[2 * k] > 0) != (four.x[2 * k + 1] > 0)));
  ur__points_free(&four);
}

static void test_order(void) {
  enum { N = 12 };
  const ur__task *task = ur__task_find("curve");
  float x[3 * N], y[3 * N];
  int32_t lengths[6 * N];
  ur__batch batch = {.arrays = task->arrays, .cells = {x, y}, .count = 3 * N, .lengths = lengths};
  for (int how = 0; how < 3; how++) {
    ur__points points;
    int twice = 0, seen[3][N] = {{0}}, moved = 0;
    CHECK(ur__points_create(task, (double[]){N, 0.1, how}, 5, (ur_bytes){NULL, 0}, &points) == UR_OK);
    ur__points_next(&points, 0, &batch);
    for (int k = 0; k < 3 * N; k++) {
      int at = 0;
      while (at < N && points.x[at] != x[k]) at++;
      if (!CHECK(at < N && points.y[at] == y[k])) break;
      twice |= seen[k / N][at]++ > 0;
      moved |= at != k % N;
    }
    CHECK(twice == (how == UR__DRAWN) && moved == (how != UR__IN_TURN));
    /* any place can be begun at */
    const float before = x[2 * N + 1];
    ur__batch one = batch;
    one.count = 1;
    ur__points_next(&points, 2 * N + 1, &one);
    CHECK(x[0] == before);
    ur__points_free(&points);
  }
}

static int refused(const char *task, const char *own, const char *part) {
  ur_trainer *trainer = open_run(task, "", own);
  const int no =
      trainer == NULL && ur_last_error()->code == UR_E_TEXT && strstr(ur_last_error()->message, part);
  ur_trainer_free(trainer);
  return no;
}

static void test_own(void) {
  static const char text[] = "0.5 1 1\r\n\n  -1e-1\t0.25 0\n? 0.75 -1 1\n+2 2 0.5";
  ur_trainer *trainer = open_run("moons", "", text);
  ur_evaluation seen, unseen;
  ur_buffer out = {0};
  if (!CHECK(trainer != NULL)) return;
  const ur__points *points = &trainer->examples.points;
  CHECK(points->train == 3 && points->unseen == 1 && trainer->batch_size == 3);
  const float x[] = {0.5f, 1, -0.1f, 0.25f, 2, 2, 0.75f, -1}, y[] = {1, 0, 0.5f, 1};
  CHECK(memcmp(points->x, x, sizeof x) == 0 && memcmp(points->y, y, sizeof y) == 0);
  CHECK(ur_trainer_evaluate(trainer, 0, &seen) == UR_OK && seen.sequences == 3 && seen.tokens == 3);
  CHECK(ur_trainer_evaluate(trainer, 1, &unseen) == UR_OK && unseen.sequences == 1);
  CHECK(ur_trainer_example(trainer, 7, &out) == UR_OK && strcmp((char *)out.data, "0.75 -1 1") == 0);
  ur_buffer_free(&out);
  ur_trainer_free(trainer);
  trainer = open_run("moons", "", "0 0 1\n1 1 0\n");
  CHECK(trainer && ur_trainer_evaluate(trainer, 1, &unseen) == UR_OK && unseen.sequences == 2);
  ur_trainer_free(trainer);
  CHECK(refused("moons", "0 0 1\n0 0\n", "line 2 should be 3 numbers"));
  CHECK(refused("moons", "0 0 1 1", "line 1"));
  CHECK(refused("moons", "0 0 1.5", "from 0 to 1"));
  CHECK(refused("moons", "0 nan 1", "line 1"));
  CHECK(refused("moons", "0 1001 1", "line 1"));
  CHECK(refused("moons", "0 0x1 1", "line 1"));
  CHECK(refused("moons", "", "no point to train on"));
  CHECK(refused("moons", "? 0 0 1", "no point to train on"));
  CHECK(refused("curve", "0 0 1", "line 1 should be 2 numbers"));
  CHECK(refused("arms", "0 0 1", "line 1 should be 5 numbers"));
  trainer = open_run("curve", "", "0 -7.5\n");
  CHECK(trainer != NULL && trainer->examples.points.y[0] == -7.5f);
  ur_trainer_free(trainer);
  char *many = malloc(8 * (UR__POINTS_MAX + 1) + 1);
  many[0] = '\0';
  for (int i = 0; i <= UR__POINTS_MAX; i++) memcpy(many + 8 * i, "0.25 .5\n", 9);
  CHECK(refused("curve", many, "more than 1000 points"));
  many[8 * UR__POINTS_MAX] = '\0';
  trainer = open_run("curve", "", many);
  CHECK(trainer != NULL && trainer->examples.points.train == UR__POINTS_MAX);
  ur_trainer_free(trainer);
  free(many);
}

/* ---- nets ---- */
static int no_net(const char *task, const char *settings, const char *key, const char *part) {
  ur_trainer *trainer = open_run(task, settings, NULL);
  const int no = trainer == NULL && ur_last_error()->code == UR_E_SETTING &&
                 strcmp(ur_last_error()->node, key) == 0 && strstr(ur_last_error()->message, part) != NULL;
  if (!no) printf("       %s\n", ur_last_error()->message);
  ur_trainer_free(trainer);
  return no;
}

static void test_described(void) {
  CHECK(no_net("moons", "hidden_2=0 hidden_3=2", "hidden_3", "fill the layers in order"));
  CHECK(no_net("moons", "wires_4=1", "wires_4", "there are 3 layers"));
  CHECK(no_net("moons", "hidden_1=27 wires_1=1", "wires_1", "54 wires; drawn can be 52"));
  CHECK(no_net("moons", "hidden_1=2 wires_1=16", "wires_1", "beyond the 4"));
  CHECK(no_net("moons", "hidden_1=2 wires_1=3", "wires_1", "unit 2 of layer 1 has no wire"));
  CHECK(no_net("moons", "error=softmax", "error", "take bernoulli"));
  CHECK(no_net("curve", "error=bernoulli", "error", "take squares"));
  CHECK(no_net("curve", "error=softmax", "error", "take squares"));
}

static size_t weights(const char *task, const char *settings) {
  ur_trainer *trainer = open_run(task, settings, NULL);
  const size_t count = trainer ? ur_params_size(ur_trainer_params(trainer)) : 0;
  ur_trainer_free(trainer);
  return count;
}

/* As many weights as wires, a bias each unit. */
static void test_counted(void) {
  CHECK(weights("moons", "hidden_1=3 hidden_2=0") == 3 * 2 + 3 + 3 + 1);
  CHECK(weights("moons", "hidden_1=3 hidden_2=0 skips=all") == 3 * 2 + 3 + 5 + 1);
  CHECK(weights("moons", "hidden_1=0 hidden_2=0") == 2 + 1);
  CHECK(weights("arms", "hidden_1=4 hidden_2=2 hidden_3=2 skips=all") == 4 * 3 + 2 * 7 + 2 * 9 + 3 * 11);
  CHECK(weights("moons", "hidden_1=3 hidden_2=0 wires_1=57") == 4 + 3 + 3 + 1); /* 10 01 11 */
  CHECK(weights("moons", "hidden_1=3 hidden_2=0 wires_1=57 wires_2=5") == 4 + 3 + 2 + 1);
}

/* All wires drawn one by one are the net of whole layers, and compute the same bits. */
static void test_drawn_is_dense(void) {
  ur_trainer *dense = open_run("moons", "hidden_1=3 hidden_2=0 error=bernoulli", NULL);
  ur_trainer *drawn = open_run("moons", "hidden_1=3 hidden_2=0 error=bernoulli wires_1=63 wires_2=7", NULL);
  ur_evaluation a, b;
  if (CHECK(dense && drawn)) {
    /* unit by unit: weights of a unit, then its bias */
    const float *from = ur_params_data(ur_trainer_params(dense));
    float *to = ur_params_data(ur_trainer_params(drawn));
    for (int j = 0; j < 3; j++)
      to[3 * j] = from[2 * j], to[3 * j + 1] = from[2 * j + 1], to[3 * j + 2] = from[6 + j];
    memcpy(to + 9, from + 9, 4 * sizeof *to);
    CHECK(ur_trainer_evaluate(dense, 1, &a) == UR_OK && ur_trainer_evaluate(drawn, 1, &b) == UR_OK);
    CHECK(a.loss == b.loss && a.right == b.right);
  }
  ur_trainer_free(dense), ur_trainer_free(drawn);
}

/* Every error and activation, dense, with skips and drawn: backward is right. */
static void test_gradients(void) {
  static const char *const nets[] = {"hidden_1=4 hidden_2=3", "hidden_1=4 hidden_2=3 skips=all",
                                     "hidden_1=3 hidden_2=2 wires_1=57 wires_2=53 skips=all"};
  static const char *const activations[] = {"tanh", "sigmoid", "identity"};
  static const char *const errors[] = {"squares", "bernoulli", "softmax"};
  for (int i = 0; i < 27; i++) {
    char settings[160];
    ur_gradcheck result;
    snprintf(settings, sizeof settings, "%s activation=%s error=%s", nets[i / 9], activations[i / 3 % 3],
             errors[i % 3]);
    ur_trainer *trainer = open_run("arms", settings, NULL);
    if (CHECK(trainer && ur_trainer_gradcheck(trainer, 0, &result) == UR_OK))
      if (!CHECK(result.worst < 1e-6)) printf("       %s: %g\n", settings, result.worst);
    ur_trainer_free(trainer);
  }
}

/* sgd on the whole batch is gradient descent on the mean: one update by hand. y = w x + b, dw = mean of (y -
 * t) x. */
static void test_one_update(void) {
  ur_trainer *trainer =
      open_run("curve", "hidden_1=0 hidden_2=0 optimizer=sgd learning_rate=0.5 schedule=constant clip_norm=0",
               "1 2\n3 1\n");
  float *p = ur_params_data(ur_trainer_params(trainer));
  p[0] = 0.25f, p[1] = -0.5f; /* y - t = -2.25, -0.75 */
  CHECK_NEAR(train(trainer, 1), (2.25 * 2.25 + 0.75 * 0.75) / 4, 1e-6);
  CHECK_NEAR(p[0], 0.25 + 0.5 * (2.25 + 0.75 * 3) / 2, 1e-6);
  CHECK_NEAR(p[1], -0.5 + 0.5 * (2.25 + 0.75) / 2, 1e-6);
  ur_trainer_free(trainer);
}

static void test_learns(void) {
  static const struct {
    const char *task, *settings;
    int steps;
    double right;
  } runs[] = {
      {"xor", "points=4 noise=0 hidden_1=4 hidden_2=0 error=bernoulli learning_rate=0.05", 400, 1},
      {"circles", "hidden_1=6 hidden_2=0 error=bernoulli learning_rate=0.03", 600, 0.98},
      {"moons", "error=bernoulli learning_rate=0.03", 600, 0.97},
      {"spiral", "error=bernoulli learning_rate=0.02 hidden_1=16 hidden_2=16 steps=4000 noise=0.02", 4000,
       0.95},
      {"arms", "error=softmax learning_rate=0.02 hidden_1=16 hidden_2=16 steps=4000 noise=0.02", 4000, 0.9},
      {"xor", "error=squares learning_rate=0.03 optimizer=momentum batch_size=1 data_order=in_turn", 3000,
       0.95},
  };
  for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
    ur_trainer *trainer = open_run(runs[i].task, runs[i].settings, NULL);
    ur_evaluation e;
    train(trainer, runs[i].steps);
    CHECK(ur_trainer_evaluate(trainer, 1, &e) == UR_OK);
    if (!CHECK(e.right >= runs[i].right)) printf("       %s: %g\n", runs[i].task, e.right);
    ur_trainer_free(trainer);
  }
}

/* A snapshot goes on bit for bit with the points that it was made with, and with no others. */
static void test_stored(void) {
  static const char own[] = "0 0 1\n1 1 0\n0.5 -0.5 1\n-1 1 0\n-1 -1 1\n";
  const char *const texts[] = {NULL, own};
  for (int i = 0; i < 2; i++) {
    const ur_bytes text = texts[i] ? bytes_of(texts[i]) : (ur_bytes){NULL, 0};
    ur_trainer *first = open_run("moons", "error=bernoulli batch_size=2", texts[i]), *second = NULL;
    ur_buffer file = {0};
    train(first, 33);
    CHECK(ur_trainer_save(first, 1, &file) == UR_OK);
    const ur_bytes saved = {file.data, file.size};
    CHECK(ur_trainer_load(saved, text, &second) == UR_OK);
    train(first, 40), train(second, 40);
    CHECK(ur_trainer_hash(first) == ur_trainer_hash(second));
    CHECK(ur_trainer_restore(first, saved) == UR_OK);
    train(first, 40);
    CHECK(ur_trainer_hash(first) == ur_trainer_hash(second));
    ur_trainer_free(second);
    CHECK(ur_trainer_load(saved, texts[i] ? (ur_bytes){NULL, 0} : bytes_of(own), &second) == UR_E_TEXT);
    CHECK(strstr(ur_last_error()->message, texts[i] ? "together with them" : "together with no others") !=
          NULL);
    ur_buffer_free(&file);
    ur_trainer_free(first);
  }
}

static void test_memory(void) {
  int failed = 0;
  for (long n = 0; n < 2000; n++) {
    ur__alloc_fail_after(n);
    ur_trainer *trainer = open_run("moons", "hidden_1=3 wires_1=57", "0 0 1\n1 1 0\n");
    ur__alloc_fail_after(-1);
    if (trainer != NULL) {
      ur_trainer_free(trainer);
      break;
    }
    CHECK(ur_last_error()->code == UR_E_MEMORY);
    failed++;
  }
  CHECK(failed > 10 && failed < 2000);
}

int main(void) {
  TEST("made") { test_made(); }
  TEST("order") { test_order(); }
  TEST("the reader's own") { test_own(); }
  TEST("what describes no net") { test_described(); }
  TEST("weights counted") { test_counted(); }
  TEST("wire by wire") { test_drawn_is_dense(); }
  TEST("gradients") { test_gradients(); }
  TEST("one update") { test_one_update(); }
  TEST("learns") { test_learns(); }
  TEST("stored") { test_stored(); }
  TEST("no memory") { test_memory(); }
  return check_done();
}
