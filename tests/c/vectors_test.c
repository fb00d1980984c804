/* Words by their company: counts by hand, vectors against what they are made from, and skip-gram against the
 * least loss that there can be. */
#include "unroll/vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "check.h"

static int said(const char *part) { return strstr(ur_last_error()->message, part) != NULL; }
static ur_bytes bytes_of(const char *text) { return (ur_bytes){(const uint8_t *)text, strlen(text)}; }

static int number_of(const ur_company *c, const char *word) {
  for (int w = 0; w < c->words; w++)
    if (strcmp(c->word[w], word) == 0) return w;
  CHECK(0);
  return 0;
}

/* ---- counts ---- */
static void test_company(void) {
  ur_company c;
  if (!CHECK(ur_company_of(bytes_of("tea is hot\n\n  ice is cold, cold\nis"), 2, &c) == UR_OK)) return;
  CHECK(c.words == 6 && c.count == 9 && c.lines == 3 && c.start[1] == 3 && c.start[3] == 9);
  /* by how often, then by who comes first */
  static const char *const words[] = {"is", "cold", "tea", "hot", "ice", ","};
  static const double times[] = {3, 2, 1, 1, 1, 1};
  for (int w = 0; w < 6; w++) CHECK(strcmp(c.word[w], words[w]) == 0 && c.times[w] == times[w]);
  /* is: tea hot | ice cold , ; the second "cold" is three places off; cold: ice is , cold twice */
  static const double pairs[6][6] = {{0, 1, 1, 1, 1, 1}, {1, 2, 0, 0, 1, 2}, {1, 0, 0, 1, 0, 0},
                                     {1, 0, 1, 0, 0, 0}, {1, 1, 0, 0, 0, 0}, {1, 2, 0, 0, 0, 0}};
  CHECK(memcmp(c.pairs, pairs, sizeof pairs) == 0);
  double ppmi[36];
  CHECK(ur_company_ppmi(&c, ppmi) == UR_OK);
  CHECK_NEAR(ppmi[0 * 6 + 2], log(1.0 * 20 / (5 * 2)), 1e-15); /* is and tea */
  CHECK_NEAR(ppmi[2 * 6 + 3], log(1.0 * 20 / (2 * 2)), 1e-15); /* tea and hot */
  CHECK(ppmi[0 * 6 + 1] == 0); /* 20 / (5 * 6) is below 1: less than by chance */
  CHECK(ppmi[0] == 0);         /* never seen */
  ur_company_free(&c);
  ur_company_free(&c);
}

/* All its singular vectors: their products are the root of M M^T. */
static void test_vectors(void) {
  ur_company c;
  enum { V = 6 };
  double M[V * V], E[V * V], few[V * 2], G[V * V] = {0};
  if (!CHECK(ur_company_of(bytes_of("a b c\nb c d a\ne f a\nf e e d"), 2, &c) == UR_OK && c.words == V))
    return;
  CHECK(ur_company_ppmi(&c, M) == UR_OK && ur_company_vectors(&c, V, E) == UR_OK);
  for (int i = 0; i < V * V; i++)
    for (int k = 0; k < V; k++) G[i] += E[i / V * V + k] * E[i % V * V + k];
  for (int i = 0; i < V * V; i++) {
    double root = 0, square = 0;
    for (int k = 0; k < V; k++) {
      root += G[i / V * V + k] * G[k * V + i % V];
      square += M[i / V * V + k] * M[i % V * V + k];
    }
    CHECK_NEAR(root, square, 1e-12);
  }
  CHECK(ur_company_vectors(&c, 2, few) == UR_OK);
  for (int w = 0; w < V; w++) CHECK(few[2 * w] == E[V * w] && few[2 * w + 1] == E[V * w + 1]);
  CHECK(ur_company_vectors(&c, 0, few) == UR_E_ARGUMENT && ur_company_vectors(&c, 7, few) == UR_E_ARGUMENT);
  ur_company_free(&c);
}

/* ---- skip-gram ---- */
/* The least mean loss of a pair, written once more. */
static double least_loss(const ur_company *c, int negatives) {
  double weights = 0, sum = 0, all = 0;
  for (int w = 0; w < c->words; w++) weights += pow(c->times[w], 0.75);
  for (int w = 0; w < c->words; w++) {
    double N = 0;
    for (int k = 0; k < c->words; k++) N += c->pairs[w * c->words + k];
    for (int k = 0; k < c->words; k++) {
      const double n = c->pairs[w * c->words + k],
                   drawn = (N - n) * negatives * pow(c->times[k], 0.75) / weights;
      if (n > 0) sum -= n * log(n / (n + drawn));
      if (drawn > 0) sum -= drawn * log(drawn / (n + drawn));
    }
    all += N;
  }
  return sum / all;
}

