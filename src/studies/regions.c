/* Where a net of relus is linear: polygons in the plane, and the plane over each (unroll/regions.h). */
#include "unroll/regions.h"

#include <string.h>

#include "nets.h"

enum { LOW, HIGH, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [LOW] = {.key = "low",
             .type = UR_SETTING_REAL,
             .def = -1,
             .min = -1e6,
             .max = 1e6,
             .help = "x_1 and x_2 from"},
    [HIGH] = {
        .key = "high", .type = UR_SETTING_REAL, .def = 1, .min = -1e6, .max = 1e6, .help = "and up to"}};
static const ur__study_input inputs[] = {
    UR__NET_ROWS("mlp spiral activation=relu init=he error=bernoulli hidden_1=9 hidden_2=9"), {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  ur_regions regions;
  double *first, *corner, *plane, *above, *after;
} state;

/* All regions are cut here, since how many there are is one of its axes. */
static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  static const char *const coordinates[] = {"x_1", "x_2"}, *const terms[] = {"of x_1", "of x_2", "alone"};
  const double low = ur__study_setting(study, LOW), high = ur__study_setting(study, HIGH);
  ur_status status = ur__net_take(study, &s->trainer);
  if (status == UR_OK)
    status = ur_regions_of(s->trainer, (const double[]){low, high, low, high}, &s->regions);
  if (status != UR_OK) return status;
  const int region = ur__study_axis(study, "region", s->regions.count, NULL),
            corners = ur__study_axis(study, "corners", s->regions.first[s->regions.count], NULL),
            coordinate = ur__study_axis(study, "coordinate", 2, coordinates),
            output = ur__study_axis(study, "output", s->regions.outputs, NULL),
            term = ur__study_axis(study, "term", 3, terms);
  s->first = ur__study_array(study, "first", "", 1, &region);
  s->corner = ur__study_array(study, "corner", "", 2, (int[]){corners, coordinate});
  s->plane = ur__study_array(study, "plane", "", 3, (int[]){region, output, term});
  s->above = ur__study_array(study, "above", "units", 1, &region);
  if (s->regions.hidden > 0) {
    const int unit = ur__study_axis(study, "unit", s->regions.hidden, NULL);
    s->after = ur__study_array(study, "after", "regions", 1, &unit);
  }
  return ur__study_declared(study, 1);
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const ur_regions *r = &s->regions;
  (void)study, (void)i;
  for (int k = 0; k < r->count; k++) s->first[k] = r->first[k], s->above[k] = r->above[k];
  for (int u = 0; u < r->hidden; u++) s->after[u] = r->after[u];
  memcpy(s->corner, r->corners, 2 * (size_t)r->first[r->count] * sizeof *s->corner);
  memcpy(s->plane, r->planes, 3 * (size_t)(r->count * r->outputs) * sizeof *s->plane);
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_regions_free(&s->regions);
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_regions = {
    .name = "regions",
    .help = "where a net of relus is linear: polygons in the plane, a plane over each",
    .settings = settings,
    .setting_count = SETTINGS,
    .inputs = inputs,
    .state = sizeof(state),
    .begin = begin,
    .piece = piece,
    .end = end};
