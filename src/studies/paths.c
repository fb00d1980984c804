/* One start, several rules: their paths over two weights of a net, update by update (unroll/descent.h). */
#include <math.h>
#include <string.h>

#include "decimal.h"
#include "nets.h"
#include "unroll/descent.h"

enum { FIRST, SECOND, START_1, START_2, EPOCHS, SETTINGS };
#define REAL(name, at, words)                                                                                \
  { .key = name, .type = UR_SETTING_REAL, .def = at, .min = -1e6, .max = 1e6, .help = words }
static const ur_setting settings[SETTINGS] = {
    UR__NET_TWO_WEIGHTS(FIRST, SECOND), [START_1] = REAL("start_1", 0.2, "the first at the start"),
    [START_2] = REAL("start_2", -2, "the second at the start"),
    [EPOCHS] = {.key = "epochs", .def = 30, .min = 1, .max = 1000, .help = "times that every point is seen"}};

enum { RULES = UR__NET_INPUTS };
static const ur__study_input inputs[] = {
    UR__NET_ROWS("mlp curve hidden_1=1 hidden_2=0"),
    [RULES] = {"rules", UR__TEXT,
               "sgd batch=0 rate=0.3; sgd batch=1 rate=0.1; sgd batch=4 rate=0.2; momentum batch=0 rate=0.1; "
               "adam batch=0 rate=0.1",
               "sgd|momentum|adam batch=B rate=R momentum=M beta1=B beta2=B, with ; between them; batch 0: "
               "all points"},
    {.name = NULL}};

enum { RULES_MAX = 8, UPDATES_MAX = 100000 };
typedef struct state {
  ur_trainer *trainer;
  int weights[2], count, updates[RULES_MAX], most, points; /* points: that are seen in all */
  double start[2];
  ur_rule rules[RULES_MAX];
  char names[RULES_MAX][UR__NET_NAME];
  double *seen, *error;                      /* [count, most + 1] */
  double *at, *slope, *mean, *square, *step; /* [count, most + 1, 2], the last four NaN at its end */
  double *term;                              /* [count, epochs * points, 2] */
} state;

static ur_status bad(const char *rule) {
  return ur_fail(UR_E_TEXT, "rules",
                 "a rule is sgd|momentum|adam batch=B rate=R momentum=M beta1=B beta2=B, not \"%.80s\"",
                 rule);
}

/* "momentum batch=4 rate=0.1" */
static ur_status read_rule(const char *text, ur_rule *out) {
  static const char *const kinds[] = {"sgd", "momentum", "adam"};
  char word[UR__NET_NAME], *value;
  const char *last;
  const char *at = ur__net_word(text, word);
  int kind = 0;
  *out = (ur_rule){.rate = 0.1, .momentum = 0.9, .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8};
  while (kind < 3 && strcmp(word, kinds[kind]) != 0) kind++;
  if (kind == 3) return bad(text);
  out->kind = (ur_rule_kind)kind;
  while (at != NULL && (at = ur__net_word(at, word)) != NULL) {
    if (!ur__net_cut(word, &value)) return bad(text);
    const double number = ur__decimal_read(value, &last);
    const int share = word[0] != 'r'; /* momentum, beta1, beta2: below 1 */
    double *into = strcmp(word, "rate") == 0       ? &out->rate
                   : strcmp(word, "momentum") == 0 ? &out->momentum
                   : strcmp(word, "beta1") == 0    ? &out->beta1
                   : strcmp(word, "beta2") == 0    ? &out->beta2
                                                   : NULL;
    const int batch = strcmp(word, "batch") == 0;
    if ((into == NULL && !batch) || *value == '\0' || *last != '\0' || !(number >= 0)) return bad(text);
    if (batch ? !(number <= 1e6) : !(number <= 1000 && (!share || number < 1))) return bad(text);
    if (batch)
      out->batch = (int)number;
    else
      *into = number;
  }
  return UR_OK;
}