static void test_skipgram(void) {
  ur_company c;
  ur_skipgram *s = NULL;
  enum { EPOCHS = 1000 };
  const ur_skipgram_options options = {.size = 8, .negatives = 3, .epochs = EPOCHS, .rate = 0.1, .seed = 0};
  ur_buffer text = {0};
  for (int i = 0; i < 20; i++)
    ur_buffer_print(&text, "a b a c a d\na a b\na e a\nb a\n%s\n", i % 10 ? "a" : "c f");
  if (!CHECK(ur_company_of((ur_bytes){text.data, text.size}, 1, &c) == UR_OK)) return;
  if (!CHECK(ur_skipgram_create(&c, &options, &s) == UR_OK)) return;
  const double least = least_loss(&c, 3);
  CHECK_NEAR(ur_company_least_loss(&c, 3), least, 1e-12);
  double loss = 0, first = 0, last = 0;
  for (int i = 0; i < EPOCHS; i++) {
    CHECK(ur_skipgram_epoch(s, &loss) == UR_OK);
    if (i == 0) first = loss;
    if (i >= EPOCHS - 50) last += loss / 50;
  }
  CHECK(first > 1.2 * least);
  CHECK_NEAR(last / least, 1, 0.01);
  CHECK(ur_skipgram_epoch(s, &loss) == UR_E_STATE && said("all 1000 epochs"));
  ur_skipgram_free(s);
  /* the same seed, the same bits; another seed, others */
  double u[2][48];
  for (int i = 0; i < 3; i++) {
    ur_skipgram_options few = options;
    few.epochs = 2;
    few.seed = i == 2;
    CHECK(ur_skipgram_create(&c, &few, &s) == UR_OK && ur_skipgram_epoch(s, &loss) == UR_OK &&
          ur_skipgram_epoch(s, &loss) == UR_OK);
    if (i < 2)
      memcpy(u[i], ur_skipgram_vectors(s), sizeof *u);
    else
      CHECK(memcmp(u[0], ur_skipgram_vectors(s), sizeof *u) != 0);
    ur_skipgram_free(s);
  }
  CHECK(memcmp(u[0], u[1], sizeof *u) == 0);
  static const ur_skipgram_options bad[] = {{.size = 0, .negatives = 1, .epochs = 1, .rate = 0.1},
                                            {.size = 65, .negatives = 1, .epochs = 1, .rate = 0.1},
                                            {.size = 2, .negatives = 0, .epochs = 1, .rate = 0.1},
                                            {.size = 2, .negatives = 1, .epochs = 0, .rate = 0.1},
                                            {.size = 2, .negatives = 1, .epochs = 1, .rate = NAN}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK(ur_skipgram_create(&c, &bad[i], &s) == UR_E_ARGUMENT && s == NULL);
  ur_company_free(&c);
  ur_buffer_free(&text);
}

/* Pair by pair: its neighbour is one, both slopes are the loss' own by differences, each vector goes down its
 * slope by the rate, and all of it is the epoch. */
static double loss_at(const ur_skipgram_pair *p, int d, int moved, double by) {
  double loss = 0;
  for (int k = 0; k < p->terms; k++) {
    double score = 0;
    if (p->term[k].out) continue;
    for (int i = 0; i < d; i++) score += (p->u[i] + (i == moved ? by : 0)) * p->term[k].v[i];
    loss += log(1 + exp(k == 0 ? -score : score));
  }
  return loss;
}

static void check_pair(const ur_skipgram_pair *p, const ur_company *c, int d) {
  const int32_t *line = c->token + c->start[p->line];
  double loss = 0;
  CHECK(p->word == line[p->at] && p->term[0].word == line[p->near] && !p->term[0].out && p->terms == 4);
  CHECK(p->at != p->near && abs(p->at - p->near) <= c->window);
  for (int i = 0; i < d; i++) {
    CHECK_NEAR(p->slope[i], (loss_at(p, d, i, 1e-5) - loss_at(p, d, i, -1e-5)) / 2e-5, 1e-8);
    CHECK(p->after[i] == p->u[i] - p->rate * p->slope[i]);
  }
  for (int k = 0; k < p->terms; k++) {
    const ur_skipgram_term *t = &p->term[k];
    CHECK(t->out == (k > 0 && t->word == p->term[0].word));
    if (t->out) continue;
    double score = 0;
    for (int i = 0; i < d; i++) score += p->u[i] * t->v[i];
    loss += t->loss;
    CHECK_NEAR(t->score, score, 1e-15);
    CHECK_NEAR(t->sigma, 1 / (1 + exp(-score)), 1e-14);
    CHECK(t->error == t->sigma - (k == 0));
    for (int i = 0; i < d; i++) {
      CHECK(t->slope[i] == t->error * p->u[i]);
      CHECK(t->after[i] == t->v[i] - p->rate * t->error * p->u[i]);
    }
  }
  CHECK_NEAR(loss, loss_at(p, d, -1, 0), 1e-12);
}

static void test_pair_by_pair(void) {
  ur_company c;
  enum { D = 5, EPOCHS = 3 };
  const ur_skipgram_options options = {.size = D, .negatives = 3, .epochs = EPOCHS, .rate = 0.2, .seed = 4};
  ur_skipgram *one, *all;
  static ur_skipgram_pair p;
  int outs = 0;
  if (!CHECK(ur_company_of(bytes_of("a b c d\nb e a\nc d f a e"), 2, &c) == UR_OK)) return;
  CHECK(ur_skipgram_create(&c, &options, &one) == UR_OK && ur_skipgram_create(&c, &options, &all) == UR_OK);
  const size_t pairs = ur_skipgram_pairs(one);
  CHECK(pairs == 10 + 6 + 14);
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    double mean = 0, loss = 0;
    for (size_t i = 0; i < pairs; i++) {
      CHECK(ur_skipgram_step(one, &p) == UR_OK && p.epoch == epoch);
      CHECK_NEAR(p.rate, 0.2 * (1 - (double)((size_t)epoch * pairs + i) / (double)(EPOCHS * pairs)), 1e-15);
      check_pair(&p, &c, D);
      for (int k = 0; k < p.terms; k++) outs += p.term[k].out, loss += p.term[k].loss;
    }
    CHECK(ur_skipgram_epoch(all, &mean) == UR_OK);
    CHECK_NEAR(loss / (double)pairs, mean, 1e-12);
    CHECK(memcmp(ur_skipgram_vectors(one), ur_skipgram_vectors(all),
                 (size_t)(c.words * D) * sizeof(double)) == 0);
  }
  CHECK(outs > 0);
  CHECK(ur_skipgram_step(one, &p) == UR_E_STATE && said("all 3 epochs"));
  ur_skipgram_free(one);
  ur_skipgram_free(all);
  ur_company_free(&c);
}

