#include "unroll/vectors.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "lines.h"
#include "real.h"
#include "unroll/linalg.h"
#include "unroll/rng.h"
#include "words.h"

/* ---- who stands near whom ---- */
static ur_status no_memory(void) {
  return ur_fail(UR_E_MEMORY, "", "there is no memory left for the words of the text");
}

/* A word that the text has: its bytes there, and how often. */
typedef struct entry {
  ur_bytes text;
  int times, first;
} entry;

static int number_of(const entry *entries, int words, ur_bytes text) {
  for (int w = 0; w < words; w++)
    if (entries[w].text.size == text.size && memcmp(entries[w].text.data, text.data, text.size) == 0)
      return w;
  return words;
}

static ur_status check_text(ur_bytes text) {
  ur__lines lines = {.text = text};
  while (ur__lines_next(&lines))
    for (size_t i = 0; i < lines.line.size;) {
      uint32_t code;
      int bytes;
      const ur__character what = ur__character_at(lines.line.data + i, lines.line.size - i, &code, &bytes);
      if (what == UR__NOT_UTF8) return ur__character_refused(what, code, lines.number, i + 1);
      i += (size_t)bytes;
    }
  return UR_OK;
}

static void measure_text(ur_bytes text, int *lines, int *count) {
  ur__lines each = {.text = text};
  *lines = *count = 0;
  for (; ur__lines_next(&each); ++*lines)
    for (size_t at = 0; ur__words_next(each.line, &at).size > 0;) ++*count;
}

static ur_status read_words(ur_bytes text, ur_company *c, entry *entries) {
  ur__lines each = {.text = text};
  ur_bytes word;
  c->count = c->lines = 0;
  while (ur__lines_next(&each)) {
    c->start[c->lines++] = c->count;
    for (size_t at = 0; (word = ur__words_next(each.line, &at)).size > 0;) {
      const int w = number_of(entries, c->words, word);
      if (w == UR_COMPANY_WORDS_MAX)
        return ur_fail(UR_E_TEXT, "text",
                       "line %d brings a word more than the %d that are looked at; take a shorter text",
                       each.number, UR_COMPANY_WORDS_MAX);
      if (w == c->words) entries[c->words++] = (entry){.text = word, .first = w};
      entries[w].times++;
      c->token[c->count++] = w;
    }
  }
  c->start[c->lines] = c->count;
  return UR_OK;
}

/* The most frequent first: numbers, words and times in that order. */
static ur_status name_words(ur_company *c, entry *entries) {
  int new_number[UR_COMPANY_WORDS_MAX];
  size_t bytes = 0;
  for (int w = 1; w < c->words; w++) {
    const entry moved = entries[w];
    int at = w;
    for (; at > 0 && entries[at - 1].times < moved.times; at--) entries[at] = entries[at - 1];
    entries[at] = moved;
  }
  for (int w = 0; w < c->words; w++) bytes += entries[w].text.size + 1;
  c->word = ur__alloc((size_t)c->words * sizeof *c->word + bytes);
  if (c->word == NULL) return no_memory();
  char *to = (char *)(c->word + c->words);
  for (int w = 0; w < c->words; w++) {
    memcpy(to, entries[w].text.data, entries[w].text.size);
    c->word[w] = to;
    to += entries[w].text.size + 1;
    c->times[w] = entries[w].times;
    new_number[entries[w].first] = w;
  }
  for (int i = 0; i < c->count; i++) c->token[i] = new_number[c->token[i]];
  return UR_OK;
}

static double count_pairs(ur_company *c) {
  double all = 0;
  for (int l = 0; l < c->lines; l++)
    for (int i = c->start[l]; i < c->start[l + 1]; i++)
      for (int k = i + 1; k < c->start[l + 1] && k <= i + c->window; k++) {
        c->pairs[c->token[i] * c->words + c->token[k]]++;
        c->pairs[c->token[k] * c->words + c->token[i]]++;
        all += 2;
      }
  return all;
}

