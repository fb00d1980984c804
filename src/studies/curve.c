/* The course's curve: polynomials of degree M = 0 ... 9 through points, what they miss by on these, on others
 * and left out in turn, and the same of the highest against lambda (unroll/fit.h). */
#include "real.h"
#include "studies.h"
#include "unroll/fit.h"

enum { POINTS, NOISE, EVENLY, TESTS, FOLDS, LOWEST, HIGHEST, LAMBDAS, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [POINTS] =
        {.key = "points", .def = 10, .min = 2, .max = UR_FIT_POINTS_MAX, .help = "points that are made"},
    [NOISE] =
        {.key = "noise", .type = UR_SETTING_REAL, .def = 0.3, .max = 10, .help = "standard deviation of t"},
    [EVENLY] = {.key = "evenly", .def = 1, .max = 1, .help = "0: x is drawn, not evenly spaced"},
    [TESTS] =
        {.key = "test_points", .def = 100, .min = 1, .max = UR_FIT_POINTS_MAX, .help = "points to test on"},
    [FOLDS] = {.key = "folds",
               .def = 5,
               .min = 2,
               .max = UR_FIT_POINTS_MAX,
               .help = "parts for cross-validation; no more than points"},
    [LOWEST] = {.key = "lowest",
                .type = UR_SETTING_REAL,
                .def = -40,
                .min = -100,
                .max = 20,
                .help = "ln lambda from"},
    [HIGHEST] =
        {.key = "highest", .type = UR_SETTING_REAL, .def = 0, .min = -100, .max = 20, .help = "and up to"},
    [LAMBDAS] = {.key = "lambdas", .def = 41, .min = 2, .max = 1000, .help = "how many of them"}};
enum { OWN };
static const ur__study_input inputs[] = {
    [OWN] = {"own", UR__NUMBERS, "",
             "x and t of points of your own, one after the other, in place of those made"},
    {.name = NULL}};

enum { DEGREES = UR_DEGREE_MAX + 1 };
/* Over M, then over lambda: E_RMS on three kinds of points, and w. Where the points do not determine w: NaN.
 */
typedef struct errors {
  double *train, *test, *left_out, *weights;
} errors;
typedef struct state {
  double x[UR_FIT_POINTS_MAX], t[UR_FIT_POINTS_MAX], test_x[UR_FIT_POINTS_MAX], test_t[UR_FIT_POINTS_MAX];
  ur_points points, tests;
  int folds;
  errors by_degree, by_lambda;
  double *lambdas, *normal; /* normal: w by the normal equations, beside by_degree.weights */
} state;

