/* Regions of a net of relus, against what can be counted otherwise: lines in a box, folds, and the net
 * itself. */
#include <string.h>

#include "alloc.h"
#include "flat.h"
#include "mlp_run.h"
#include "unroll/depth.h"
#include "unroll/regions.h"

static const double BOX[4] = {-1, 1, -1, 1};

static ur_trainer *open_net(const char *task, const char *text, int seed) {
  char all[200];
  snprintf(all, sizeof all, "%s seed=%d", text, seed);
  return open_run(task, all, NULL);
}

/* Lines in general position cut a box into 1 + those that meet it + the points where two of them meet in it.
 */
static int count_lines(const ur__flat *flat) {
  int regions = 1;
  for (int i = 0; i < flat->hidden; i++) {
    const double *a = flat->theta + flat->units[i].weight, c = flat->theta[flat->units[i].bias];
    regions += fabs(c) < fabs(a[0]) + fabs(a[1]);
    for (int j = 0; j < i; j++) {
      const double *b = flat->theta + flat->units[j].weight, d = flat->theta[flat->units[j].bias];
      const double det = a[0] * b[1] - a[1] * b[0], x = (a[1] * d - b[1] * c) / det,
                   y = (b[0] * c - a[0] * d) / det;
      regions += fabs(x) < 1 && fabs(y) < 1;
    }
  }
  return regions;
}

static double area_of(const ur_regions *r, int i) {
  double area = 0;
  for (int k = r->first[i]; k < r->first[i + 1]; k++) {
    const double *a = r->corners + 2 * k,
                 *b = r->corners + 2 * (k + 1 < r->first[i + 1] ? k + 1 : r->first[i]);
    area += (a[0] * b[1] - a[1] * b[0]) / 2;
  }
  return area;
}

/* They cover the box, each with a plane that is the net in its middle, and each with units of its own. */
static void check_regions(const ur_trainer *trainer, const ur_regions *r) {
  ur__flat flat;
  double area = 0, worst = 0, z[256];
  CHECK(ur__flat_of(trainer, &flat) == UR_OK);
  flat.error = UR__MLP_SQUARES; /* so that the answers are the sums */
  for (int i = 0; i < r->count; i++) {
    double middle[2] = {0, 0};
    const int n = r->first[i + 1] - r->first[i];
    const float none[8] = {0};
    area += area_of(r, i);
    CHECK(n >= 3 && area_of(r, i) > 0);
    for (int k = r->first[i]; k < r->first[i + 1]; k++)
      for (int c = 0; c < 2; c++) middle[c] += r->corners[2 * k + c] / n;
    const float x[] = {(float)middle[0], (float)middle[1]};
    ur__flat_error(&flat, flat.theta, x, none, z);
    int above = 0;
    for (int u = 0; u < flat.hidden; u++) above += z[flat.features + u] > 0;
    CHECK(r->above[i] == above || area_of(r, i) < 1e-9);
    for (int k = 0; k < r->outputs; k++) {
      const double *p = r->planes + 3 * (i * r->outputs + k);
      /* x is rounded to a float, and may leave a sliver: no farther than its slope */
      const double off =
          fabs(p[0] * (double)x[0] + p[1] * (double)x[1] + p[2] - z[flat.features + flat.hidden + k]);
      worst = fmax(worst, off / (1 + fabs(p[0]) + fabs(p[1])));
    }
    for (int j = 0; j < i && r->count < 1000; j++) CHECK(r->on[i] != r->on[j]);
  }
  CHECK_NEAR(area, 4, 1e-9);
  CHECK(worst < 1e-6);
  CHECK(r->hidden == flat.hidden && r->after[r->hidden - 1] == r->count);
  for (int u = 1; u < r->hidden; u++) CHECK(r->after[u] >= r->after[u - 1]);
  ur__flat_free(&flat);
}

static void test_lines(void) {
  for (int seed = 1; seed <= 10; seed++) {
    ur_trainer *trainer =
        open_net("spiral",
                 seed == 1 ? "hidden_1=95 hidden_2=0 activation=relu init=he"
                           : "hidden_1=23 hidden_2=0 activation=relu init=he error=bernoulli",
                 seed);
    ur_regions regions;
    ur__flat flat;
    CHECK(ur_regions_of(trainer, BOX, &regions) == UR_OK && ur__flat_of(trainer, &flat) == UR_OK);
    CHECK(regions.count == count_lines(&flat));
    flat.hidden /= 2; /* the first of them cut before the others */
    CHECK(regions.after[flat.hidden - 1] == count_lines(&flat));
    check_regions(trainer, &regions);
    ur__flat_free(&flat);
    ur_regions_free(&regions);
    ur_trainer_free(trainer);
  }
}

static void test_deep(void) {
  static const char *const nets[] = {"hidden_1=9 hidden_2=9 hidden_3=9 init=he",
                                     "hidden_1=5 hidden_2=4 skips=all",
                                     "hidden_1=3 hidden_2=3 wires_1=57 wires_2=187 init=he",
                                     "hidden_1=10 hidden_2=10 hidden_3=10 hidden_4=10"};
  for (size_t i = 0; i < sizeof nets / sizeof *nets; i++) {
    char settings[128];
    ur_regions regions;
    snprintf(settings, sizeof settings, "%s activation=relu error=softmax", nets[i]);
    ur_trainer *trainer = open_net("arms", settings, 3);
    CHECK(ur_regions_of(trainer, BOX, &regions) == UR_OK && regions.count > 4 && regions.outputs == 3);
    check_regions(trainer, &regions);
    ur_regions_free(&regions);
    ur_trainer_free(trainer);
  }
}

