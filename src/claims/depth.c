/* depth: what it can do, and what it does. A net that is set by hand folds a line with every layer. Nets of
 * some 400 weights on a spiral, as they start and trained: how many linear pieces each has in the square. */
#include "claims.h"
#include "unroll/depth.h"
#include "unroll/regions.h"

enum { LAYERS = UR_FOLDS_MAX, MOST = 1 << LAYERS };

static ur_status count_line(ur_status opened, ur_trainer *trainer, ur_claim_row *out) {
  double at[MOST + 1], height[MOST + 1];
  int count = 0;
  const ur_status status = opened == UR_OK ? ur_line_pieces(trainer, MOST, at, height, &count) : opened;
  out->measured = count;
  ur_trainer_free(trainer);
  return status;
}

static ur_status folding(uint64_t seed, ur_claim_row *out) {
  ur_trainer *trainer;
  (void)seed;
  const ur_status status = ur_fold_net(LAYERS, &trainer);
  return count_line(status, trainer, out);
}

static ur_status one_layer(uint64_t seed, ur_claim_row *out) {
  ur_trainer *trainer;
  const ur_status status = ur_line_net(2 * LAYERS, seed, &trainer);
  return count_line(status, trainer, out);
}

static ur_status pieces(ur_trainer *trainer, ur_claim_row *out) {
  ur_regions regions;
  const ur_status status = ur_regions_of(trainer, (const double[]){-1, 1, -1, 1}, &regions);
  out->measured = regions.count;
  ur_regions_free(&regions);
  return status;
}

enum { FOLDED, FLAT, WIDE, WIDE_TRAINED, MIDDLE, MIDDLE_TRAINED, DEEP, DEEP_TRAINED, ROWS };
#define NET(named, updated, ...)                                                                             \
  {                                                                                                          \
    .name = named, .model = "mlp", .task = "spiral", .updates = updated, .measure = pieces, .settings = {    \
      "activation",                                                                                          \
      "relu",                                                                                                \
      "init",                                                                                                \
      "he",                                                                                                  \
      "error",                                                                                               \
      "bernoulli",                                                                                           \
      "points",                                                                                              \
      "80",                                                                                                  \
      "batch_size",                                                                                          \
      "80",                                                                                                  \
      "learning_rate",                                                                                       \
      "0.005",                                                                                               \
      "schedule",                                                                                            \
      "constant",                                                                                            \
      __VA_ARGS__                                                                                            \
    }                                                                                                        \
  }
#define ONE_BY_95   "hidden_1", "95", "hidden_2", "0"
#define THREE_BY_13 "hidden_1", "13", "hidden_2", "13", "hidden_3", "13"
#define FIVE_BY_9   "hidden_1", "9", "hidden_2", "9", "hidden_3", "9", "hidden_4", "9", "hidden_5", "9"
#define NETS(updated)                                                                                        \
  [FOLDED] = {.name = "six folding layers of two, on a line", .count = folding},                             \
  [FLAT] = {.name = "one layer of twelve, on a line", .count = one_layer},                                   \
  [WIDE] = NET("1 x 95 at the start", 0, ONE_BY_95),                                                         \
  [WIDE_TRAINED] = NET("1 x 95 trained", updated, ONE_BY_95),                                                \
  [MIDDLE] = NET("3 x 13 at the start", 0, THREE_BY_13),                                                     \
  [MIDDLE_TRAINED] = NET("3 x 13 trained", updated, THREE_BY_13),                                            \
  [DEEP] = NET("5 x 9 at the start", 0, FIVE_BY_9),                                                          \
  [DEEP_TRAINED] = NET("5 x 9 trained", updated, FIVE_BY_9)

static const ur__contestant full[ROWS] = {NETS(1000)};
static const ur__contestant brief[ROWS] = {NETS(400)};

/* Of seeds 1 to 300 all start with more than three times as many in the wide net, 299 end with more there;
 * the deep net's grow by 1.08 at least, the wide net's stay between 0.82 and 1.21 of what they were. */
static int holds(const ur_claim_row *row) {
  const double wide = row[WIDE_TRAINED].measured / row[WIDE].measured;
  return row[FOLDED].measured == MOST && row[FLAT].measured <= 2 * LAYERS + 1 &&
         row[WIDE].measured > 3 * row[DEEP].measured && row[WIDE].measured > 3 * row[MIDDLE].measured &&
         row[WIDE_TRAINED].measured > row[DEEP_TRAINED].measured &&
         row[WIDE_TRAINED].measured > row[MIDDLE_TRAINED].measured &&
         row[DEEP_TRAINED].measured > row[DEEP].measured && wide > 0.75 && wide < 1.25;
}

#define FORM(rows)                                                                                           \
  {                                                                                                          \
    rows, ROWS,                                                                                              \
        "64 pieces, and at most 13; at the start 1 x 95 has more than three times as many as 3 x 13 and as " \
        "5 x 9, and more when all are trained; trained, 5 x 9 has more than at its start, 1 x 95 less than " \
        "a "                                                                                                 \
        "quarter more or fewer",                                                                             \
        holds                                                                                                \
  }
const ur__claim ur__claim_depth = {
    "depth",
    "Depth can fold: six layers of two units cut a line into 64 pieces, one layer of twelve into at most 13. "
    "It "
    "does not do so by itself: of nets with as many weights the wide one has the most pieces, at the start "
    "and "
    "trained. Training adds pieces in five layers of nine; in one wide layer it changes them little.",
    FORM(full),
    FORM(brief),
};
