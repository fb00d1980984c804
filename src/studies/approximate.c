/* A drawn curve by one hidden layer, by ever more units: the error, and of one number of units what each of
 * them adds (unroll/approximate.h). */
#include "unroll/approximate.h"

#include "studies.h"

enum { UNITS, MOST, LAID, SETTINGS };
static const ur_setting settings[SETTINGS] = {[UNITS] = {.key = "units",
                                                         .def = 6,
                                                         .min = 1,
                                                         .max = UR_APPROXIMATE_UNITS_MAX,
                                                         .help = "of the hidden layer that is shown"},
                                              [MOST] = {.key = "most",
                                                        .def = 24,
                                                        .min = 1,
                                                        .max = UR_APPROXIMATE_UNITS_MAX,
                                                        .help = "the error is worked out for 1 to so many"},
                                              [LAID] = {.key = "laid",
                                                        .type = UR_SETTING_CHOICE,
                                                        .choices = "steps|hinges",
                                                        .help = "sigmoids or relus, laid evenly"}};
enum { DRAWN };
static const ur__study_input inputs[] = {
    [DRAWN] = {"drawn", UR__NUMBERS, "0 0.3 0.9 0.7 0.1 -0.4 -0.3 0.2 0.8 0.5 -0.2",
               "heights of the curve at 0, ..., 1, evenly; smooth between them"},
    {.name = NULL}};

enum { PLACES = 121, DRAWN_MAX = 61 };
typedef struct state {
  ur_laid laid;
  int units, most;
  double weights[UR_APPROXIMATE_UNITS_MAX + 1];
  double *place, *target, *line, *share, *weight, *rms;
} state;

/* Through all heights, as smooth as its neighbours have it (Catmull and Rom 1974); straight on at both ends.
 */
static double drawn(const double *heights, int count, double x) {
  const double at = x * (count - 1);
  const int k = at >= count - 1 ? count - 2 : (int)at;
  const double u = at - k, b = heights[k], c = heights[k + 1], a = k > 0 ? heights[k - 1] : 2 * b - c,
               d = k + 2 < count ? heights[k + 2] : 2 * c - b;
  return b + u * ((c - a) + u * ((2 * a - 5 * b + 4 * c - d) + u * (3 * (b - c) + d - a))) / 2;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  int count;
  const double *heights = ur__study_numbers(study, DRAWN, &count);
  if (count < 2 || count > DRAWN_MAX)
    return ur_fail(UR_E_TEXT, "drawn", "a curve has 2 to %d heights, not %d", DRAWN_MAX, count);
  for (int k = 0; k < count; k++)
    if (!(heights[k] >= -1e6 && heights[k] <= 1e6))
      return ur_fail(UR_E_TEXT, "drawn", "height %d is %g; take heights between -1e6 and 1e6", k + 1,
                     heights[k]);
  s->laid = (ur_laid)ur__study_setting(study, LAID);
  s->units = (int)ur__study_setting(study, UNITS);
  s->most = (int)ur__study_setting(study, MOST);
  const int units = ur__study_axis(study, "units", s->most, NULL),
            unit = ur__study_axis(study, "unit", s->units, NULL),
            place = ur__study_axis(study, "place", PLACES, NULL);
  double *numbers = ur__study_places(study, units, "");
  s->place = ur__study_places(study, place, "");
  s->rms = ur__study_array(study, "rms", "", 1, &units);
  s->target = ur__study_array(study, "target", "", 1, &place);
  s->line = ur__study_array(study, "line", "", 1, &place);
  s->weight = ur__study_array(study, "weight", "", 1, &unit);
  s->share = ur__study_array(study, "share", "", 2, (int[]){unit, place});
  double *bias = ur__study_array(study, "bias", "", 0, NULL);
  const ur_status status = ur__study_declared(study, s->most + 1);
  if (status != UR_OK) return status;
  for (int m = 0; m < s->most; m++) numbers[m] = m + 1;
  for (int i = 0; i < PLACES; i++) {
    s->place[i] = (double)i / (PLACES - 1);
    s->target[i] = drawn(heights, count, s->place[i]);
  }
  double rms;
  const ur_status solved = ur_approximate(s->laid, s->units, s->target, PLACES, s->weights, &rms);
  if (solved == UR_OK) *bias = s->weights[0];
  return solved;
}

/* The units of the layer that is shown; then each number of units. */
static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  double weights[UR_APPROXIMATE_UNITS_MAX + 1];
  (void)study;
  if (i > 0) return ur_approximate(s->laid, i, s->target, PLACES, weights, &s->rms[i - 1]);
  for (int k = 0; k < PLACES; k++) {
    s->line[k] = s->weights[0];
    for (int j = 1; j <= s->units; j++)
      s->line[k] += s->share[(j - 1) * PLACES + k] =
          s->weights[j] * ur_laid_unit(s->laid, s->units, j, s->place[k]);
  }
  for (int j = 1; j <= s->units; j++) s->weight[j - 1] = s->weights[j];
  return UR_OK;
}

const ur__study ur__study_approximate = {.name = "approximate",
                                         .help = "a drawn curve by one hidden layer, by ever more units",
                                         .settings = settings,
                                         .setting_count = SETTINGS,
                                         .inputs = inputs,
                                         .state = sizeof(state),
                                         .begin = begin,
                                         .piece = piece};
