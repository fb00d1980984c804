/* No window is large enough: of each number of tokens before, how many contexts there could be, how many were
 * met in what is counted, how many of those of unseen texts never were, and what counting loses. */
#include <string.h>

#include "alloc.h"
#include "counted.h"
#include "real.h"

enum { SMOOTHING, SETTINGS };
static const ur_setting settings[SETTINGS] = {[SMOOTHING] = UR__ROW_SMOOTHING(12)};
enum { TEXT };
static const ur__study_input inputs[] = {[TEXT] = UR__COUNTED_TEXT, {.name = NULL}};

enum { ORDERS = UR__NGRAM_ORDER_MAX, CHUNK = 400 }; /* sequences of a piece */
typedef struct state {
  ur_trainer *trainer;
  double *p, *counts;                       /* [V] each */
  double tokens[2];                         /* seen so far, of those counted and of those unseen */
  double *possible, *met, *never, *loss[2]; /* [before] each; sums until the last piece */
  int pieces;
} state;

/* Contexts of exactly so many tokens, shorter ones at the beginning of a text included. */
static void count_contexts(state *s) {
  const ur__ngram *ngram = &s->trainer->ngram;
  const int letters = s->trainer->corpus.vocabulary_size - UR__MARKS;
  double of_length = 1, all = 0;
  for (int k = 1; k <= ORDERS; k++, of_length *= letters) {
    s->possible[k - 1] = all += of_length;
    s->met[k - 1] = 0;
    for (size_t i = ngram->first[k - 1]; i < ngram->first[k]; i++)
      s->met[k - 1] += i == ngram->first[k - 1] ||
                       ngram->keys[i] >> UR__NGRAM_BITS != ngram->keys[i - 1] >> UR__NGRAM_BITS;
  }
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const ur_status status = ur__counted_open(study, ur__study_text(study, TEXT), ORDERS,
                                            ur__study_setting(study, SMOOTHING), &s->trainer);
  if (status != UR_OK) return status;
  const size_t V = (size_t)s->trainer->corpus.vocabulary_size;
  s->p = ur__alloc_array(2 * V, sizeof *s->p);
  if (s->p == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to count");
  s->counts = s->p + V;
  const int before = ur__study_axis(study, "before", ORDERS, NULL);
  double *places = ur__study_places(study, before, "tokens");
  s->possible = ur__study_array(study, "possible", "contexts", 1, &before);
  s->met = ur__study_array(study, "met", "contexts", 1, &before);
  s->never = ur__study_array(study, "never", "share", 1, &before);
  s->loss[0] = ur__study_array(study, "counted", "nats", 1, &before);
  s->loss[1] = ur__study_array(study, "unseen", "nats", 1, &before);
  const ur__sides *sides = &s->trainer->batches.sides;
  s->pieces = (int)(sides->train + sides->validation + CHUNK - 1) / CHUNK;
  for (int k = 0; k < ORDERS && s->loss[1] != NULL; k++)
    places[k] = k, s->never[k] = s->loss[0][k] = s->loss[1][k] = 0;
  if (s->loss[1] != NULL) count_contexts(s);
  return ur__study_declared(study, s->pieces);
}

static void look(state *s, const int32_t *tokens, int n, int unseen) {
  const ur__ngram *ngram = &s->trainer->ngram;
  const int predicted = n + !s->trainer->corpus.pieces;
  for (int t = 0; t < predicted; t++) {
    const int32_t came = t < n ? tokens[t] : UR__END;
    ur__ngram_mix(ngram, tokens, t, 0, s->p);
    for (int k = 1; k <= ORDERS; k++) {
      ur__ngram_mix(ngram, tokens, t, k, s->p);
      s->loss[unseen][k - 1] -= ur__log(s->p[came]);
      if (unseen) s->never[k - 1] += ur__ngram_counts(ngram, tokens, t, k, s->counts) == 0;
    }
  }
  s->tokens[unseen] += predicted;
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const ur__batches *batches = &s->trainer->batches;
  const uint32_t train = batches->sides.train, all = train + batches->sides.validation;
  (void)study;
  for (uint32_t k = (uint32_t)i * CHUNK; k < all && k < ((uint32_t)i + 1) * CHUNK; k++) {
    const uint32_t *start = s->trainer->corpus.starts + batches->order[k];
    look(s, s->trainer->corpus.tokens + start[0], (int)(start[1] - start[0]), k >= train);
  }
  for (int k = 0; k < ORDERS && i + 1 == s->pieces; k++) {
    s->never[k] /= s->tokens[1];
    for (int side = 0; side < 2; side++) s->loss[side][k] /= s->tokens[side];
  }
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
  ur__free(s->p);
}

const ur__study ur__study_contexts = {
    .name = "contexts",
    .help = "contexts there could be, those met, those never met, and what counting loses",
    .settings = settings,
    .setting_count = SETTINGS,
    .inputs = inputs,
    .reads = "names",
    .state = sizeof(state),
    .begin = begin,
    .piece = piece,
    .end = end};
