/* A net walked unit by unit: what its nodes are; every derivative beside a difference; a batch as the sum of
 * its points; the class that was made up. */
#include <math.h>
#include <stdlib.h>

#include "mlp_run.h"
#include "unroll/each.h"

static const char *const nets[] = {"hidden_1=3 hidden_2=0 wires_1=63 wires_2=63",
                                   "hidden_1=3 hidden_2=0 wires_1=57 wires_2=53",
                                   "hidden_1=2 hidden_2=1 skips=all wires_1=15 wires_2=13 wires_3=1005",
                                   "hidden_1=0 hidden_2=0 wires_1=13", "hidden_1=3 hidden_2=2"};

static ur_walk *open_walk(ur_trainer *trainer, const char *text) {
  ur_walk *walk = NULL;
  CHECK(ur_walk_create(trainer, text, &walk) == UR_OK);
  if (walk) CHECK(ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk))) == UR_OK);
  return walk;
}

static double cell_of(ur_walk *walk, const char *path, int cell, int gradient) {
  ur_tape *tape = ur_walk_tape(walk);
  const int id = ur_tape_find(tape, path);
  if (!CHECK(id != UR_NODE_NONE)) return NAN;
  return ((const float *)(gradient ? ur_tape_grad(tape, id) : ur_tape_value(tape, id)))[cell];
}

