#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "kernels.h"
#include "trainer.h"
#include "unroll/bars.h"

enum {
  SAMPLES = 8,
  TUNES = 200,
  AVERAGED = 100
}; /* the training loss is that of the last updates, on average */

typedef struct result {
  double loss, validation, metric, seconds;
  const char *metric_name, *unit; /* unit of the losses */
  size_t parameters;              /* or counts */
  const char *parts;              /* what they are */
  uint64_t steps, hash;
} result;

static double perplexity(double loss) {
  float value = (float)loss;
  ur__f32_exp(&value, &value, 1);
  return value;
}

/* Is it about a text, from which sequences are made up and can be counted? */
static int has_text(const ur_trainer *trainer) {
  return ur_setting_get(ur_trainer_settings(trainer), "validation_share") > 0 &&
         !ur_trainer_reads_source(trainer);
}

static size_t parameters_of(ur_trainer *trainer) {
  const ur_params *params = ur_trainer_params(trainer);
  return params != NULL ? ur_params_size(params) : trainer->ngram.first[trainer->ngram.order];
}

/* So many updates, and both losses after them. */
static ur_status train(const cli *c, ur_trainer *trainer, uint64_t steps, const char *what, result *out) {
  const double started = c->host->clock_ms(c->host->context);
  cli_bar bar = {0};
  double recent[AVERAGED] = {0};
  ur_status status = UR_OK;
  for (uint64_t i = 0; i < steps && status == UR_OK; i++) {
    ur_step_report report;
    char text[96];
    status = ur_trainer_step(trainer, &report);
    if (status != UR_OK) break;
    recent[i % AVERAGED] = report.loss;
    snprintf(text, sizeof text, "%.30s %" PRIu64 "/%" PRIu64 "  loss %.3f", what, i + 1, steps, report.loss);
    cli_progress(c, &bar, (double)i / (double)steps, text);
  }
  cli_progress(c, &bar, 1, "");
  ur_evaluation validation;
  if (status == UR_OK) status = ur_trainer_evaluate(trainer, 1, &validation);
  if (status != UR_OK) return status;
  const uint64_t averaged = steps < AVERAGED ? steps : AVERAGED;
  double sum = 0;
  for (uint64_t i = 0; i < averaged; i++) sum += recent[i];
  *out = (result){.loss = averaged > 0 ? sum / (double)averaged : validation.loss,
                  .validation = validation.loss,
                  .metric = perplexity(validation.loss),
                  .metric_name = "perplexity",
                  .unit = "nats a token",
                  .seconds = (c->host->clock_ms(c->host->context) - started) / 1000,
                  .parameters = parameters_of(trainer),
                  .parts = trainer->model->counting ? "counts" : "parameters",
                  .steps = ur_trainer_updates(trainer),
                  .hash = ur_trainer_hash(trainer)};
  /* 1/2 (y - t)^2, as the course has it, and not (y - t)^2 */
  const int of_squares =
      trainer->model == &ur__mlp && ur_setting_get(ur_trainer_settings(trainer), "error") == 0;
  if (trainer->task->kind == UR__TUNES) {
    const ur_sampling plain = {.temperature = 1, .top_p = 1};
    ur_bars bars;
    status = ur_bars_sampled(trainer, &plain, 0, TUNES, &bars);
    out->metric = bars.counted > 0 ? (double)bars.full / bars.counted : 0;
    out->metric_name = "full_bars";
  } else if (ur_trainer_reads_source(trainer)) {
    out->metric = validation.right;
    out->metric_name = "exact_match";
  } else if (validation.right >= 0) {
    out->metric = validation.right;
    out->metric_name = "accuracy";
    out->unit = of_squares ? "half_squares" : "nats";
  } else if (trainer->model == &ur__attention_only) {
    out->metric = validation.loss;
    out->metric_name = out->unit = "answer";
  } else if (!has_text(trainer)) {
    out->metric = validation.loss;
    out->metric_name = out->unit = of_squares ? "half_squares" : "squared_error";
  }
  return status;
}

/* ---- what to compare with: the same corpus, split and seed ---- */

typedef struct baseline {
  const char *name, *model;
  const char *settings[4];
  int trained; /* only with --baselines, since it takes as long as the model itself */
} baseline;

static const baseline baselines[] = {
    {"counting pairs", "ngram_lm", {"order", "2"}, 0},
    {"counting triples", "ngram_lm", {"order", "3"}, 0},
    {"window of 3", "window_lm", {"window", "3", "hidden_size", "390"}, 1},
    {"window of 5", "window_lm", {"window", "5", "hidden_size", "273"}, 1},
};