ur_status ur_company_of(ur_bytes text, int window, ur_company *out) {
  int lines, count;
  *out = (ur_company){.window = window};
  if (window < 1 || window > 10)
    return ur_fail(UR_E_ARGUMENT, "window", "a window of %d is out of range; take 1 to 10", window);
  ur_status status = check_text(text);
  if (status != UR_OK) return status;
  measure_text(text, &lines, &count);
  entry *entries = ur__alloc_array(UR_COMPANY_WORDS_MAX, sizeof *entries);
  out->token = ur__alloc_array((size_t)count, sizeof *out->token);
  out->start = ur__alloc_array((size_t)lines + 1, sizeof *out->start);
  out->times = ur__alloc_array(UR_COMPANY_WORDS_MAX, sizeof *out->times);
  if (entries == NULL || out->token == NULL || out->start == NULL || out->times == NULL) status = no_memory();
  if (status == UR_OK) status = read_words(text, out, entries);
  if (status == UR_OK) status = name_words(out, entries);
  if (status == UR_OK) {
    out->pairs = ur__alloc_array((size_t)out->words * (size_t)out->words, sizeof *out->pairs);
    if (out->pairs == NULL) status = no_memory();
  }
  if (status == UR_OK && count_pairs(out) == 0)
    status = ur_fail(UR_E_TEXT, "text", "no line has two words, so none has company; write sentences");
  ur__free(entries);
  if (status != UR_OK) ur_company_free(out);
  return status;
}

void ur_company_free(ur_company *company) {
  ur__free(company->token);
  ur__free(company->start);
  ur__free(company->times);
  ur__free(company->pairs);
  ur__free(company->word);
  *company = (ur_company){0};
}

/* ---- vectors from counts ---- */
ur_status ur_company_ppmi(const ur_company *c, double *ppmi) {
  const size_t V = (size_t)c->words;
  double *near = ur__alloc_array(V, sizeof *near), all = 0;
  if (near == NULL) return no_memory();
  for (size_t w = 0; w < V; w++)
    for (size_t k = 0; k < V; k++) near[w] += c->pairs[w * V + k];
  for (size_t w = 0; w < V; w++) all += near[w];
  for (size_t i = 0; i < V * V; i++) {
    const double more = c->pairs[i] > 0 ? ur__log(c->pairs[i] * all / (near[i / V] * near[i % V])) : 0;
    ppmi[i] = more > 0 ? more : 0;
  }
  ur__free(near);
  return UR_OK;
}

static ur_status check_size(int size, int most) {
  return size >= 1 && size <= most
             ? UR_OK
             : ur_fail(UR_E_ARGUMENT, "size", "a size of %d is out of range; take 1 to %d", size, most);
}

ur_status ur_company_vectors(const ur_company *c, int size, double *vectors) {
  const size_t V = (size_t)c->words;
  ur_status status = check_size(size, c->words);
  if (status != UR_OK) return status;
  double *ppmi = ur__alloc_array(3 * V * V + V, sizeof *ppmi);
  if (ppmi == NULL) return no_memory();
  double *U = ppmi + V * V, *rest = U + V * V, *s = rest + V * V;
  status = ur_company_ppmi(c, ppmi);
  if (status == UR_OK) status = ur_svd(ppmi, c->words, c->words, s, U, rest);
  for (size_t w = 0; w < V && status == UR_OK; w++)
    for (int i = 0; i < size; i++) vectors[w * (size_t)size + (size_t)i] = U[(size_t)i * V + w] * sqrt(s[i]);
  ur__free(ppmi);
  return status;
}

/* ---- vectors from guessing ---- */
typedef struct pair {
  int32_t at, near; /* where in the text */
} pair;
struct ur_skipgram {
  const ur_company *company;
  ur_skipgram_options options;
  double *u, *v;      /* [words, size] */
  double *slope;      /* [size] dJ/du_w of one pair */
  double *drawn;      /* [words] how likely a word or one before it is drawn */
  pair *pairs;        /* [count] */
  size_t count, next; /* pairs of an epoch; of this one, done */
  int epoch;
  ur_rng sampling;
};

