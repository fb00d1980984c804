/* The slow way to the weights that `solve` has at once: gradient descent on the same error, from w = 0, every
 * update with all points. Kept are so many updates a decade. The rate is 1 over the largest eigenvalue of
 * Phi^T Phi + lambda I: twice that is the limit beyond which it does not converge. In double. */
#include <math.h>

#include "curve_points.h"
#include "real.h"
#include "unroll/linalg.h"

enum { DEGREE = UR__CURVE_SETTINGS, LAMBDA, SPARE, UPDATES, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__CURVE_ROWS,
    [DEGREE] = {.key = "degree", .def = 3, .max = UR_DEGREE_MAX, .help = "M, the highest power"},
    [LAMBDA] = {.key = "lambda", .type = UR_SETTING_REAL, .max = 1e6, .help = "of the penalty; 0: none"},
    [SPARE] = {.key = "spare_w0", .max = 1, .help = "1: no penalty on w_0"},
    [UPDATES] = {.key = "updates", .def = 100000, .min = 1, .max = 1000000, .help = "from w = 0"}};
enum { OWN };
static const ur__study_input inputs[] = {[OWN] = UR__CURVE_OWN, {.name = NULL}};

enum { WEIGHTS = UR_DEGREE_MAX + 1, PLACES = 121, DECADE = 20, PRODUCTS = 400000 };
typedef struct state {
  ur__curve_set set;
  ur_fit fit;
  int weights, records, each; /* updates a piece */
  int done, kept;
  double w[WEIGHTS];
  double *update, *rms, *test_rms, *weight, *place, *line, *rate;
} state;

static double ridge_of(const state *s, int j) { return j == 0 && s->fit.spare_w0 ? 0 : s->fit.lambda; }

/* 1 over the largest eigenvalue. */
static ur_status rate_of(const state *s, double *rate) {
  double G[WEIGHTS * WEIGHTS] = {0}, values[WEIGHTS];
  const int W = s->weights;
  for (int i = 0; i < s->set.points.n; i++) {
    double row[WEIGHTS] = {1};
    for (int j = 1; j < W; j++) row[j] = row[j - 1] * s->set.x[i];
    for (int a = 0; a < W; a++)
      for (int b = 0; b < W; b++) G[a * W + b] += row[a] * row[b];
  }
  for (int j = 0; j < W; j++) G[j * W + j] += ridge_of(s, j);
  const ur_status status = ur_symmetric_eigen(G, W, values, NULL);
  if (status == UR_OK) *rate = 1 / values[W - 1];
  return status;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const ur_status status = ur__curve_take(study, OWN, &s->set);
  if (status != UR_OK) return status;
  s->fit = (ur_fit){(int)ur__study_setting(study, DEGREE), ur__study_setting(study, LAMBDA),
                    ur__study_setting(study, SPARE) != 0};
  const int updates = (int)ur__study_setting(study, UPDATES);
  s->weights = s->fit.degree + 1;
  s->records = ur__curve_records(updates, DECADE, NULL);
  s->each = PRODUCTS / (s->weights * s->set.points.n);
  if (s->each < 1) s->each = 1;
  const int at = ur__study_axis(study, "update", s->records, NULL),
            j = ur__study_axis(study, "j", s->weights, NULL),
            place = ur__study_axis(study, "place", PLACES, NULL), one = ur__study_axis(study, "one", 1, NULL);
  s->update = ur__study_places(study, at, "");
  s->rms = ur__study_array(study, "rms", "RMS", 1, &at);
  s->test_rms = ur__study_array(study, "test_rms", "RMS", 1, &at);
  s->weight = ur__study_array(study, "w", "", 2, (int[]){at, j});
  s->place = ur__study_places(study, place, "");
  s->line = ur__study_array(study, "line", "", 2, (int[]){at, place});
  s->rate = ur__study_array(study, "rate", "", 1, &one);
  const ur_status declared = ur__study_declared(study, (updates + s->each - 1) / s->each);
  if (declared != UR_OK) return declared;
  ur__curve_records(updates, DECADE, s->update);
  ur__curve_places(PLACES, s->place);
  return rate_of(s, s->rate);
}

static void keep(state *s) {
  const int i = s->kept++;
  s->rms[i] = ur_polynomial_rms(s->w, s->fit.degree, &s->set.points);
  s->test_rms[i] = ur_polynomial_rms(s->w, s->fit.degree, &s->set.tests);
  for (int j = 0; j < s->weights; j++) s->weight[i * s->weights + j] = s->w[j];
  ur__curve_line(s->w, s->fit.degree, PLACES, s->place, s->line + i * PLACES);
}

/* w <- w - rate (Phi^T (Phi w - t) + lambda w) */
static void descend(state *s) {
  double gradient[WEIGHTS];
  for (int j = 0; j < s->weights; j++) gradient[j] = ridge_of(s, j) * s->w[j];
  for (int i = 0; i < s->set.points.n; i++) {
    double term = ur_polynomial(s->w, s->fit.degree, s->set.x[i]) - s->set.t[i];
    for (int j = 0; j < s->weights; j++, term *= s->set.x[i]) gradient[j] += term;
  }
  for (int j = 0; j < s->weights; j++) s->w[j] -= *s->rate * gradient[j];
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  (void)study, (void)i;
  if (s->kept == 0) keep(s);
  for (int k = 0; k < s->each && s->kept < s->records; k++) {
    descend(s);
    if (++s->done == (int)s->update[s->kept]) keep(s);
  }
  return UR_OK;
}

const ur__study ur__study_descend = {.name = "descend",
                                     .help = "gradient descent to the weights of one polynomial",
                                     .settings = settings,
                                     .setting_count = SETTINGS,
                                     .inputs = inputs,
                                     .state = sizeof(state),
                                     .begin = begin,
                                     .piece = piece};
