/* The course's curve: polynomials of degree M = 0 ... 9 through points, what they miss by on these, on others
 * and left out in turn, and the same of one of them against lambda (unroll/fit.h). */
#include "curve_points.h"
#include "real.h"

enum { FOLDS = UR__CURVE_SETTINGS, LOWEST, HIGHEST, LAMBDAS, DEGREE, SPARE, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__CURVE_ROWS,
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
    [LAMBDAS] = {.key = "lambdas", .def = 41, .min = 2, .max = 1000, .help = "how many of them"},
    [DEGREE] = {.key = "degree",
                .def = UR_DEGREE_MAX,
                .max = UR_DEGREE_MAX,
                .help = "M, where lambda varies"},
    [SPARE] = {.key = "spare_w0", .max = 1, .help = "1: no penalty on w_0"}};
enum { OWN };
static const ur__study_input inputs[] = {[OWN] = UR__CURVE_OWN, {.name = NULL}};

enum { DEGREES = UR_DEGREE_MAX + 1 };
/* Over M, then over lambda: E_RMS on three kinds of points, and w. Where the points do not determine w: NaN.
 */
typedef struct errors {
  double *train, *test, *left_out, *weights;
} errors;
typedef struct state {
  ur__curve_set set;
  int folds, degree, spare;
  errors by_degree, by_lambda;
  double *lambdas, *normal; /* normal: w by the normal equations, beside by_degree.weights */
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const ur_status status = ur__curve_take(study, OWN, &s->set);
  const double low = ur__study_setting(study, LOWEST), high = ur__study_setting(study, HIGHEST);
  const int lambdas = (int)ur__study_setting(study, LAMBDAS);
  if (status != UR_OK) return status;
  s->folds = (int)ur__study_setting(study, FOLDS);
  if (s->folds > s->set.points.n) s->folds = s->set.points.n;
  s->degree = (int)ur__study_setting(study, DEGREE);
  s->spare = ur__study_setting(study, SPARE) != 0;
  if (!(low < high))
    return ur_fail(UR_E_SETTING, "lowest", "lowest is %g and highest %g; it should be below it", low, high);
  const int M = ur__study_axis(study, "M", DEGREES, NULL),
            L = ur__study_axis(study, "ln_lambda", lambdas, NULL),
            j = ur__study_axis(study, "j", DEGREES, NULL),
            n = ur__study_axis(study, "n", s->set.points.n, NULL);
  double *degrees = ur__study_places(study, M, ""), *numbers = ur__study_places(study, j, "");
  for (int i = 0; i < DEGREES && degrees != NULL && numbers != NULL; i++) degrees[i] = numbers[i] = i;
  s->lambdas = ur__study_places(study, L, "");
  for (int i = 0; i < lambdas && s->lambdas != NULL; i++)
    s->lambdas[i] = low + (high - low) * i / (lambdas - 1);
  double *x = ur__study_array(study, "x", "", 1, &n), *t = ur__study_array(study, "t", "", 1, &n);
  for (int i = 0; i < s->set.points.n && x != NULL && t != NULL; i++) x[i] = s->set.x[i], t[i] = s->set.t[i];
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
  ur_status status = ur_fit_polynomial(how, UR_FIT_QR, &s->set.points, w);
  if (status != UR_OK) return status == UR_E_NUMBER ? UR_OK : status;
  for (int j = 0; j <= how->degree; j++) out->weights[i * DEGREES + j] = w[j];
  out->train[i] = ur_polynomial_rms(w, how->degree, &s->set.points);
  out->test[i] = ur_polynomial_rms(w, how->degree, &s->set.tests);
  status = ur_fit_validate(how, &s->set.points, s->folds, &out->left_out[i]);
  return status == UR_E_NUMBER ? UR_OK : status;
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  double w[DEGREES];
  (void)study;
  if (i >= DEGREES) {
    const ur_fit how = {s->degree, ur__exp(s->lambdas[i - DEGREES]), s->spare};
    return fit(s, &how, &s->by_lambda, i - DEGREES);
  }
  const ur_fit how = {.degree = i};
  ur_status status = fit(s, &how, &s->by_degree, i);
  if (status == UR_OK) status = ur_fit_polynomial(&how, UR_FIT_NORMAL_EQUATIONS, &s->set.points, w);
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
