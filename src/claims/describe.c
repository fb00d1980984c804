/* Studies and claims, as JSON. */
#include <string.h>

#include "claims.h"
#include "describe.h"
#include "studies.h"
#include "unroll/texts.h"

/* The names of the texts that its contestants read, each once. */
static void write_texts(ur_buffer *out, const ur__claim *claim) {
  char seen[UR__CLAIM_ROWS][64];
  int count = 0;
  ur_buffer_print(out, ",\"texts\":[");
  for (int k = 0; k < claim->full.count + claim->brief.count; k++) {
    const int brief = k >= claim->full.count;
    const ur__contestant *one =
        brief ? &claim->brief.contestants[k - claim->full.count] : &claim->full.contestants[k];
    ur_settings settings;
    if (one->model == NULL || ur__claim_settings(one, &settings) != UR_OK) continue;
    ur_text_name(&settings, seen[count], sizeof seen[count]);
    int known = seen[count][0] == '\0' || count == UR__CLAIM_ROWS - 1;
    for (int i = 0; i < count; i++) known |= strcmp(seen[i], seen[count]) == 0;
    if (known) continue;
    if (count > 0) ur_buffer_print(out, ",");
    ur__describe_text(out, seen[count++]);
  }
  ur_buffer_print(out, "]");
}

static void write_studies(ur_buffer *out) {
  ur_buffer_print(out, "\"studies\":[");
  for (int i = 0; i < ur__study_count; i++) {
    const ur__study *study = ur__studies[i];
    ur_buffer_print(out, i > 0 ? ",{" : "{");
    ur__describe_field(out, "name", study->name);
    ur__describe_field(out, "help", study->help);
    ur__describe_field(out, "reads", study->reads != NULL ? study->reads : "");
    ur__describe_settings(out, "settings", study->settings, study->setting_count);
    ur_buffer_print(out, ",\"inputs\":[");
    for (const ur__study_input *in = study->inputs; in != NULL && in->name != NULL; in++) {
      ur_buffer_print(out, in > study->inputs ? ",{" : "{");
      ur__describe_field(out, "name", in->name);
      ur__describe_field(out, "kind", in->kind == UR__NUMBERS ? "numbers" : "text");
      ur__describe_field(out, "default", in->def);
      ur__describe_field(out, "help", in->help);
      ur_buffer_print(out, "}");
    }
    ur_buffer_print(out, "]}");
  }
  ur_buffer_print(out, "]");
}

static void write_claims(ur_buffer *out) {
  ur_buffer_print(out, ",\"claims\":[");
  for (int i = 0; i < ur__claim_count; i++) {
    ur_buffer_print(out, i > 0 ? ",{" : "{");
    ur__describe_field(out, "id", ur__claims[i]->id);
    ur__describe_field(out, "sentence", ur__claims[i]->sentence);
    ur__describe_field(out, "asked", ur__claims[i]->full.asked);
    write_texts(out, ur__claims[i]);
    ur_buffer_print(out, "}");
  }
  ur_buffer_print(out, "]");
}

void ur_describe_experiments(ur_buffer *out) {
  ur_buffer_print(out, "{");
  write_studies(out);
  write_claims(out);
  ur_buffer_print(out, "}");
}

void ur_describe(ur_buffer *out) {
  ur_buffer_print(out, "{");
  ur__describe_runs(out);
  ur_buffer_print(out, ",");
  write_studies(out);
  write_claims(out);
  ur_buffer_print(out, "}");
}
