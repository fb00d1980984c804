/* How M is chosen when the points trained on cannot: one split into training, validation and test, and S
 * folds, each left out once. */
#include "curve_points.h"

enum { DEGREE = UR__CURVE_SETTINGS, LAMBDA, SPARE, FOLDS, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__CURVE_ROWS,
    [DEGREE] = {.key = "degree", .def = 3, .max = UR_DEGREE_MAX, .help = "M of the curves that are drawn"},
    [LAMBDA] = {.key = "lambda", .type = UR_SETTING_REAL, .max = 1e6, .help = "of the penalty; 0: none"},
    [SPARE] = {.key = "spare_w0", .max = 1, .help = "1: no penalty on w_0"},
    [FOLDS] = {
        .key = "folds", .def = 5, .min = 2, .max = UR_FIT_POINTS_MAX, .help = "S; no more than points"}};
enum { OWN };
static const ur__study_input inputs[] = {[OWN] = UR__CURVE_OWN, {.name = NULL}};

enum { DEGREES = UR_DEGREE_MAX + 1, PLACES = 81, TRAINING = 0, VALIDATION, TEST, PARTS };
typedef struct state {
  ur__curve_set set;
  ur_fit fit;
  int folds;
  double x[UR_FIT_POINTS_MAX], t[UR_FIT_POINTS_MAX], out_x[UR_FIT_POINTS_MAX], out_t[UR_FIT_POINTS_MAX];
  double *part, *split, *fold, *left_out, *all, *train, *place, *line;
} state;

/* Of every five points the third is to validate on, the fifth to test on. */
static int part_of(int n) { return n % 5 == 2 ? VALIDATION : n % 5 == 4 ? TEST : TRAINING; }

static ur_status begin(ur_study *study, void *into) {
  static const char *const parts[] = {"training", "validation", "test"};
  state *s = into;
  const ur_status status = ur__curve_take(study, OWN, &s->set);
  if (status != UR_OK) return status;
  s->fit = (ur_fit){(int)ur__study_setting(study, DEGREE), ur__study_setting(study, LAMBDA),
                    ur__study_setting(study, SPARE) != 0};
  s->folds = (int)ur__study_setting(study, FOLDS);
  if (s->folds > s->set.points.n) s->folds = s->set.points.n;
  const int M = ur__study_axis(study, "M", DEGREES, NULL),
            n = ur__study_axis(study, "n", s->set.points.n, NULL),
            part = ur__study_axis(study, "part", PARTS, parts),
            fold = ur__study_axis(study, "fold", s->folds, NULL),
            place = ur__study_axis(study, "place", PLACES, NULL);
  s->part = ur__study_array(study, "part_of", "", 1, &n);
  s->split = ur__study_array(study, "split", "RMS", 2, (int[]){M, part});
  s->fold = ur__study_array(study, "fold_of", "", 1, &n);
  s->left_out = ur__study_array(study, "left_out", "RMS", 2, (int[]){M, fold});
  s->all = ur__study_array(study, "all_left_out", "RMS", 1, &M);
  s->train = ur__study_array(study, "train", "RMS", 1, &M);
  s->place = ur__study_places(study, place, "");
  s->line = ur__study_array(study, "line", "", 2, (int[]){fold, place});
  const ur_status declared = ur__study_declared(study, DEGREES);
  if (declared != UR_OK) return declared;
  ur__curve_places(PLACES, s->place);
  for (int i = 0; i < s->set.points.n; i++) s->part[i] = part_of(i), s->fold[i] = i % s->folds;
  return UR_OK;
}

/* The points for which `of` is this, or is not. */
static ur_points points_with(const state *s, const double *of, int is, int same, double *x, double *t) {
  ur_points out = {x, t, 0};
  for (int i = 0; i < s->set.points.n; i++) {
    if (((int)of[i] == is) != same) continue;
    x[out.n] = s->set.x[i];
    t[out.n++] = s->set.t[i];
  }
  return out;
}

/* What the points do not determine stays without a number. */
static ur_status missing(ur_status status) {
  return status == UR_E_NUMBER || status == UR_E_ARGUMENT ? UR_OK : status;
}

static ur_status split(state *s, const ur_fit *fit) {
  double w[DEGREES];
  const ur_points training = points_with(s, s->part, TRAINING, 1, s->x, s->t);
  const ur_status status = ur_fit_polynomial(fit, UR_FIT_QR, &training, w);
  for (int part = 0; part < PARTS && status == UR_OK; part++) {
    const ur_points some = points_with(s, s->part, part, 1, s->out_x, s->out_t);
    if (some.n > 0) s->split[fit->degree * PARTS + part] = ur_polynomial_rms(w, fit->degree, &some);
  }
  return missing(status);
}

static ur_status folds(state *s, const ur_fit *fit) {
  double w[DEGREES];
  for (int fold = 0; fold < s->folds; fold++) {
    const ur_points kept = points_with(s, s->fold, fold, 0, s->x, s->t),
                    out = points_with(s, s->fold, fold, 1, s->out_x, s->out_t);
    const ur_status status = ur_fit_polynomial(fit, UR_FIT_QR, &kept, w);
    if (status != UR_OK && missing(status) != UR_OK) return status;
    if (status != UR_OK) continue;
    s->left_out[fit->degree * s->folds + fold] = ur_polynomial_rms(w, fit->degree, &out);
    if (fit->degree == s->fit.degree)
      ur__curve_line(w, fit->degree, PLACES, s->place, s->line + fold * PLACES);
  }
  return missing(ur_fit_validate(fit, &s->set.points, s->folds, &s->all[fit->degree]));
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  double w[DEGREES];
  const ur_fit fit = {i, s->fit.lambda, s->fit.spare_w0};
  (void)study;
  ur_status status = ur_fit_polynomial(&fit, UR_FIT_QR, &s->set.points, w);
  if (status == UR_OK) s->train[i] = ur_polynomial_rms(w, i, &s->set.points);
  status = missing(status);
  if (status == UR_OK) status = split(s, &fit);
  return status == UR_OK ? folds(s, &fit) : status;
}

const ur__study ur__study_validate = {.name = "validate",
                                      .help = "points left out to choose M: one split, and S folds",
                                      .settings = settings,
                                      .setting_count = SETTINGS,
                                      .inputs = inputs,
                                      .state = sizeof(state),
                                      .begin = begin,
                                      .piece = piece};