/* The course's formulae, from the numbers of the tape. 2-3-2: a and z of each unit, delta by hand. */
static void test_units(void) {
  ur_trainer *trainer =
      open_run("passes", "hidden_1=3 hidden_2=0 wires_1=63 wires_2=63 error=bernoulli", NULL);
  ur_walk *walk = trainer ? open_walk(trainer, "0.3 0.1 1 0") : NULL;
  if (!CHECK(walk != NULL)) return;
  CHECK(ur_tape_walk_length(ur_walk_tape(walk)) == 2 * 18);
  const double t[] = {1, 0};
  double delta[2];
  for (int k = 0; k < 2; k++) {
    char a[16];
    snprintf(a, sizeof a, "unit.%d.a", 4 + k);
    delta[k] = cell_of(walk, "y_hat", k, 0) - t[k];
    CHECK_NEAR(cell_of(walk, a, 0, 1), delta[k], 1e-6);
  }
  for (int j = 0; j < 3; j++) {
    char a[16], z[16], W[16], b[16];
    snprintf(a, sizeof a, "unit.%d.a", 1 + j), snprintf(z, sizeof z, "unit.%d.z", 1 + j);
    snprintf(W, sizeof W, "W_1.%d", 1 + j), snprintf(b, sizeof b, "b_1.%d", 1 + j);
    const double sum = cell_of(walk, W, 0, 0) * 0.3 + cell_of(walk, W, 1, 0) * 0.1 + cell_of(walk, b, 0, 0);
    CHECK_NEAR(cell_of(walk, a, 0, 0), sum, 1e-6);
    CHECK_NEAR(cell_of(walk, z, 0, 0), tanh(sum), 1e-6);
    const double back = cell_of(walk, "W_2.1", j, 0) * delta[0] + cell_of(walk, "W_2.2", j, 0) * delta[1];
    const double own = (1 - tanh(sum) * tanh(sum)) * back;
    CHECK_NEAR(cell_of(walk, a, 0, 1), own, 1e-6);
    CHECK_NEAR(cell_of(walk, W, 0, 1), own * 0.3, 1e-6);
    CHECK_NEAR(cell_of(walk, b, 0, 1), own, 1e-6);
    CHECK_NEAR(cell_of(walk, "W_2.2", j, 1), delta[1] * tanh(sum), 1e-6);
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* Whole nodes where all of one is seen, else a part of it; what two see alike is collected once. */
static void test_collected(void) {
  ur_trainer *trainer = open_run("passes", nets[2], NULL);
  ur_walk *walk = trainer ? open_walk(trainer, "0.3 0.1 1 0") : NULL;
  if (!CHECK(walk != NULL)) return;
  ur_tape *tape = ur_walk_tape(walk);
  const ur_node_view own = ur_tape_node(tape, ur_tape_find(tape, "unit.1.wz"));
  CHECK(strcmp(ur_tape_node(tape, own.inputs[0]).path, "x") == 0);
  CHECK(ur_tape_find(tape, "unit.2.seen") == UR_NODE_NONE);
  /* 13 = 1101: unit 3 sees x_1 and both units; 1005 = 11111 01101: unit 5 all there is */
  const ur_node_view part = ur_tape_node(tape, ur_tape_find(tape, "unit.3.from_1"));
  CHECK(part.op == UR_OP_SLICE && part.from == 0 && part.shape[1] == 1);
  CHECK(ur_tape_node(tape, ur_tape_find(tape, "unit.3.seen")).n_inputs == 3);
  CHECK(ur_tape_node(tape, ur_tape_find(tape, "unit.5.seen")).n_inputs == 4);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

/* Every topology, every error: both ways agree, and with what the tape shows; so does the sum over a batch.
 */
static void test_derivatives(void) {
  static const char *const tasks[] = {"marks", "passes", "passes"},
                           *errors[] = {"squares", "bernoulli", "softmax"};
  for (size_t i = 0; i < 15; i++) {
    char settings[160];
    snprintf(settings, sizeof settings, "%s error=%s", nets[i / 3], errors[i % 3]);
    ur_trainer *trainer = open_run(tasks[i % 3], settings, NULL);
    ur_walk *walk = trainer ? open_walk(trainer, "0.3 0.1 1 0") : NULL;
    if (!CHECK(walk != NULL)) {
      printf("       %s: %s\n", settings, ur_last_error()->message);
      continue;
    }
    const size_t n = ur_walk_parameters(walk);
    double *backward = malloc(2 * n * sizeof *backward), *differences = backward + n;
    ur_gradcheck worst;
    CHECK(ur_walk_derivatives(walk, backward, differences, &worst) == UR_OK && worst.checked == n);
    CHECK(worst.worst < 1e-6);
    const float *shown = ur_tape_param_grads(ur_walk_tape(walk));
    for (size_t w = 0; w < n; w++) {
      CHECK_NEAR(backward[w], differences[w], 1e-9);
      CHECK_NEAR(backward[w], shown[w], 2e-6);
    }
    free(backward);
    ur_walk_free(walk);
    ur_trainer_free(trainer);
  }
}

/* A kink is said to be one: at a = 0 a relu has two slopes, and a difference goes between them. */
static void test_disagrees(void) {
  ur_trainer *trainer = open_run("pass", "hidden_1=1 hidden_2=0 wires_1=3 wires_2=1 activation=relu", NULL);
  float *p = ur_params_data(ur_trainer_params(trainer));
  const float at[] = {1, -1, 0, 1, 0};
  memcpy(p, at, sizeof at);
  ur_walk *walk = open_walk(trainer, "0.5 0.5 1");
  double backward[5], differences[5];
  ur_gradcheck worst;
  CHECK(ur_walk_derivatives(walk, backward, differences, &worst) == UR_OK);
  CHECK(worst.worst > 0.5 && worst.param == 0 && fabs(backward[0] - differences[0]) > 0.1);
  ur_walk_free(walk);
  ur_trainer_free(trainer);
}

static void test_batch(void) {
  ur_trainer *trainer = open_run("marks", "hidden_1=3 hidden_2=0 wires_1=63 wires_2=63 optimizer=sgd", NULL);
  ur_each each;
  CHECK(ur_each_of(trainer, &each) == UR_OK && each.points == 8 && each.weights == 17 && each.outputs == 2);
  double off = 0;
  for (int n = 0; n < each.points; n++) {
    char text[80];
    double error = 0;
    for (int k = 0; k < 2; k++) error += pow(each.y[2 * n + k] - each.t[2 * n + k], 2);
    off += error;
    CHECK_NEAR(each.errors[n], error / 2, 1e-12);
    snprintf(text, sizeof text, "%.9g %.9g %.9g %.9g", each.x[2 * n], each.x[2 * n + 1], each.t[2 * n],
             each.t[2 * n + 1]);
    ur_walk *walk = open_walk(trainer, text);
    CHECK_NEAR(cell_of(walk, "J_t", 0, 0), each.errors[n], 1e-6);
    const float *shown = ur_tape_param_grads(ur_walk_tape(walk));
    for (int w = 0; w < 17; w++) CHECK_NEAR(each.derivatives[17 * n + w], shown[w], 1e-6);
    ur_walk_free(walk);
  }
  CHECK_NEAR(each.variance, off / 16, 1e-12);
  ur_each_free(&each);
  ur_trainer_free(trainer);
  trainer = open_run("marks", "points=1000 hidden_1=30 hidden_2=30", NULL);
  CHECK(ur_each_of(trainer, &each) == UR_E_ARGUMENT && each.x == NULL);
  ur_trainer_free(trainer);
}

/* The same class under four questions; all of them occur; another seed, another class. */
static void test_class(void) {
  ur_trainer *pass = open_run("pass", "", NULL), *passes = open_run("passes", "", NULL),
             *grade = open_run("grade", "", NULL), *marks = open_run("marks", "", NULL);
  const ur__points *a = &pass->examples.points, *b = &passes->examples.points, *c = &grade->examples.points,
                   *d = &marks->examples.points;
  int count[3] = {0};
  for (int n = 0; n < 8; n++) {
    const float *x = d->x + 2 * n, mean = (d->y[2 * n] + d->y[2 * n + 1]) / 2;
    CHECK(memcmp(a->x + 2 * n, x, 8) == 0 && memcmp(b->x + 2 * n, x, 8) == 0 &&
          memcmp(c->x + 2 * n, x, 8) == 0);
    for (int f = 0; f < 2; f++) CHECK(x[f] >= 0 && x[f] <= 1 && fabsf(10 * x[f] - roundf(10 * x[f])) < 1e-5f);
    CHECK(a->y[n] == b->y[2 * n] && a->y[n] == (mean > 0.4499f) && b->y[2 * n + 1] == (mean > 0.6999f));
    for (int k = 0; k < 3; k++) {
      CHECK(c->y[3 * n + k] == (k == (int)b->y[2 * n] + (int)b->y[2 * n + 1]));
      count[k] += c->y[3 * n + k] != 0;
    }
  }
  CHECK(count[0] > 0 && count[1] > 0 && count[2] > 0);
  ur_trainer_free(pass), ur_trainer_free(passes), ur_trainer_free(grade), ur_trainer_free(marks);
}

int main(void) {
  TEST("units") test_units();
  TEST("collected") test_collected();
  TEST("derivatives") test_derivatives();
  TEST("a kink") test_disagrees();
  TEST("a batch") test_batch();
  TEST("a class") test_class();
  return check_done();
}