/* ---- what they tell ---- */
static void test_telling(void) {
  /* four corners of a square and its middle, moved, in space: the map is the square */
  static const double vectors[] = {5, 1, 7, 5, 3, 7, 9, 1, 7, 9, 3, 7, 0, 0, 0};
  double cosine[25], map[8], by[9], analogy[5];
  ur_vectors_cosine(vectors, 5, 3, cosine);
  CHECK_NEAR(cosine[0], 1, 1e-15);
  CHECK_NEAR(cosine[1], (25 + 3 + 49) / sqrt(75.0 * 83), 1e-15);
  CHECK(cosine[1] == cosine[5] && isnan(cosine[4]) && isnan(cosine[24]));
  CHECK(ur_vectors_map(vectors, 4, 3, 2, map, by) == UR_OK);
  for (int w = 0; w < 4; w++) { /* 4 wide, 2 high, around 0; the sides' signs are the svd's */
    CHECK_NEAR(map[2 * w], w < 2 ? -2 : 2, 1e-12);
    CHECK_NEAR(map[2 * w + 1], w % 2 == 0 ? -1 : 1, 1e-12);
  }
  CHECK(ur_vectors_map(vectors, 4, 3, 4, map, NULL) == UR_E_ARGUMENT);
  /* the middle of the square, and a place straight above it, are at 0 on that map */
  static const double others[] = {7, 2, 7, 7, 2, 99, 9, 2, 7};
  ur_vectors_place(others, 3, 3, 2, by, map);
  for (int i = 0; i < 4; i++) CHECK_NEAR(map[i], 0, 1e-12);
  CHECK_NEAR(map[4], 2, 1e-12);
  CHECK_NEAR(map[5], 0, 1e-12);
  static const double plane[] = {1, 0, 0, 1, 1, 1, -1, 1, 0, 0};
  ur_vectors_analogy(plane, 5, 2, (int[]){0, 1, 2}, analogy); /* (0,1) - (1,0) + (1,1)/sqrt(2) */
  const double x = -1 + sqrt(0.5), y = 1 + sqrt(0.5);
  CHECK(isnan(analogy[0]) && isnan(analogy[1]) && isnan(analogy[2]) && isnan(analogy[4]));
  CHECK_NEAR(analogy[3], (y - x) / (sqrt(2) * sqrt(x * x + y * y)), 1e-15);
}