/* With each layer of two units the pieces double, where one layer of as many units has at most one more than
 * these. */
static void test_folds(void) {
  double at[65], height[65];
  for (int layers = 1; layers <= UR_FOLDS_MAX; layers++) {
    ur_regions regions;
    ur_trainer *trainer;
    int count;
    CHECK(ur_fold_net(layers, &trainer) == UR_OK);
    CHECK(ur_regions_of(trainer, (double[]){0, 1, 0, 1}, &regions) == UR_OK);
    CHECK(regions.count == 1 << layers);
    for (int i = 0; i < regions.count; i++) {
      CHECK_NEAR(area_of(&regions, i), 1.0 / regions.count, 1e-12);
      CHECK_NEAR(fabs(regions.planes[3 * i]), 1 << layers, 1e-12);
    }
    CHECK(ur_line_pieces(trainer, 64, at, height, &count) == UR_OK && count == 1 << layers);
    for (int i = 0; i <= count; i++) {
      CHECK_NEAR(at[i], (double)i / count, 1e-12);
      CHECK_NEAR(height[i], i % 2, 1e-12);
    }
    CHECK(ur_line_pieces(trainer, count - 1, at, height, &count) == UR_E_MEMORY && count == 0);
    ur_regions_free(&regions);
    ur_trainer_free(trainer);
  }
}

/* One layer bends the line once a unit that changes sides on it. */
static void test_one_layer(void) {
  double at[14], height[14], z[15];
  for (int seed = 1; seed <= 10; seed++) {
    ur_trainer *trainer;
    ur__flat flat;
    int count, bends = 0;
    CHECK(ur_line_net(12, (uint64_t)seed, &trainer) == UR_OK && ur__flat_of(trainer, &flat) == UR_OK);
    for (int u = 0; u < 12; u++) {
      const double from = flat.theta[flat.units[u].bias], to = from + flat.theta[flat.units[u].weight];
      bends += from * to < 0;
    }
    CHECK(ur_line_pieces(trainer, 13, at, height, &count) == UR_OK && count == bends + 1 && count > 1);
    for (int i = 0; i <= count; i++) {
      const float x[] = {(float)at[i], 0.7f}, none = 0; /* whatever x_2 is */
      ur__flat_error(&flat, flat.theta, x, &none, z);
      CHECK_NEAR(height[i], z[14], 1e-6);
      CHECK(i == 0 ? at[i] == 0 : at[i] > at[i - 1]);
    }
    CHECK(at[count] == 1);
    ur__flat_free(&flat);
    ur_trainer_free(trainer);
  }
  ur_trainer *none;
  CHECK(ur_fold_net(0, &none) == UR_E_ARGUMENT && none == NULL && ur_fold_net(7, &none) == UR_E_ARGUMENT);
  CHECK(ur_line_net(0, 1, &none) == UR_E_ARGUMENT && none == NULL &&
        ur_line_net(13, 1, &none) == UR_E_ARGUMENT);
}

static int refused(ur_trainer *trainer, const double *box, ur_status expected, const char *part) {
  ur_regions regions;
  const int no = ur_regions_of(trainer, box, &regions) == expected && regions.count == 0 &&
                 strstr(ur_last_error()->message, part) != NULL;
  ur_trainer_free(trainer);
  return no;
}

static void test_refused(void) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  CHECK(refused(open_net("moons", "", 1), BOX, UR_E_STATE, "activation to relu"));
  CHECK(refused(open_net("curve", "activation=relu", 1), BOX, UR_E_STATE, "1 inputs"));
  CHECK(refused(open_net("moons", "activation=relu", 1), (double[]){0, 0, 0, 1}, UR_E_ARGUMENT, "empty"));
  CHECK(refused(open_net("moons", "activation=relu", 1), (double[]){0, 1, 0, NAN}, UR_E_ARGUMENT, "empty"));
  /* twenty thousand cuts alike */
  if (CHECK_OF(1, 0))
    CHECK(refused(
        open_net("moons", "activation=relu init=he hidden_1=128 hidden_2=128 hidden_3=128 hidden_4=128", 1),
        BOX, UR_E_MEMORY, "more than 20000"));
  CHECK(ur_settings_init(&settings, "rnn_lm", "names") == UR_OK);
  CHECK(ur_trainer_create(&settings, (ur_bytes){(const uint8_t *)"ab\nba\n", 6}, &trainer) == UR_OK);
  CHECK(refused(trainer, BOX, UR_E_STATE, "no feed-forward net"));
  trainer = open_net("moons", "activation=relu hidden_1=3 hidden_2=0", 1);
  for (long n = 0; n < 40; n++) {
    ur_regions regions;
    ur__alloc_fail_after(n);
    const ur_status status = ur_regions_of(trainer, BOX, &regions);
    ur__alloc_fail_after(-1);
    if (status == UR_OK) {
      CHECK(n > 4);
      ur_regions_free(&regions);
      break;
    }
    CHECK(status == UR_E_MEMORY && regions.corners == NULL);
  }
  ur_trainer_free(trainer);
}

int main(void) {
  TEST("lines") { test_lines(); }
  TEST("deep nets") { test_deep(); }
  TEST("folds") { test_folds(); }
  TEST("one layer") { test_one_layer(); }
  TEST("refused") { test_refused(); }
  return check_done();
}
