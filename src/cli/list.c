#include <string.h>

#include "claims.h"
#include "command.h"
#include "studies.h"
#include "training.h"

static void print_setting(const cli *c, const ur_setting *setting) {
  if (setting->type == UR_SETTING_CHOICE)
    cli_print(c, "    %-17s %s\n", setting->key, setting->choices);
  else
    cli_print(c, "    %-17s %g (%g to %g): %s\n", setting->key, setting->def, setting->min, setting->max,
              setting->help);
}

static void print_tasks(const cli *c, const ur__model *model) {
  cli_print(c, "    goes with        ");
  for (int t = 0; t < ur__task_count; t++)
    if (ur__fits(model, &ur__tasks[t])) cli_print(c, " %s", ur__tasks[t].name);
  cli_print(c, "\n");
}

static int run(cli *c) {
  if (c->json) {
    ur_buffer line = {0};
    ur_describe(&line);
    cli_write(c, &line);
    ur_buffer_free(&line);
    return CLI_OK;
  }
  cli_print(c, "models\n");
  for (int i = 0; i < ur__model_count; i++) {
    cli_print(c, "  %s: %s\n", ur__models[i]->name, ur__models[i]->help);
    print_tasks(c, ur__models[i]);
    for (int k = 0; k < ur__models[i]->setting_count; k++) print_setting(c, &ur__models[i]->settings[k]);
  }
  cli_print(c, "tasks\n");
  for (int i = 0; i < ur__task_count; i++) {
    cli_print(c, "  %s: %s\n", ur__tasks[i].name, ur__tasks[i].help);
    for (int k = 0; k < ur__tasks[i].setting_count; k++) print_setting(c, &ur__tasks[i].settings[k]);
  }
  cli_print(c, "training\n");
  for (int k = 0; k < UR__TRAINING_SETTINGS; k++) print_setting(c, &ur__training_settings[k]);
  cli_print(c, "ops\n");
  for (int op = UR_OP_LEAF + 1; op < UR_OP_COUNT; op++) {
    const ur_op_info *info = ur_op_describe((ur_op)op);
    cli_print(c, "  %-15s %s\n", info->name, info->formula);
  }
  cli_print(c, "studies\n");
  for (int i = 0; i < ur__study_count; i++) {
    const ur__study *study = ur__studies[i];
    cli_print(c, "  %s: %s\n", study->name, study->help);
    for (int k = 0; k < study->setting_count; k++) print_setting(c, &study->settings[k]);
    for (const ur__study_input *in = study->inputs; in != NULL && in->name != NULL; in++)
      cli_print(c, "    %-17s %s: %s\n", in->name, in->kind == UR__NUMBERS ? "numbers" : "text", in->help);
  }
  cli_print(c, "claims\n");
  for (int i = 0; i < ur__claim_count; i++)
    cli_print(c, "  %s: %s\n", ur__claims[i]->id, ur__claims[i]->sentence);
  return CLI_OK;
}

const cli_command cli_list = {"list", NULL, "models, tasks, settings, ops, studies, claims", run, {{0}}};