static ur_status take_points(ur_study *study, state *s) {
  const uint64_t seed = ur__study_seed(study);
  const double noise = ur__study_setting(study, NOISE);
  const int evenly = ur__study_setting(study, EVENLY) != 0;
  int count;
  const double *own = ur__study_numbers(study, OWN, &count);
  s->tests = (ur_points){s->test_x, s->test_t, (int)ur__study_setting(study, TESTS)};
  s->points = (ur_points){s->x, s->t, count > 0 ? count / 2 : (int)ur__study_setting(study, POINTS)};
  if (count % 2 != 0 || (count > 0 && count < 4) || count > 2 * UR_FIT_POINTS_MAX)
    return ur_fail(UR_E_TEXT, "own", "own has %d numbers; it should be x and t of 2 to %d points", count,
                   UR_FIT_POINTS_MAX);
  ur_status status = ur_curve_points(seed, 2, s->tests.n, noise, 1, s->test_x, s->test_t);
  if (status == UR_OK && count == 0)
    status = ur_curve_points(seed, 0, s->points.n, noise, evenly, s->x, s->t);
  for (int i = 0; i < count / 2; i++) s->x[i] = own[2 * i], s->t[i] = own[2 * i + 1];
  s->folds = (int)ur__study_setting(study, FOLDS);
  if (s->folds > s->points.n) s->folds = s->points.n;
  return status;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const ur_status status = take_points(study, s);
  const double low = ur__study_setting(study, LOWEST), high = ur__study_setting(study, HIGHEST);
  const int lambdas = (int)ur__study_setting(study, LAMBDAS);
  if (status != UR_OK) return status;
  if (!(low < high))
    return ur_fail(UR_E_SETTING, "lowest", "lowest is %g and highest %g; it should be below it", low, high);
  const int M = ur__study_axis(study, "M", DEGREES, NULL),
            L = ur__study_axis(study, "ln_lambda", lambdas, NULL),
            j = ur__study_axis(study, "j", DEGREES, NULL), n = ur__study_axis(study, "n", s->points.n, NULL);
  double *degrees = ur__study_places(study, M, ""), *numbers = ur__study_places(study, j, "");
  for (int i = 0; i < DEGREES && degrees != NULL && numbers != NULL; i++) degrees[i] = numbers[i] = i;
  s->lambdas = ur__study_places(study, L, "");
  for (int i = 0; i < lambdas && s->lambdas != NULL; i++)
    s->lambdas[i] = low + (high - low) * i / (lambdas - 1);
  double *x = ur__study_array(study, "x", "", 1, &n), *t = ur__study_array(study, "t", "", 1, &n);
  for (int i = 0; i < s->points.n && x != NULL && t != NULL; i++) x[i] = s->x[i], t[i] = s->t[i];
  s->by_degree = (errors){
      ur__study_array(study, "train", "RMS", 1, &M), ur__study_array(study, "test", "RMS", 1, &M),
      ur__study_array(study, "left_out", "RMS", 1, &M), ur__study_array(study, "w", "", 2, (int[]){M, j})};
  s->normal = ur__study_array(study, "w_normal_equations", "", 2, (int[]){M, j});
  s->by_lambda = (errors){ur__study_array(study, "lambda_train", "RMS", 1, &L),
                          ur__study_array(study, "lambda_test", "RMS", 1, &L),
                          ur__study_array(study, "lambda_left_out", "RMS", 1, &L),
                          ur__study_array(study, "lambda_w", "", 2, (int[]){L, j})};
  return ur__study_declared(study, DEGREES + lambdas);
}

/* Place i of `out`; what the points do not determine stays without a number. */
static ur_status fit(const state *s, const ur_fit *how, const errors *out, int i) {
  double w[DEGREES];
  ur_status status = ur_fit_polynomial(how, UR_FIT_QR, &s->points, w);
  if (status != UR_OK) return status == UR_E_NUMBER ? UR_OK : status;
  for (int j = 0; j <= how->degree; j++) out->weights[i * DEGREES + j] = w[j];
  out->train[i] = ur_polynomial_rms(w, how->degree, &s->points);
  out->test[i] = ur_polynomial_rms(w, how->degree, &s->tests);
  status = ur_fit_validate(how, &s->points, s->folds, &out->left_out[i]);
  return status == UR_E_NUMBER ? UR_OK : status;
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  double w[DEGREES];
  (void)study;
  if (i >= DEGREES) {
    const ur_fit how = {.degree = UR_DEGREE_MAX, .lambda = ur__exp(s->lambdas[i - DEGREES])};
    return fit(s, &how, &s->by_lambda, i - DEGREES);
  }
  const ur_fit how = {.degree = i};
  ur_status status = fit(s, &how, &s->by_degree, i);
  if (status == UR_OK) status = ur_fit_polynomial(&how, UR_FIT_NORMAL_EQUATIONS, &s->points, w);
  for (int j = 0; j <= i && status == UR_OK; j++) s->normal[i * DEGREES + j] = w[j];
  return status == UR_E_NUMBER ? UR_OK : status;
}

const ur__study ur__study_curve = {.name = "curve",
                                   .help =
                                       "polynomials through points: what they miss by against M and lambda",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece};
