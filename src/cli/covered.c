/* trace --covered: which patch of a picture each word hangs on, and over many pictures. */
#include "unroll/covered.h"

#include <string.h>

#include "command.h"
#include "json.h"

enum { PICTURES = 200 };

static void print_word(const cli *c, const ur_trainer *trainer, const ur_covered *covered, int t) {
  const int S = covered->patches, place = covered->places[t];
  const char *word = ur_trainer_token(trainer, covered->words[t]),
             *right = ur_trainer_token(trainer, covered->right[t]);
  ur_buffer line = {0};
  ur_buffer_print(&line, "{\"step\":%d,\"word\":", t + 1);
  ur__json_string(&line, word, strlen(word));
  if (right != NULL) {
    ur_buffer_print(&line, ",\"right\":");
    ur__json_string(&line, right, strlen(right));
  }
  if (place >= 0) ur_buffer_print(&line, ",\"place\":%d", place);
  ur_buffer_print(&line, ",\"log_p\":");
  ur__json_number(&line, (double)covered->log_p[t]);
  ur_buffer_print(&line, ",\"looks\":");
  cli_row(covered->looks + t * S, S, &line);
  ur_buffer_print(&line, ",\"falls\":");
  cli_row(covered->falls + t * S, S, &line);
  ur_buffer_print(&line, "}");
  cli_write(c, &line);
  ur_buffer_free(&line);
}

static void print_counts(const cli *c, const ur_cover_counts *counts) {
  static const char *const kinds[UR_COVER_KINDS] = {"colour", "shape", "other"};
  for (int kind = 0; kind < UR_COVER_KINDS; kind++) {
    ur_buffer line = {0};
    ur_buffer_print(&line, "{\"kind\":\"%s\",\"pictures\":%d,\"words\":%d", kinds[kind], counts->pictures,
                    counts->words[kind]);
    const double measured[] = {counts->looked[kind], counts->missed[kind], counts->look[kind],
                               counts->fall[kind]};
    static const char *const names[] = {"looked", "missed", "look", "fall"};
    for (int i = kind == UR_COVER_OTHER ? 2 : 0; i < 4; i++) {
      ur_buffer_print(&line, ",\"%s\":", names[i]);
      ur__json_number(&line, measured[i]);
    }
    ur_buffer_print(&line, "}");
    cli_write(c, &line);
    ur_buffer_free(&line);
  }
}

int cli_covered(const cli *c, ur_trainer *trainer, const char *text) {
  ur_covered covered;
  ur_cover_counts counts;
  if (ur_covered_read(trainer, text, cli_value(c, "target"), &covered) != UR_OK) return cli_last_error(c);
  for (int t = 0; t < covered.steps; t++) print_word(c, trainer, &covered, t);
  ur_covered_free(&covered);
  if (ur_cover_counts_of(trainer, PICTURES, &counts) != UR_OK) return cli_last_error(c);
  print_counts(c, &counts);
  return CLI_OK;
}
