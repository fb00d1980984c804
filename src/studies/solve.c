/* One fit, operation by operation: the rows of Phi (under them, with a penalty, a row sqrt(lambda) e_j for
 * each weight), the reflections of its QR, Q^T t, back substitution, what the curve misses each point by, and
 * the gradient there, which is zero. In double. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "curve_points.h"
#include "unroll/linalg.h"

enum { DEGREE = UR__CURVE_SETTINGS, LAMBDA, SPARE, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__CURVE_ROWS,
    [DEGREE] = {.key = "degree", .def = 3, .max = UR_DEGREE_MAX, .help = "M, the highest power"},
    [LAMBDA] = {.key = "lambda", .type = UR_SETTING_REAL, .max = 1e6, .help = "of the penalty; 0: none"},
    [SPARE] = {.key = "spare_w0", .max = 1, .help = "1: no penalty on w_0"}};
enum { OWN };
static const ur__study_input inputs[] = {[OWN] = UR__CURVE_OWN, {.name = NULL}};

enum { WEIGHTS = UR_DEGREE_MAX + 1, PLACES = 241 };
typedef struct state {
  ur__curve_set set;
  ur_fit fit;
  int rows, weights;
  double *x, *t, *Phi, *R, *right, *Q, *Qt, *w, *y, *off, *square, *gradient, *place, *line;
  double *error, *squares, *rms, *test_rms; /* a number each */
} state;

static double ridge_of(const state *s, int j) { return j == 0 && s->fit.spare_w0 ? 0 : s->fit.lambda; }

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const ur_status status = ur__curve_take(study, OWN, &s->set);
  if (status != UR_OK) return status;
  s->fit = (ur_fit){(int)ur__study_setting(study, DEGREE), ur__study_setting(study, LAMBDA),
                    ur__study_setting(study, SPARE) != 0};
  s->weights = s->fit.degree + 1;
  s->rows = s->set.points.n;
  for (int j = 0; j < s->weights; j++) s->rows += ridge_of(s, j) > 0;
  const int n = ur__study_axis(study, "n", s->set.points.n, NULL),
            row = ur__study_axis(study, "row", s->rows, NULL),
            j = ur__study_axis(study, "j", s->weights, NULL),
            done = ur__study_axis(study, "reflections", s->weights + 1, NULL),
            place = ur__study_axis(study, "place", PLACES, NULL), one = ur__study_axis(study, "one", 1, NULL);
  s->x = ur__study_array(study, "x", "", 1, &n);
  s->t = ur__study_array(study, "t", "", 1, &n);
  s->Phi = ur__study_array(study, "Phi", "", 2, (int[]){row, j});
  s->R = ur__study_array(study, "R", "", 3, (int[]){done, row, j});
  s->right = ur__study_array(study, "right", "", 2, (int[]){done, row});
  s->Q = ur__study_array(study, "Q", "", 2, (int[]){row, j});
  s->Qt = ur__study_array(study, "Qt", "", 1, &j);
  s->w = ur__study_array(study, "w", "", 1, &j);
  s->y = ur__study_array(study, "y", "", 1, &n);
  s->off = ur__study_array(study, "off", "", 1, &n);
  s->square = ur__study_array(study, "square", "", 1, &n);
  s->gradient = ur__study_array(study, "gradient", "", 1, &j);
  s->place = ur__study_places(study, place, "");
  s->line = ur__study_array(study, "line", "", 1, &place);
  s->error = ur__study_array(study, "error", "", 1, &one);
  s->squares = ur__study_array(study, "squares", "", 1, &one);
  s->rms = ur__study_array(study, "rms", "RMS", 1, &one);
  s->test_rms = ur__study_array(study, "test_rms", "RMS", 1, &one);
  return ur__study_declared(study, 1);
}

