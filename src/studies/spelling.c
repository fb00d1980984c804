/* What was meant: every string that is one slip away from what was typed, by its probability under the
 * counts, times how often such a slip happens. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "counted.h"
#include "vocabulary.h"

enum { ORDER, SMOOTHING, SWAP, KEPT, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [ORDER] = UR__ROW_ORDER(4),
    [SMOOTHING] = UR__ROW_SMOOTHING(12),
    [SWAP] = {.key = "swap",
              .type = UR_SETTING_REAL,
              .def = 4,
              .min = 0.01,
              .max = 1000,
              .help = "how many times as often two neighbours are swapped as any other slip happens"},
    [KEPT] = {.key = "kept",
              .type = UR_SETTING_REAL,
              .def = 4,
              .min = 0,
              .max = 1e6,
              .help = "how many times as often what was meant is typed as any one slip happens"}};
enum { TYPED, TEXT };
static const ur__study_input inputs[] = {
    [TYPED] = {"typed", UR__TEXT, "jonh", "what was typed"}, [TEXT] = UR__COUNTED_TEXT, {.name = NULL}};

enum { LETTERS_MAX = 16, SHOWN = 8 };
enum {
  AS_TYPED,
  SWAPPED,
  CHANGED,
  LEFT_OUT,
  PUT_IN
}; /* what the slip was, from what was meant to what was typed */
typedef struct candidate {
  int32_t tokens[LETTERS_MAX + 1];
  int n, slip;
  double p, weight;
} candidate;
typedef struct state {
  ur_trainer *trainer;
  candidate *candidates;
  double *next; /* [V] */
  int count;
} state;

static int same(const candidate *a, const candidate *b) {
  return a->n == b->n && memcmp(a->tokens, b->tokens, (size_t)a->n * sizeof *a->tokens) == 0;
}

/* Once each, by the first of the slips that lead to it. */
static void put(state *s, const int32_t *tokens, int n, int slip) {
  candidate *one = &s->candidates[s->count];
  if (n == 0) return;
  memcpy(one->tokens, tokens, (size_t)n * sizeof *tokens);
  one->n = n;
  one->slip = slip;
  for (int i = 0; i < s->count; i++)
    if (same(&s->candidates[i], one)) return;
  s->count++;
}

static void collect(state *s, const int32_t *typed, int n, int V) {
  int32_t tokens[LETTERS_MAX + 2];
  put(s, typed, n, AS_TYPED);
  for (int i = 0; i + 1 < n; i++) {
    memcpy(tokens, typed, (size_t)n * sizeof *typed);
    tokens[i] = typed[i + 1], tokens[i + 1] = typed[i];
    put(s, tokens, n, SWAPPED);
  }
  for (int i = 0; i < n; i++)
    for (int w = UR__MARKS; w < V; w++) {
      memcpy(tokens, typed, (size_t)n * sizeof *typed);
      tokens[i] = w;
      put(s, tokens, n, CHANGED);
    }
  for (int i = 0; i <= n; i++)
    for (int w = UR__MARKS; w < V; w++) { /* a letter of it was left out */
      memcpy(tokens, typed, (size_t)i * sizeof *typed);
      tokens[i] = w;
      memcpy(tokens + i + 1, typed + i, (size_t)(n - i) * sizeof *typed);
      put(s, tokens, n + 1, LEFT_OUT);
    }
  for (int i = 0; i < n; i++) { /* a letter too many was put in */
    memcpy(tokens, typed, (size_t)i * sizeof *typed);
    memcpy(tokens + i, typed + i + 1, (size_t)(n - i - 1) * sizeof *typed);
    put(s, tokens, n - 1, PUT_IN);
  }
}

static int likelier(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  const double left = x->p * x->weight, right = y->p * y->weight;
  return (left < right) - (left > right);
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  int32_t typed[LETTERS_MAX];
  int n = 0;
  ur_status status =
      ur__counted_open(study, ur__study_text(study, TEXT), (int)ur__study_setting(study, ORDER),
                       ur__study_setting(study, SMOOTHING), &s->trainer);
  if (status != UR_OK) return status;
  const ur__corpus *corpus = &s->trainer->corpus;
  const int V = corpus->vocabulary_size;
  status = ur__corpus_encode(corpus, ur__study_text(study, TYPED), typed, LETTERS_MAX - 1, &n);
  if (status == UR_OK && n == 0)
    status = ur_fail(UR_E_TEXT, "typed", "nothing is typed; write at least one character");
  if (status != UR_OK) return status;
  s->candidates =
      ur__alloc_array((size_t)(2 * n + 1) * (size_t)V + (size_t)(2 * n) + 2, sizeof *s->candidates);
  s->next = ur__alloc_array((size_t)V, sizeof *s->next);
  if (s->candidates == NULL || s->next == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for slips");
  collect(s, typed, n, V);
  double sum = 0;
  for (int i = 0; i < s->count; i++) {
    candidate *one = &s->candidates[i];
    one->p = ur__counted_probability(s->trainer, one->tokens, one->n, s->next);
    one->weight = one->slip == AS_TYPED  ? ur__study_setting(study, KEPT)
                  : one->slip == SWAPPED ? ur__study_setting(study, SWAP)
                                         : 1;
    sum += one->p * one->weight;
  }
  qsort(s->candidates, (size_t)s->count, sizeof *s->candidates, likelier);
  const int shown = s->count < SHOWN ? s->count : SHOWN;
  char texts[SHOWN][(LETTERS_MAX + 1) * 8];
  const char *labels[SHOWN];
  for (int i = 0; i < shown; i++) {
    ur__counted_write(corpus, s->candidates[i].tokens, s->candidates[i].n, texts[i], sizeof texts[i]);
    labels[i] = texts[i];
  }
  const int axis = ur__study_axis(study, "meant", shown, labels);
  double *p = ur__study_array(study, "p", "", 1, &axis), *slip = ur__study_array(study, "slip", "", 1, &axis),
         *share = ur__study_array(study, "share", "", 1, &axis),
         *count = ur__study_array(study, "candidates", "", 0, NULL);
  for (int i = 0; i < shown && count != NULL; i++) {
    p[i] = s->candidates[i].p;
    slip[i] = s->candidates[i].slip;
    share[i] = s->candidates[i].p * s->candidates[i].weight / sum;
  }
  if (count != NULL) *count = s->count;
  return ur__study_declared(study, 1);
}

static ur_status piece(ur_study *study, void *from, int i) {
  (void)study, (void)from, (void)i;
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
  ur__free(s->candidates);
  ur__free(s->next);
}

const ur__study ur__study_spelling = {.name = "spelling",
                                      .help = "what was meant, one slip away from what was typed",
                                      .settings = settings,
                                      .setting_count = SETTINGS,
                                      .inputs = inputs,
                                      .reads = "names",
                                      .state = sizeof(state),
                                      .begin = begin,
                                      .piece = piece,
                                      .end = end};
