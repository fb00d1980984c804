/* The net that is folded by hand, of one to six layers, over a line: its pieces, one number on its way
 * through it, and what one layer of as many units has (unroll/depth.h). */
#include "unroll/depth.h"

#include "flat.h"
#include "studies.h"

enum { PLACE, SETTINGS };
enum { CORNERS = (1 << UR_FOLDS_MAX) + 1, EACH = 2, FLAT_MAX = EACH * UR_FOLDS_MAX + 1 };
static const ur_setting settings[SETTINGS] = {
    [PLACE] = {
        .key = "x", .type = UR_SETTING_REAL, .def = 0.3, .min = 0, .max = 1, .help = "a number to fold"}};

typedef struct state {
  double x;
  double *at, *height, *pieces, *one, *most; /* [depth, corner], twice; [depth] */
  double *units, *folded;                    /* [depth, 2]: of the deepest net; [depth] */
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  static const char *const labels[] = {"1", "2", "3", "4", "5", "6"};
  const int depth = ur__study_axis(study, "depth", UR_FOLDS_MAX, labels),
            corner = ur__study_axis(study, "corner", CORNERS, NULL),
            unit = ur__study_axis(study, "unit", EACH, NULL);
  s->x = ur__study_setting(study, PLACE);
  s->at = ur__study_array(study, "at", "", 2, (int[]){depth, corner});
  s->height = ur__study_array(study, "height", "", 2, (int[]){depth, corner});
  s->pieces = ur__study_array(study, "pieces", "", 1, &depth);
  s->one = ur__study_array(study, "one_layer", "", 1, &depth);
  s->most = ur__study_array(study, "one_layer_at_most", "", 1, &depth);
  s->units = ur__study_array(study, "z", "", 2, (int[]){depth, unit});
  s->folded = ur__study_array(study, "folded", "", 1, &depth);
  return ur__study_declared(study, UR_FOLDS_MAX);
}

/* Of `depth` layers: its answer at x, and what its last layer is there. */
static ur_status follow(const state *s, const ur_trainer *trainer, int depth) {
  enum { VALUES = 2 + EACH * UR_FOLDS_MAX + 1 };
  double z[VALUES];
  const float x[] = {(float)s->x, 0}, none = 0;
  ur__flat flat;
  const ur_status status = ur__flat_of(trainer, &flat);
  if (status != UR_OK) return status;
  ur__flat_error(&flat, flat.theta, x, &none, z);
  for (int k = 0; k < EACH; k++) s->units[EACH * depth + k] = z[2 + EACH * depth + k];
  s->folded[depth] = z[2 + flat.hidden];
  ur__flat_free(&flat);
  return UR_OK;
}

static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  double at[FLAT_MAX + 1], height[FLAT_MAX + 1];
  ur_trainer *trainer;
  int count = 0;
  ur_status status = ur_fold_net(i + 1, &trainer);
  if (status == UR_OK)
    status = ur_line_pieces(trainer, CORNERS - 1, s->at + i * CORNERS, s->height + i * CORNERS, &count);
  s->pieces[i] = count;
  if (status == UR_OK) status = follow(s, trainer, i);
  ur_trainer_free(trainer);
  if (status == UR_OK)
    status = ur_line_net(EACH * (i + 1), ur__study_seed(study), &trainer);
  else
    return status;
  if (status == UR_OK) status = ur_line_pieces(trainer, FLAT_MAX, at, height, &count);
  ur_trainer_free(trainer);
  s->one[i] = count;
  s->most[i] = EACH * (i + 1) + 1; /* each unit bends the line once */
  return status;
}

const ur__study ur__study_fold = {.name = "fold",
                                  .help =
                                      "a net set by hand that folds a line with every layer, and its pieces",
                                  .settings = settings,
                                  .setting_count = SETTINGS,
                                  .state = sizeof(state),
                                  .begin = begin,
                                  .piece = piece};
