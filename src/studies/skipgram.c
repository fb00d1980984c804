/* Skip-gram pair by pair (unroll/vectors.h): some pairs of a training, one after the other, with the vectors
 * before, the scores, what they should have been, both slopes and the vectors after. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "company.h"

enum { FROM = UR__SKIPGRAM_SETTINGS, COUNT, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    UR__COMPANY_ROWS, UR__SKIPGRAM_ROWS,
    [FROM] = {.key = "from", .max = 10000000, .help = "pairs of the training before the first that is shown"},
    [COUNT] = {.key = "count", .def = 8, .min = 1, .max = 100, .help = "pairs that are shown"}};
static const ur__study_input inputs[] = {UR__COMPANY_INPUT, {.name = NULL}};

enum { CHUNK = 4000 }; /* pairs of a piece of work */
typedef struct state {
  ur_company company;
  ur_skipgram *skipgram;
  ur_skipgram_pair *seen;
  int size, terms, longest, from, count, chunks;
  double *pair, *epoch, *line, *at, *near, *sentence, *rate, *u, *u_slope, *u_after; /* [pair, ...] */
  double *target, *there, *score, *sigma, *error, *loss, *v, *v_slope, *v_after;     /* [pair, term, ...] */
} state;

static ur_status declare(ur_study *study, state *s) {
  const ur_company *c = &s->company;
  s->longest = 1;
  for (int l = 0; l < c->lines; l++)
    if (c->start[l + 1] - c->start[l] > s->longest) s->longest = c->start[l + 1] - c->start[l];
  ur__study_axis(study, "word", c->words, c->word);
  const int pair = ur__study_axis(study, "pair", s->count, NULL),
            place = ur__study_axis(study, "place", s->longest, NULL),
            term = ur__study_axis(study, "term", s->terms, NULL),
            number = ur__study_axis(study, "number", s->size, NULL);
  const int terms[] = {pair, term, number}, numbers[] = {pair, number};
  s->pair = ur__study_places(study, pair, "");
  s->epoch = ur__study_array(study, "epoch", "", 1, &pair);
  s->line = ur__study_array(study, "line", "", 1, &pair);
  s->at = ur__study_array(study, "at", "", 1, &pair);
  s->near = ur__study_array(study, "near", "", 1, &pair);
  s->sentence = ur__study_array(study, "sentence", "", 2, (int[]){pair, place});
  s->rate = ur__study_array(study, "rate", "", 1, &pair);
  s->u = ur__study_array(study, "u", "", 2, numbers);
  s->u_slope = ur__study_array(study, "u_slope", "", 2, numbers);
  s->u_after = ur__study_array(study, "u_after", "", 2, numbers);
  s->target = ur__study_array(study, "target", "", 2, terms);
  s->there = ur__study_array(study, "there", "", 2, terms);
  s->score = ur__study_array(study, "score", "", 2, terms);
  s->sigma = ur__study_array(study, "sigma", "", 2, terms);
  s->error = ur__study_array(study, "error", "", 2, terms);
  s->loss = ur__study_array(study, "loss", "nats", 2, terms);
  s->v = ur__study_array(study, "v", "", 3, terms);
  s->v_slope = ur__study_array(study, "v_slope", "", 3, terms);
  s->v_after = ur__study_array(study, "v_after", "", 3, terms);
  double *pairs = ur__study_array(study, "pairs", "", 0, NULL);
  if (pairs != NULL) *pairs = (double)ur_skipgram_pairs(s->skipgram);
  return ur__study_declared(study, s->chunks + 1);
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = ur__company_take(study, &s->company);
  if (status != UR_OK) return status;
  const ur_skipgram_options options = ur__company_options(study, &s->company);
  status = ur_skipgram_create(&s->company, &options, &s->skipgram);
  if (status != UR_OK) return status;
  s->size = options.size;
  s->terms = 1 + options.negatives;
  s->from = (int)ur__study_setting(study, FROM);
  s->count = (int)ur__study_setting(study, COUNT);
  const double all = (double)ur_skipgram_pairs(s->skipgram) * options.epochs;
  if (s->from >= all)
    return ur_fail(UR_E_SETTING, "from", "the training has %.0f pairs; begin before the last of them", all);
  if (s->count > all - s->from) s->count = (int)(all - s->from);
  s->chunks = (s->from + CHUNK - 1) / CHUNK;
  s->seen = ur__alloc(sizeof *s->seen);
  return s->seen != NULL ? declare(study, s)
                         : ur_fail(UR_E_MEMORY, "", "there is no memory left for a pair of words");
}

static void put(const double *from, int size, int row, double *into) {
  memcpy(into + row * size, from, (size_t)size * sizeof *into);
}

static void show_term(state *s, const ur_skipgram_term *term, int neighbour, int row) {
  s->target[row] = term->word;
  if (term->out) return;
  s->there[row] = neighbour;
  s->score[row] = term->score;
  s->sigma[row] = term->sigma;
  s->error[row] = term->error;
  s->loss[row] = term->loss;
  put(term->v, s->size, row, s->v);
  put(term->slope, s->size, row, s->v_slope);
  put(term->after, s->size, row, s->v_after);
}

static void show_pair(state *s, int i) {
  const ur_skipgram_pair *p = s->seen;
  const int32_t *start = s->company.start + p->line;
  s->pair[i] = s->from + i;
  s->epoch[i] = p->epoch;
  s->line[i] = p->line;
  s->at[i] = p->at;
  s->near[i] = p->near;
  s->rate[i] = p->rate;
  for (int k = start[0]; k < start[1]; k++) s->sentence[i * s->longest + k - start[0]] = s->company.token[k];
  put(p->u, s->size, i, s->u);
  put(p->slope, s->size, i, s->u_slope);
  put(p->after, s->size, i, s->u_after);
  for (int k = 0; k < p->terms; k++) show_term(s, &p->term[k], k == 0, i * s->terms + k);
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  ur_status status = UR_OK;
  (void)study;
  const int before = i * CHUNK, pairs = i == s->chunks             ? s->count
                                        : s->from - before < CHUNK ? s->from - before
                                                                   : CHUNK;
  for (int k = 0; k < pairs && status == UR_OK; k++) {
    status = ur_skipgram_step(s->skipgram, s->seen);
    if (status == UR_OK && i == s->chunks) show_pair(s, k);
  }
  return status;
}

static void end(void *from) {
  state *s = from;
  ur_skipgram_free(s->skipgram);
  ur_company_free(&s->company);
  ur__free(s->seen);
}

const ur__study ur__study_skipgram = {
    .name = "skipgram",
    .help = "skip-gram pair by pair: the vectors before, scores, slopes, the vectors after",
    .settings = settings,
    .setting_count = SETTINGS,
    .inputs = inputs,
    .state = sizeof(state),
    .begin = begin,
    .piece = piece,
    .end = end};
