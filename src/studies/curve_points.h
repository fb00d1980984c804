/* studies/curve_points.h: the points that a study of the curve is about: the course's, or the reader's own.
 */
#ifndef UNROLL_STUDIES_CURVE_POINTS_H
#define UNROLL_STUDIES_CURVE_POINTS_H

#include "studies.h"
#include "unroll/fit.h"

/* Rows of the settings that it takes, the first of every such study. */
enum { UR__CURVE_POINTS, UR__CURVE_NOISE, UR__CURVE_EVENLY, UR__CURVE_TESTS, UR__CURVE_SETTINGS };
#define UR__CURVE_ROWS                                                                                       \
  [UR__CURVE_POINTS] = {.key = "points",                                                                     \
                        .def = 10,                                                                           \
                        .min = 2,                                                                            \
                        .max = UR_FIT_POINTS_MAX,                                                            \
                        .help = "points that are made"},                                                     \
  [UR__CURVE_NOISE] = {.key = "noise",                                                                       \
                       .type = UR_SETTING_REAL,                                                              \
                       .def = 0.3,                                                                           \
                       .max = 10,                                                                            \
                       .help = "standard deviation of t"},                                                   \
  [UR__CURVE_EVENLY] = {.key = "evenly", .def = 1, .max = 1, .help = "0: x is drawn, not evenly spaced"},    \
  [UR__CURVE_TESTS] = {                                                                                      \
      .key = "test_points", .def = 100, .min = 1, .max = UR_FIT_POINTS_MAX, .help = "points to test on"}
#define UR__CURVE_OWN                                                                                        \
  { "own", UR__NUMBERS, "", "x and t of points of your own, one after the other, in place of those made" }

typedef struct ur__curve_set {
  ur_points points, tests; /* into the arrays below */
  double x[UR_FIT_POINTS_MAX], t[UR_FIT_POINTS_MAX], test_x[UR_FIT_POINTS_MAX], test_t[UR_FIT_POINTS_MAX];
} ur__curve_set;

/* UR_E_TEXT for a number of own numbers that is odd, too small or too large. own: the input's row. */
ur_status ur__curve_take(const ur_study *study, int own, ur__curve_set *out);

/* n places of a line from 0 to 1, and a polynomial at each. */
void ur__curve_places(int n, double *places);
void ur__curve_line(const double *w, int degree, int n, const double *places, double *line);

/* Updates that are kept: 0, 1, 2, ..., then so many until ten times as many; the last is `updates`. How many;
 * into: NULL only counts. */
int ur__curve_records(int updates, int decade, double *into);

#endif