static ur_status read_rules(const char *text, state *s) {
  ur_status status = UR_OK;
  const int points = ur_descent_points(s->trainer);
  while (status == UR_OK) {
    const size_t length = strcspn(text, ";");
    if (s->count == RULES_MAX) return ur_fail(UR_E_TEXT, "rules", "there are more than %d rules", RULES_MAX);
    if (length >= UR__NET_NAME) return bad(text);
    text += strspn(text, " ");
    memcpy(s->names[s->count], text, strcspn(text, ";"));
    status = read_rule(s->names[s->count], &s->rules[s->count]);
    if (status == UR_OK && s->rules[s->count].batch > points)
      return ur_fail(UR_E_TEXT, "rules", "a batch of %d points; there are %d", s->rules[s->count].batch,
                     points);
    s->count++;
    text += strcspn(text, ";");
    if (*text++ == '\0') break;
  }
  return status;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  static const char *const both[] = {"first", "second"};
  const char *labels[RULES_MAX];
  ur_status status = ur__net_take(study, &s->trainer);
  if (status == UR_OK) status = read_rules(ur__study_text(study, RULES), s);
  if (status != UR_OK) return status;
  const int points = ur_descent_points(s->trainer), epochs = (int)ur__study_setting(study, EPOCHS);
  s->points = epochs * points;
  for (int k = 0; k < 2; k++) {
    s->weights[k] = (int)ur__study_setting(study, FIRST + k);
    s->start[k] = ur__study_setting(study, START_1 + k);
  }
  for (int i = 0; i < s->count; i++) {
    const int batch = s->rules[i].batch == 0 ? points : s->rules[i].batch;
    labels[i] = s->names[i];
    s->updates[i] = (int)((int64_t)epochs * points / batch);
    if (s->updates[i] > UPDATES_MAX || s->updates[i] < 1)
      return ur_fail(UR_E_SETTING, "epochs", "%d epochs are %d updates of \"%.80s\"; 1 to %d are drawn",
                     epochs, s->updates[i], s->names[i], UPDATES_MAX);
    if (s->updates[i] > s->most) s->most = s->updates[i];
  }
  const int rule = ur__study_axis(study, "rule", s->count, labels),
            update = ur__study_axis(study, "update", s->most + 1, NULL),
            weight = ur__study_axis(study, "weight", 2, both),
            point = ur__study_axis(study, "point", s->points, NULL);
  const int each[] = {rule, update, weight};
  s->seen = ur__study_array(study, "seen", "points", 2, (int[]){rule, update});
  s->at = ur__study_array(study, "at", "", 3, each);
  s->slope = ur__study_array(study, "slope", "", 3, each);
  s->mean = ur__study_array(study, "mean", "", 3, each);
  s->square = ur__study_array(study, "square", "", 3, each);
  s->step = ur__study_array(study, "step", "", 3, each);
  s->term = ur__study_array(study, "term", "", 3, (int[]){rule, point, weight});
  s->error = ur__study_array(study, "error", "", 2, (int[]){rule, update});
  return ur__study_declared(study, s->count);
}

/* One rule. */
static ur_status piece(ur_study *study, void *from, int i) {
  const state *s = from;
  const size_t row = (size_t)i * (size_t)(s->most + 1), terms = (size_t)i * (size_t)s->points;
  const ur_rule *rule = &s->rules[i];
  const ur_path out = {.at = s->at + 2 * row,
                       .errors = s->error + row,
                       .terms = s->term + 2 * terms,
                       .slopes = s->slope + 2 * row,
                       .means = s->mean + 2 * row,
                       .squares = s->square + 2 * row,
                       .steps = s->step + 2 * row};
  (void)study;
  for (int u = 0; u <= s->updates[i]; u++)
    s->seen[row + (size_t)u] = (double)u * (rule->batch == 0 ? ur_descent_points(s->trainer) : rule->batch);
  return ur_descent_path(s->trainer, s->weights, s->start, rule, s->updates[i], &out);
}

static void end(void *from) { ur_trainer_free(((state *)from)->trainer); }

const ur__study ur__study_paths = {.name = "paths",
                                   .help = "one start, several rules: their ways down over two weights",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};