/* ---- the sentences ---- */
static void test_sentences(void) {
  ur_buffer text = {0};
  ur_company c;
  CHECK(ur_made_sentences(1, 1500, &text) == UR_OK);
  if (!CHECK(ur_company_of((ur_bytes){text.data, text.size}, 3, &c) == UR_OK)) return;
  CHECK(c.lines == 1500);
  /* apple stands among fruit and among makers, no other word does */
  const int apple = number_of(&c, "apple");
  for (int w = 0; w < c.words; w++) {
    double with[2] = {0, 0};
    int own = 0;
    for (int g = 0; ur_made_group(g) != NULL; g++) own += ur_made_belongs(c.word[w], g);
    for (int k = 0; k < c.words; k++) {
      with[0] += c.pairs[w * c.words + k] * ur_made_belongs(c.word[k], 1);
      with[1] += c.pairs[w * c.words + k] * ur_made_belongs(c.word[k], 3);
    }
    CHECK(own == (w == apple ? 2 : 1) || strlen(c.word[w]) < 10);
    if (own == 2) CHECK(w == apple && with[0] > 50 && with[1] > 50);
    if (own == 1) CHECK(with[0] == 0 || with[1] == 0);
  }
  CHECK(strcmp(ur_made_group(0), "fruit") == 0 && ur_made_group(-1) == NULL && !ur_made_belongs("apple", 99));
  ur_company_free(&c);
  /* a longer text of the same seed goes on where the shorter ends */
  ur_buffer few = {0};
  CHECK(ur_made_sentences(1, 10, &few) == UR_OK && memcmp(few.data, text.data, few.size) == 0);
  CHECK(ur_made_sentences(1, 0, &few) == UR_E_ARGUMENT);
  ur_buffer_free(&few);
  ur_buffer_free(&text);
}

static void test_refused(void) {
  ur_company c;
  CHECK(ur_company_of(bytes_of("one\ntwo\n"), 3, &c) == UR_E_TEXT && said("no line has two words"));
  CHECK(ur_company_of(bytes_of(""), 3, &c) == UR_E_TEXT && c.word == NULL);
  CHECK(ur_company_of(bytes_of("a b"), 0, &c) == UR_E_ARGUMENT &&
        ur_company_of(bytes_of("a b"), 11, &c) != 0);
  CHECK(ur_company_of(bytes_of("a b\nc \xff"), 3, &c) == UR_E_TEXT && said("line 2"));
  ur_buffer many = {0};
  for (int i = 0; i <= UR_COMPANY_WORDS_MAX; i++)
    ur_buffer_print(&many, "w%c%c%c\n", 'a' + i / 26 / 26, 'a' + i / 26 % 26, 'a' + i % 26);
  CHECK(ur_company_of((ur_bytes){many.data, many.size}, 3, &c) == UR_E_TEXT && said("line 401"));
  ur_buffer_free(&many);
}

static ur_status run_all(void) {
  ur_buffer text = {0};
  ur_company c = {0};
  ur_skipgram *s = NULL;
  double loss, vectors[80 * 4], map[80 * 2];
  const ur_skipgram_options options = {.size = 4, .negatives = 2, .epochs = 1, .rate = 0.1};
  ur_status status = ur_made_sentences(3, 40, &text);
  if (status == UR_OK) status = ur_company_of((ur_bytes){text.data, text.size}, 2, &c);
  if (status == UR_OK && CHECK(c.words <= 80)) status = ur_company_vectors(&c, 4, vectors);
  if (status == UR_OK) status = ur_vectors_map(vectors, c.words, 4, 2, map, NULL);
  if (status == UR_OK) status = ur_skipgram_create(&c, &options, &s);
  if (status == UR_OK) status = ur_skipgram_epoch(s, &loss);
  ur_skipgram_free(s);
  ur_company_free(&c);
  ur_buffer_free(&text);
  return status;
}

static void test_no_memory(void) {
  int n = 0;
  for (ur_status status = UR_E_MEMORY; status != UR_OK && n < 200; n++) {
    ur__alloc_fail_after(n);
    status = run_all();
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || status == UR_E_MEMORY);
  }
  CHECK(n > 10 && n < 200);
}

int main(void) {
  TEST("company") { test_company(); }
  TEST("vectors from counts") { test_vectors(); }
  TEST("skip-gram") { test_skipgram(); }
  TEST("pair by pair") { test_pair_by_pair(); }
  TEST("what vectors tell") { test_telling(); }
  TEST("made sentences") { test_sentences(); }
  TEST("refused") { test_refused(); }
  TEST("no memory") { test_no_memory(); }
  return check_done();
}