static ur_status check_options(const ur_skipgram_options *o) {
  ur_status status = check_size(o->size, 64);
  if (status == UR_OK && (o->negatives < 1 || o->negatives > 20))
    status = ur_fail(UR_E_ARGUMENT, "negatives", "%d negatives are out of range; take 1 to 20", o->negatives);
  if (status == UR_OK && o->epochs < 1)
    status = ur_fail(UR_E_ARGUMENT, "epochs", "%d epochs are none; take 1 or more", o->epochs);
  if (status == UR_OK && !(o->rate > 0 && o->rate <= 1))
    status =
        ur_fail(UR_E_ARGUMENT, "rate", "a rate of %g is out of range; take more than 0, at most 1", o->rate);
  return status;
}

static void list_pairs(ur_skipgram *s) {
  const ur_company *c = s->company;
  size_t at = 0;
  for (int l = 0; l < c->lines; l++)
    for (int i = c->start[l]; i < c->start[l + 1]; i++)
      for (int k = i - c->window; k <= i + c->window; k++)
        if (k != i && k >= c->start[l] && k < c->start[l + 1]) s->pairs[at++] = (pair){i, k};
}

/* How likely a word is drawn, in proportion: times^(3/4). */
static double weight_of(const ur_company *c, int word) { return sqrt(c->times[word] * sqrt(c->times[word])); }

static void begin_words(ur_skipgram *s) {
  const ur_company *c = s->company;
  ur_rng init = ur_rng_stream(s->options.seed, "init", 0);
  double all = 0;
  for (int i = 0; i < c->words * s->options.size; i++)
    s->u[i] = ((double)ur_rng_uniform(&init) - 0.5) / s->options.size;
  for (int w = 0; w < c->words; w++) s->drawn[w] = all += weight_of(c, w);
  for (int w = 0; w < c->words; w++) s->drawn[w] /= all;
}

ur_status ur_skipgram_create(const ur_company *company, const ur_skipgram_options *options,
                             ur_skipgram **out) {
  ur_status status = check_options(options);
  *out = NULL;
  if (status != UR_OK) return status;
  ur_skipgram *s = ur__alloc(sizeof *s);
  if (s == NULL) return no_memory();
  const size_t V = (size_t)company->words, d = (size_t)options->size;
  *s = (ur_skipgram){
      .company = company, .options = *options, .sampling = ur_rng_stream(options->seed, "sampling", 0)};
  double all = 0;
  for (size_t i = 0; i < V * V; i++) all += company->pairs[i];
  s->count = (size_t)all;
  s->u = ur__alloc_array(2 * V * d + d + V, sizeof *s->u);
  s->pairs = ur__alloc_array(s->count, sizeof *s->pairs);
  if (s->u == NULL || s->pairs == NULL) {
    ur_skipgram_free(s);
    return no_memory();
  }
  s->v = s->u + V * d;
  s->slope = s->v + V * d;
  s->drawn = s->slope + d;
  list_pairs(s);
  begin_words(s);
  *out = s;
  return UR_OK;
}

void ur_skipgram_free(ur_skipgram *skipgram) {
  if (skipgram == NULL) return;
  ur__free(skipgram->u);
  ur__free(skipgram->pairs);
  ur__free(skipgram);
}

