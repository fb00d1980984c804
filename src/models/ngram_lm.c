#include "models.h"
#include "ngram.h"

static const ur_setting settings[UR__NGRAM_SETTINGS] = {
    [UR__NGRAM_ORDER] = {.key = "order",
                         .def = 2,
                         .min = 1,
                         .max = UR__NGRAM_ORDER_MAX,
                         .help = "tokens counted together: 2 for pairs, 3 for triples"},
    [UR__NGRAM_SMOOTHING] = {.key = "smoothing",
                             .type = UR_SETTING_REAL,
                             .def = 12,
                             .min = 0.001,
                             .max = 1e6,
                             .help = "how many counts the shorter context is worth"},
};

const ur__model ur__ngram_lm = {.name = "ngram_lm",
                                .help = "counts what followed the last few tokens; nothing is trained",
                                .settings = settings,
                                .setting_count = UR__NGRAM_SETTINGS,
                                .takes = ur__takes_next,
                                .counting = 1};
