/* claims/names.h: who is measured on names in more than one claim. But for those that count, each has about
 * 30,000 numbers. */
#ifndef UNROLL_CLAIMS_NAMES_H
#define UNROLL_CLAIMS_NAMES_H

#include "claims.h"

#define UR__COUNTING(what, letters)                                                                          \
  { what, "ngram_lm", "names", 1, ur__claim_loss, UR__SETTINGS("order", letters) }
#define UR__COUNTING_PAIRS   UR__COUNTING("counting pairs", "2")
#define UR__COUNTING_TRIPLES UR__COUNTING("counting triples", "3")

#define UR__WINDOW_ON_NAMES(updates, letters, units)                                                         \
  {                                                                                                          \
    "window of " letters " letters", "window_lm", "names", updates, ur__claim_loss,                          \
        UR__SETTINGS("window", letters, "hidden_size", units)                                                \
  }
#define UR__WINDOW_3(updates) UR__WINDOW_ON_NAMES(updates, "3", "390")
#define UR__WINDOW_5(updates) UR__WINDOW_ON_NAMES(updates, "5", "273")

#define UR__RECURRENT(what, model, updates, units)                                                           \
  { what, model, "names", updates, ur__claim_loss, UR__SETTINGS("hidden_size", units) }
#define UR__RNN_ON_NAMES(updates)  UR__RECURRENT("recurrent net", "rnn_lm", updates, "145")
#define UR__LSTM_ON_NAMES(updates) UR__RECURRENT("LSTM", "lstm_lm", updates, "68")

#endif
