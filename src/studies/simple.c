/* What a simple way answers where an encoder is asked: the nearest mean of those trained on, or the day
 * before and a week before (study/simple.h), for one text, and over the unseen examples. */
#include "simple.h"

#include "studies.h"

enum { TASK, NOISE, SETTINGS };
static const ur_setting settings[SETTINGS] = {[TASK] = {.key = "task",
                                                        .type = UR_SETTING_CHOICE,
                                                        .choices = "protein|digits|days",
                                                        .max = 2,
                                                        .help = "of which sequences"},
                                              [NOISE] = {.key = "noise",
                                                         .type = UR_SETTING_REAL,
                                                         .def = 0.15,
                                                         .max = 1,
                                                         .help = "as the task's setting of that name"}};
enum { TEXT };
static const ur__study_input inputs[] = {
    [TEXT] = {"text", UR__TEXT, "MKLLAVLVALLAGSTDERKNQPTS",
              "one of the task's sequences, as it writes them; none: only the errors"},
    {.name = NULL}};

typedef struct state {
  const ur__task *task;
  double noise;
  double *errors, *said, *distances, *means, *truth, *stretch, *hydropathy;
  ur__examples examples;
  ur__simple simple;
} state;

static ur_status begin(ur_study *study, void *into) {
  static const char *const names[] = {"protein", "digits", "days"};
  static const char *const ways[] = {"yesterday", "week"}, *const nearest[] = {"nearest"};
  state *s = into;
  s->task = ur__task_find(names[(int)ur__study_setting(study, TASK)]);
  s->noise = ur__study_setting(study, NOISE);
  const int numbers = s->task->kind == UR__DAYS;
  const int way = ur__study_axis(study, "way", numbers ? 2 : 1, numbers ? ways : nearest),
            one = ur__study_axis(study, "one", 1, NULL), stretch = ur__study_axis(study, "stretch", 2, NULL);
  s->errors = ur__study_array(study, "errors", numbers ? "hundreds" : "share", 1, &way);
  s->said = ur__study_array(study, "said", numbers ? "hundreds" : "", 1, &way);
  s->truth = ur__study_array(study, "truth", numbers ? "hundreds" : "", 1, &one);
  s->stretch = ur__study_array(study, "stretch", "", 1, &stretch);
  if (!numbers) {
    const int classes = ur__study_axis(study, "class", s->task->arrays[1].width, NULL),
              feature =
                  ur__study_axis(study, "feature", s->task->kind == UR__DIGIT ? UR__DIGIT_POINTS : 20, NULL);
    s->distances = ur__study_array(study, "distances", "", 1, &classes);
    s->means = ur__study_array(study, "means", "", 2, (int[]){classes, feature});
  }
  if (s->task->kind == UR__PROTEIN) {
    static const char *const letters[] = {"A", "C", "D", "E", "F", "G", "H", "I", "K", "L",
                                          "M", "N", "P", "Q", "R", "S", "T", "V", "W", "Y"};
    const int residue = ur__study_axis(study, "residue", sizeof letters / sizeof *letters, letters);
    s->hydropathy = ur__study_array(study, "hydropathy", "", 1, &residue);
  }
  return ur__study_declared(study, 3);
}

/* Of the text: what is said of it, what is right, and of a protein where its stretch begins and its mean. */
static ur_status answer(ur_study *study, state *s) {
  const char *text = ur__study_text(study, TEXT);
  ur__corpus corpus;
  ur__batch one;
  if (*text == '\0') return UR_OK;
  ur_status status = ur__batch_room(s->task->arrays, 1, UR__SEQUENCE_MAX, 0, &one);
  if (status != UR_OK) return status;
  status = ur__examples_vocabulary(s->task, &s->noise, &corpus);
  if (status == UR_OK) {
    status = ur__example_read(s->task, &s->noise, &corpus, text, UR__SEQUENCE_MAX, &one);
    ur__corpus_free(&corpus);
  }
  if (status == UR_OK) {
    const float *y = ur__batch_reals(&one, "y");
    ur__simple_answer(&s->simple, &one, 0, s->said, s->distances);
    *s->truth = (double)*y;
    for (int c = 0; c < s->simple.classes; c++)
      if (y[c] == 1) *s->truth = c;
    if (s->task->kind == UR__PROTEIN)
      s->stretch[0] = ur__protein_stretch(ur__batch_tokens(&one, "x") + 1, one.length - 1, 1, s->stretch + 1);
  }
  ur__batch_free(&one);
  return status;
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  for (int r = 0; s->hydropathy != NULL && r < 20; r++) s->hydropathy[r] = ur__protein_hydropathy(r);
  if (i == 0) ur__examples_begin(s->task, &s->noise, ur__study_seed(study), &s->examples);
  if (i == 1) {
    const ur_status status = ur__simple_fit(&s->examples, &s->simple);
    for (int k = 0; k < s->simple.classes * s->simple.features; k++) s->means[k] = s->simple.means[k];
    return status == UR_OK ? answer(study, s) : status;
  }
  return i == 2 ? ur__simple_errors(&s->examples, &s->simple, s->errors) : UR_OK;
}

const ur__study ur__study_simple = {.name = "simple",
                                    .help = "simple answers beside an encoder of proteins, digits or days",
                                    .settings = settings,
                                    .setting_count = SETTINGS,
                                    .inputs = inputs,
                                    .state = sizeof(state),
                                    .begin = begin,
                                    .piece = piece};