static int run_baseline(const cli *c, const baseline *what, const ur_settings *like, ur_bytes corpus) {
  ur_settings settings;
  ur_trainer *trainer = NULL;
  result measured;
  char share[64], steps[64];
  snprintf(share, sizeof share, "%.17g", ur__task_values(like)[UR__TASK_VALIDATION_SHARE]);
  snprintf(steps, sizeof steps, "%.17g", what->trained ? ur_setting_get(like, "steps") : 1);
  ur_status status = ur_settings_init(&settings, what->model, like->task);
  settings.seed = like->seed;
  for (int i = 0; i < 4 && what->settings[i] != NULL && status == UR_OK; i += 2)
    status = ur_settings_set(&settings, what->settings[i], what->settings[i + 1]);
  if (status == UR_OK) status = ur_settings_set(&settings, "validation_share", share);
  if (status == UR_OK && what->trained) status = ur_settings_set(&settings, "steps", steps);
  if (status == UR_OK) status = ur_trainer_create(&settings, corpus, &trainer);
  if (status == UR_OK)
    status = train(c, trainer, what->trained ? (uint64_t)ur_setting_get(&settings, "steps") : 1, what->name,
                   &measured);
  ur_trainer_free(trainer);
  if (status != UR_OK) return cli_last_error(c);
  if (c->json)
    cli_print(c, "{\"baseline\":\"%s\",\"val_loss\":%.9g}\n", what->name, measured.validation);
  else
    cli_print(c, "  %-22s %.3f nats a token on unseen sequences\n", what->name, measured.validation);
  return CLI_OK;
}

static int run_baselines(const cli *c, const ur_settings *settings, ur_bytes corpus) {
  const int all = cli_value(c, "baselines") != NULL;
  for (size_t i = 0; i < sizeof baselines / sizeof *baselines; i++) {
    if (baselines[i].trained && !all) continue;
    const int code = run_baseline(c, &baselines[i], settings, corpus);
    if (code != CLI_OK) return code;
  }
  return CLI_OK;
}

static int print_samples(const cli *c, ur_trainer *trainer) {
  const ur_sampling how = {.temperature = 1, .top_k = 0, .top_p = 1};
  ur_buffer text = {0}, line = {0};
  int code = CLI_OK;
  if (!c->json) ur_buffer_print(&line, "  %-22s", "samples");
  for (uint64_t i = 0; i < SAMPLES && code == CLI_OK; i++) {
    text.size = 0;
    ur_buffer_append(&text, "", 0);
    if (ur_trainer_sample(trainer, &how, i, "", &text) != UR_OK) {
      code = cli_last_error(c);
    } else if (c->json) {
      line.size = 0;
      ur_buffer_print(&line, "{\"sample\":");
      ur__json_string(&line, (const char *)text.data, text.size);
      ur_buffer_print(&line, "}");
      cli_write(c, &line);
    } else {
      ur_buffer_print(&line, " %s", (const char *)text.data);
    }
  }
  if (!c->json && code == CLI_OK) cli_write(c, &line);
  ur_buffer_free(&text);
  ur_buffer_free(&line);
  return code;
}

static void print_result(const cli *c, const ur_settings *settings, const result *r) {
  if (c->json) {
    cli_print(c,
              "{\"done\":true,\"model\":\"%s\",\"task\":\"%s\",\"steps\":%" PRIu64 ",\"seed\":%" PRIu64
              ",\"parameters\":%zu,\"loss\":%.9g,\"val_loss\":%.9g,\"metric\":{\"name\":\"%s\","
              "\"value\":%.9g},"
              "\"seconds\":%.3f,\"hash\":\"%016" PRIx64 "\"}\n",
              settings->model, settings->task, r->steps, settings->seed, r->parameters, r->loss,
              r->validation, r->metric_name, r->metric, r->seconds, r->hash);
    return;
  }
  cli_print(c, "  %-22s %.4g %s on unseen sequences, %.4g on the last batches; %s %.4g\n", settings->model,
            r->validation, r->unit, r->loss, r->metric_name, r->metric);
  cli_print(c, "  %" PRIu64 " updates, seed %" PRIu64 ", %zu %s, %.1f s, hash %016" PRIx64 "\n", r->steps,
            settings->seed, r->parameters, r->parts, r->seconds, r->hash);
}

static int save(const cli *c, const ur_trainer *trainer) {
  const char *path = cli_value(c, "out");
  ur_buffer file = {0};
  int code = CLI_OK;
  if (path == NULL) return CLI_OK;
  if (ur_trainer_save(trainer, cli_value(c, "snapshot") != NULL, &file) != UR_OK)
    code = cli_last_error(c);
  else if (!c->host->write_file(c->host->context, path, (ur_bytes){file.data, file.size}))
    code = cli_error(c, "%.300s cannot be written", path);
  ur_buffer_free(&file);
  return code;
}