static void powers(const state *s) {
  const int N = s->set.points.n, W = s->weights;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < W; j++) s->Phi[i * W + j] = j == 0 ? 1 : s->Phi[i * W + j - 1] * s->set.x[i];
  memset(s->Phi + N * W, 0, (size_t)((s->rows - N) * W) * sizeof *s->Phi);
  for (int j = 0, row = N; j < W; j++)
    if (ridge_of(s, j) > 0) s->Phi[row++ * W + j] = sqrt(ridge_of(s, j));
}

/* R and right before and after each reflection; what is below the diagonal of QR belongs to Q. Column k of
 * `some` [rows,k+1] is the last that is reflected. */
static ur_status reflect(const state *s, double *QR, double *some, double *tau) {
  const int W = s->weights, rows = s->rows;
  const size_t cells = (size_t)(rows * W);
  memcpy(QR, s->Phi, cells * sizeof *QR);
  memcpy(s->R, s->Phi, cells * sizeof *QR);
  for (int i = 0; i < rows; i++) s->right[i] = i < s->set.points.n ? s->set.t[i] : 0;
  for (int k = 0; k < W; k++) {
    double *R = s->R + (size_t)(k + 1) * cells, *right = s->right + (k + 1) * rows;
    ur_status status = ur_qr_step(QR, rows, W, k, tau);
    if (status != UR_OK) return status;
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < W; j++) {
        R[i * W + j] = j <= k && i > j ? 0 : QR[i * W + j];
        if (j <= k) some[i * (k + 1) + j] = QR[i * W + j];
      }
    memcpy(right, s->right, (size_t)rows * sizeof *right);
    status = ur_qr_apply(some, rows, k + 1, tau, 1, right, 1);
    if (status != UR_OK) return status;
  }
  return UR_OK;
}

/* The first W columns of Q, and Q^T t. */
static ur_status orthogonal(const state *s, const double *QR, const double *tau) {
  const int W = s->weights;
  for (int i = 0; i < s->rows; i++)
    for (int j = 0; j < W; j++) s->Q[i * W + j] = i == j;
  memcpy(s->Qt, s->right + W * s->rows, (size_t)W * sizeof *s->Qt);
  return ur_qr_apply(QR, s->rows, W, tau, 0, s->Q, W);
}

static void measure(const state *s) {
  const int W = s->weights;
  double penalty = 0;
  *s->squares = 0;
  for (int j = 0; j < W; j++) {
    s->gradient[j] = ridge_of(s, j) * s->w[j];
    penalty += ridge_of(s, j) * s->w[j] * s->w[j];
  }
  for (int i = 0; i < s->set.points.n; i++) {
    s->x[i] = s->set.x[i], s->t[i] = s->set.t[i];
    s->y[i] = ur_polynomial(s->w, s->fit.degree, s->x[i]);
    s->off[i] = s->y[i] - s->t[i];
    s->square[i] = s->off[i] * s->off[i];
    *s->squares += s->square[i];
    for (int j = 0; j < W; j++) s->gradient[j] += s->Phi[i * W + j] * s->off[i];
  }
  *s->error = (*s->squares + penalty) / 2;
  *s->rms = ur_polynomial_rms(s->w, s->fit.degree, &s->set.points);
  *s->test_rms = ur_polynomial_rms(s->w, s->fit.degree, &s->set.tests);
  ur__curve_places(PLACES, s->place);
  ur__curve_line(s->w, s->fit.degree, PLACES, s->place, s->line);
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const size_t cells = (size_t)(s->rows * s->weights);
  double tau[WEIGHTS];
  (void)study, (void)i;
  ur_status status = ur_fit_polynomial(&s->fit, UR_FIT_QR, &s->set.points, s->w);
  if (status != UR_OK) return status;
  double *QR = ur__alloc_array(cells, 2 * sizeof *QR);
  if (QR == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to reflect %d rows", s->rows);
  powers(s);
  status = reflect(s, QR, QR + cells, tau);
  if (status == UR_OK) status = orthogonal(s, QR, tau);
  if (status == UR_OK) measure(s);
  ur__free(QR);
  return status;
}

const ur__study ur__study_solve = {.name = "solve",
                                   .help = "one polynomial through points, operation by operation",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece};
