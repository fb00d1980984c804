/* music: nobody says what a bar holds, and a net that carries a state learns to count. Share of full bars in
 * what is written at temperature 1, and loss on unseen tunes, nats a character; beside counting. */
#include "claims.h"
#include "unroll/bars.h"

enum { NET, NET_BARS, TRIPLES, TRIPLES_BARS, SIX, SIX_BARS, ROWS };
enum { TUNES = 200 };

static ur_status full_bars(ur_trainer *trainer, ur_claim_row *out) {
  const ur_sampling plain = {.temperature = 1, .top_p = 1};
  ur_bars bars;
  const ur_status status = ur_bars_sampled(trainer, &plain, 0, TUNES, &bars);
  out->measured = bars.counted > 0 ? (double)bars.full / bars.counted : 0;
  return status;
}

#define BARS(what)                                                                                           \
  { what, NULL, NULL, 0, full_bars, UR__SETTINGS(NULL) }
#define COUNTING(what, order)                                                                                \
  { what, "ngram_lm", "abc", 1, ur__claim_loss, UR__SETTINGS("order", order) }
#define CONTESTANTS(updates)                                                                                 \
  {                                                                                                          \
    [NET] = {"loss: GRU",                                                                                    \
             "gru_lm",                                                                                       \
             "abc",                                                                                          \
             updates,                                                                                        \
             ur__claim_loss,                                                                                 \
             UR__SETTINGS("hidden_size", "64", "embedding_size", "12", "learning_rate", "0.01")},            \
    [NET_BARS] = BARS("full bars: GRU"), [TRIPLES] = COUNTING("loss: counting triples", "3"),                \
    [TRIPLES_BARS] = BARS("full bars: counting triples"),                                                    \
    [SIX] = COUNTING("loss: counting six characters", "6"),                                                  \
    [SIX_BARS] = BARS("full bars: counting six characters"),                                                 \
  }
static const ur__contestant rows[ROWS] = CONTESTANTS(600);
static const ur__contestant rows_short[ROWS] = CONTESTANTS(150);

/* Over seeds 1 to 30: full bars of the GRU 0.559 to 0.839, of counting six characters 0.219 to 0.291, of
 * triples 0.097 to 0.166; the net's loss at most 0.913 of that of counting six characters. */
static int full(const ur_claim_row *r) {
  return r[NET_BARS].measured > 0.5 && r[SIX_BARS].measured < 0.35 && r[TRIPLES_BARS].measured < 0.2 &&
         r[NET].measured < 0.97 * r[SIX].measured;
}

static int brief(const ur_claim_row *r) {
  return r[NET_BARS].measured > r[TRIPLES_BARS].measured + 0.1 && r[NET].measured < r[TRIPLES].measured;
}

const ur__claim ur__claim_music = {
    .id = "music",
    .sentence =
        "After 600 updates more than half of the bars that a small GRU writes hold what their metre says, "
        "though no rule tells it; of those that counting six characters writes, fewer than 35 in 100 do. "
        "On tunes that neither has seen the net loses less.",
    .full =
        {rows, ROWS,
         "share of full bars in 200 tunes: GRU > 0.5, counting six characters < 0.35, triples < 0.2; loss on "
         "unseen tunes: GRU < 0.97 of counting six characters",
         full},
    .brief = {rows_short, ROWS,
              "after 150 updates: full bars of the GRU > counting triples + 0.1; loss < counting triples",
              brief}};