/* Trains, writes and tells. */
static int train_on(const cli *c, ur_trainer *trainer, uint64_t steps, ur_bytes corpus) {
  const ur_settings *settings = ur_trainer_settings(trainer);
  result measured;
  int code = CLI_OK;
  if (train(c, trainer, steps, settings->model, &measured) != UR_OK) code = cli_last_error(c);
  if (save(c, trainer) != CLI_OK) code = CLI_ERROR; /* after a loss that is no number: the last good update */
  if (code == CLI_OK) cli_sequences(c, trainer);
  if (code == CLI_OK && !trainer->model->counting && has_text(trainer))
    code = run_baselines(c, settings, corpus);
  if (code == CLI_OK && has_text(trainer)) code = print_samples(c, trainer);
  if (code == CLI_OK) print_result(c, settings, &measured);
  return code;
}

static uint64_t steps_of(const ur_settings *settings) {
  const double steps = ur_setting_get(settings, "steps");
  return ur__model_find(settings->model)->counting ? 1 : (uint64_t)steps;
}

static int begin(const cli *c, ur_bytes corpus) {
  ur_settings settings;
  ur_trainer *trainer;
  const char *steps = cli_value(c, "steps");
  int code = cli_settings(c, &settings);
  if (code == CLI_OK && steps != NULL && ur_setting_get(&settings, "steps") > 0 &&
      ur_settings_set(&settings, "steps", steps) != UR_OK)
    code = cli_last_error(c);
  if (code != CLI_OK) return code;
  if (ur_trainer_create(&settings, corpus, &trainer) != UR_OK) return cli_last_error(c);
  code = train_on(c, trainer, steps_of(&settings), corpus);
  ur_trainer_free(trainer);
  return code;
}

/* How many updates a run that was read still has to do. */
static int steps_left(const cli *c, const ur_trainer *trainer, uint64_t *out) {
  const uint64_t all = steps_of(ur_trainer_settings(trainer)), done = ur_trainer_updates(trainer);
  double more;
  if (cli_given(c, "steps")) {
    if (!cli_number(c, "steps", 1, 1e9, &more)) return CLI_ERROR;
    *out = (uint64_t)more;
    return CLI_OK;
  }
  *out = all - done;
  return all > done ? CLI_OK
                    : cli_error(c, "its %" PRIu64 " updates are done; --steps says how many more", done);
}

static int change_live(const cli *c, ur_trainer *trainer) {
  char key[CLI_KEY];
  for (int i = 0; i < c->set_count; i++) {
    const char *value = cli_set(c, i, key);
    if (value == NULL) return CLI_ERROR;
    if (ur_trainer_set(trainer, key, value) != UR_OK) return cli_last_error(c);
  }
  return CLI_OK;
}

static int go_on(const cli *c, ur_bytes corpus) {
  static const char *const of_the_file[] = {"model", "task", "seed"};
  ur_buffer file = {0};
  ur_trainer *trainer = NULL;
  uint64_t steps = 0;
  for (int i = 0; i < 3; i++)
    if (cli_given(c, of_the_file[i]))
      return cli_error(c, "--from has its own %s; leave out --%s", of_the_file[i], of_the_file[i]);
  int code = cli_weights(c, "from", &file);
  if (code == CLI_OK && ur_trainer_load((ur_bytes){file.data, file.size}, corpus, &trainer) != UR_OK)
    code = cli_last_error(c);
  if (code == CLI_OK) cli_tensors(c, ur_trainer_tensors(trainer));
  if (code == CLI_OK) code = change_live(c, trainer);
  if (code == CLI_OK) code = steps_left(c, trainer, &steps);
  if (code == CLI_OK) code = train_on(c, trainer, steps, corpus);
  ur_trainer_free(trainer);
  ur_buffer_free(&file);
  return code;
}

static int run(cli *c) {
  ur_buffer corpus = {0};
  int code = cli_read(c, "corpus", &corpus);
  const ur_bytes text = {corpus.data, corpus.size};
  if (code == CLI_OK) code = cli_given(c, "from") ? go_on(c, text) : begin(c, text);
  ur_buffer_free(&corpus);
  return code;
}

const cli_command cli_train = {
    "train",
    NULL,
    "train a model and say what it has learned",
    run,
    {{"model", "M", "rnn_lm", "see unroll list"},
     {"task", "T", "names", "see unroll list"},
     {"from", "FILE", NULL, "go on from a snapshot, or begin with these weights, or PyTorch's"},
     {"steps", "N", NULL, "updates; the same as --set steps=N; with --from, more"},
     {"seed", "S", NULL, "of everything that is random"},
     {"set", "KEY=VALUE", NULL, "a setting; may be given many times"},
     {"corpus", "FILE", NULL, "lines of your own, for --task lines"},
     {"out", "FILE", NULL, "write the weights (safetensors)"},
     {"snapshot", NULL, NULL, "write the optimiser and the place in training too"},
     {"baselines", NULL, NULL, "also train the windows, to compare with"},
     CLI_PYTORCH}};
