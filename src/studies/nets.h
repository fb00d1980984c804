/* studies/nets.h: the net that a study is about, written as "model task key=value ...", and its weights. */
#ifndef UNROLL_STUDIES_NETS_H
#define UNROLL_STUDIES_NETS_H

#include "studies.h"
#include "trainer.h"

enum { UR__NET_NAME = 160 };
/* The next word of a text that is cut at spaces, into word [UR__NET_NAME]; NULL at its end. */
const char *ur__net_word(const char *at, char *word);
/* What stands before and after the sign of "key=value"; 0 where there is none. */
int ur__net_cut(char *word, char **value);

/* A run of it, not trained, of this seed where it names no other; text: lines of one's own, or none.
 * UR_E_TEXT, by the input's name, where it is written otherwise; else as ur_settings_set and
 * ur_trainer_create. */
ur_status ur__net_open(const char *input, const char *net, uint64_t seed, ur_bytes text, ur_trainer **out);

/* The inputs of a study of one net of points, the first of every such study, and that net with those weights.
 * UR_E_TEXT where there are not as many as it has. */
enum { UR__NET_NET, UR__NET_POINTS, UR__NET_WEIGHTS, UR__NET_INPUTS };
#define UR__NET_ROWS(net)                                                                                    \
  [UR__NET_NET] = {"net", UR__TEXT, net, "mlp task key=value ..."},                                          \
  [UR__NET_POINTS] = {"points", UR__TEXT, "", "points of your own, where the task takes them"},              \
  [UR__NET_WEIGHTS] = {"weights", UR__NUMBERS, "",                                                           \
                       "all of its weights, in the order of its file; none: as it starts"}
/* Settings of a study over two of its weights. */
#define UR__NET_TWO_WEIGHTS(first_row, second_row)                                                           \
  [first_row] = {.key = "first",                                                                             \
                 .def = 0,                                                                                   \
                 .max = 1 << 20,                                                                             \
                 .help = "one weight, in the order of the file, from 0"},                                    \
  [second_row] = {.key = "second", .def = 2, .max = 1 << 20, .help = "and another"}

ur_status ur__net_take(const ur_study *study, ur_trainer **out);

#endif