static int draw_word(ur_skipgram *s) {
  const double at = ur_rng_uniform(&s->sampling);
  int low = 0, high = s->company->words - 1;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (s->drawn[middle] > at)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

static void note(const double *from, int size, double *into) {
  memcpy(into, from, (size_t)size * sizeof *from);
}

/* - ln s(u v) for a neighbour, - ln s(- u v) for one that was drawn; its slopes: v is moved, u's is kept for
 * the end. */
static double one_term(ur_skipgram *s, const double *u, double *v, int neighbour, double rate,
                       ur_skipgram_term *seen) {
  const int d = s->options.size;
  double score = 0;
  for (int i = 0; i < d; i++) score += u[i] * v[i];
  const double sigma = ur__sigmoid(score), error = sigma - neighbour; /* dJ/d score */
  const double loss = -ur__log(neighbour ? sigma : ur__sigmoid(-score));
  if (seen != NULL) {
    seen->score = score, seen->sigma = sigma, seen->error = error, seen->loss = loss;
    note(v, d, seen->v);
    for (int i = 0; i < d; i++) seen->slope[i] = error * u[i];
  }
  for (int i = 0; i < d; i++) {
    s->slope[i] += error * v[i];
    v[i] -= rate * error * u[i];
  }
  if (seen != NULL) note(v, d, seen->after);
  return loss;
}

static double one_pair(ur_skipgram *s, pair p, double rate, ur_skipgram_pair *seen) {
  const int d = s->options.size, neighbour = s->company->token[p.near];
  double *u = s->u + s->company->token[p.at] * d;
  memset(s->slope, 0, (size_t)d * sizeof *s->slope);
  if (seen != NULL) note(u, d, seen->u);
  double loss = 0;
  for (int k = 0; k <= s->options.negatives; k++) {
    const int n = k == 0 ? neighbour : draw_word(s);
    ur_skipgram_term *term = seen != NULL ? &seen->term[k] : NULL;
    if (term != NULL) term->word = n, term->out = k > 0 && n == neighbour;
    if (k == 0 || n != neighbour) loss += one_term(s, u, s->v + n * d, k == 0, rate, term);
  }
  for (int i = 0; i < d; i++) u[i] -= rate * s->slope[i];
  if (seen != NULL) note(s->slope, d, seen->slope), note(u, d, seen->after);
  return loss;
}

size_t ur_skipgram_pairs(const ur_skipgram *s) { return s->count; }

/* Before the first pair of an epoch: an order of its own. */
static ur_status begin_epoch(ur_skipgram *s) {
  if (s->epoch == s->options.epochs)
    return ur_fail(UR_E_STATE, "", "all %d epochs are over; make a new one", s->epoch);
  if (s->next > 0) return UR_OK;
  ur_rng order = ur_rng_stream(s->options.seed, "data", 1 + (uint64_t)s->epoch);
  for (size_t i = s->count - 1; i > 0; i--) {
    const size_t k = ur_rng_below(&order, (uint32_t)i + 1);
    const pair moved = s->pairs[i];
    s->pairs[i] = s->pairs[k];
    s->pairs[k] = moved;
  }
  return UR_OK;
}

/* The rate falls to 0 over all pairs of all epochs. */
static double next_pair(ur_skipgram *s, ur_skipgram_pair *seen) {
  const double all = (double)s->count * s->options.epochs, before = (double)s->count * s->epoch;
  const double rate = s->options.rate * (1 - (before + (double)s->next) / all);
  if (seen != NULL) seen->epoch = s->epoch, seen->rate = rate, seen->terms = 1 + s->options.negatives;
  const double loss = one_pair(s, s->pairs[s->next++], rate, seen);
  if (s->next == s->count) s->next = 0, s->epoch++;
  return loss;
}

ur_status ur_skipgram_epoch(ur_skipgram *s, double *loss) {
  const ur_status status = begin_epoch(s);
  if (status != UR_OK) return status;
  const size_t pairs = s->count - s->next;
  double sum = 0;
  for (size_t i = 0; i < pairs; i++) sum += next_pair(s, NULL);
  *loss = sum / (double)pairs;
  return UR_OK;
}

ur_status ur_skipgram_step(ur_skipgram *s, ur_skipgram_pair *out) {
  const ur_company *c = s->company;
  const ur_status status = begin_epoch(s);
  if (status != UR_OK) return status;
  const pair p = s->pairs[s->next];
  memset(out, 0, sizeof *out);
  out->word = c->token[p.at];
  while (c->start[out->line + 1] <= p.at) out->line++;
  out->at = p.at - c->start[out->line];
  out->near = p.near - c->start[out->line];
  next_pair(s, out);
  return UR_OK;
}

const double *ur_skipgram_vectors(const ur_skipgram *skipgram) { return skipgram->u; }

double ur_company_least_loss(const ur_company *c, int negatives) {
  double weights = 0, sum = 0, all = 0;
  for (int w = 0; w < c->words; w++) weights += weight_of(c, w);
  for (int w = 0; w < c->words; w++) {
    const double *pairs = c->pairs + w * c->words;
    double N = 0;
    for (int k = 0; k < c->words; k++) N += pairs[k];
    for (int k = 0; k < c->words; k++) {
      const double n = pairs[k], drawn = (N - n) * negatives * weight_of(c, k) / weights;
      if (n > 0) sum -= n * ur__log(n / (n + drawn));
      if (drawn > 0) sum -= drawn * ur__log(drawn / (n + drawn));
    }
    all += N;
  }
  return sum / all;
}

/* ---- what vectors tell ---- */
static double dot(const double *a, const double *b, int size) {
  double sum = 0;
  for (int i = 0; i < size; i++) sum += a[i] * b[i];
  return sum;
}

static double cosine_of(const double *a, const double *b, int size) {
  const double lengths = sqrt(dot(a, a, size)) * sqrt(dot(b, b, size));
  return lengths > 0 ? dot(a, b, size) / lengths : NAN;
}

void ur_vectors_cosine(const double *vectors, int words, int size, double *cosine) {
  for (int w = 0; w < words; w++)
    for (int k = 0; k < words; k++)
      cosine[w * words + k] = cosine_of(vectors + w * size, vectors + k * size, size);
}

void ur_vectors_place(const double *vectors, int words, int size, int axes, const double *by, double *map) {
  for (int w = 0; w < words; w++)
    for (int k = 0; k < axes; k++) {
      double along = 0;
      for (int i = 0; i < size; i++) along += (vectors[w * size + i] - by[i]) * by[(1 + k) * size + i];
      map[w * axes + k] = along;
    }
}

ur_status ur_vectors_map(const double *vectors, int words, int size, int axes, double *map, double *by) {
  const size_t V = (size_t)words, d = (size_t)size, r = V < d ? V : d;
  const ur_status status = check_size(axes, (int)r);
  if (status != UR_OK) return status;
  double *mean = ur__alloc_array((1 + (size_t)axes) * d + V * d + r * (V + d + 1), sizeof *mean);
  if (mean == NULL) return no_memory();
  double *directions = mean + d, *centred = directions + (size_t)axes * d;
  double *U = centred + V * d, *rest = U + r * V, *s = rest + r * d;
  for (size_t i = 0; i < d; i++) {
    for (size_t w = 0; w < V; w++) mean[i] += vectors[w * d + i] / words;
    for (size_t w = 0; w < V; w++) centred[w * d + i] = vectors[w * d + i] - mean[i];
  }
  const ur_status solved = ur_svd(centred, words, size, s, U, rest);
  if (solved == UR_OK) {
    memcpy(directions, rest, (size_t)axes * d * sizeof *rest);
    ur_vectors_place(vectors, words, size, axes, mean, map);
    if (by != NULL) memcpy(by, mean, (1 + (size_t)axes) * d * sizeof *by);
  }
  ur__free(mean);
  return solved;
}

void ur_vectors_analogy(const double *vectors, int words, int size, const int abc[3], double *cosine) {
  const double *named[3];
  double length[3];
  for (int k = 0; k < 3; k++) {
    named[k] = vectors + abc[k] * size;
    length[k] = sqrt(dot(named[k], named[k], size));
  }
  for (int w = 0; w < words; w++) {
    const double *u = vectors + w * size;
    double along = 0, squares = 0, own = dot(u, u, size);
    for (int i = 0; i < size; i++) {
      const double target = named[1][i] / length[1] - named[0][i] / length[0] + named[2][i] / length[2];
      along += target * u[i];
      squares += target * target;
    }
    const int is_named = w == abc[0] || w == abc[1] || w == abc[2];
    cosine[w] = is_named || !(squares > 0) || !(own > 0) ? NAN : along / sqrt(squares * own);
  }
}
