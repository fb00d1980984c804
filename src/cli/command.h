/* cli/command.h: what a subcommand is given, and the helpers they share. */
#ifndef UNROLL_CLI_COMMAND_H
#define UNROLL_CLI_COMMAND_H

#include "cli.h"
#include "unroll/train.h"

#define CLI_OPTIONS 20
#define CLI_SETS    64
#define CLI_KEY     64

enum { CLI_OK = 0, CLI_FALSE = 1, CLI_ERROR = 2 };

typedef struct cli_option {
  const char *name;     /* "steps"; "set" may be given many times */
  const char *argument; /* "N"; NULL for a flag */
  const char *def;      /* NULL: none */
  const char *help;
} cli_option;

typedef struct cli cli;
typedef struct cli_command {
  const char *name, *operand /* "[ID]", or NULL */, *help;
  int (*run)(cli *c);
  cli_option options[CLI_OPTIONS]; /* ended by one without a name; --json and --help are everybody's */
} cli_command;

struct cli {
  const ur_host *host;
  const cli_command *command;
  const char *values[CLI_OPTIONS]; /* by row; a flag that was given is "" */
  const char *sets[CLI_SETS];      /* "key=value" */
  const char *operand;
  int set_count, json;
};

extern const cli_command cli_list, cli_train, cli_eval, cli_sample, cli_trace, cli_export, cli_steps,
    cli_study, cli_gradcheck, cli_claim, cli_bench;

/* The value of an option of this command, its default, or NULL. */
const char *cli_value(const cli *c, const char *name);
int cli_given(const cli *c, const char *name); /* on the command line, whatever its default */
/* The i-th --set: its key, and its value returned; NULL after an error line. */
const char *cli_set(const cli *c, int i, char key[CLI_KEY]);
/* As a number within limits; 0 after an error line. */
int cli_number(const cli *c, const char *name, double min, double max, double *out);

#if defined(__GNUC__)
#define CLI_PRINTF __attribute__((format(printf, 2, 3)))
#else
#define CLI_PRINTF
#endif
void cli_print(const cli *c, const char *format, ...) CLI_PRINTF;
/* "unroll: ..." on stderr; always CLI_ERROR. */
int cli_error(const cli *c, const char *format, ...) CLI_PRINTF;
int cli_last_error(const cli *c);                    /* the same with the core's last error */
void cli_write(const cli *c, const ur_buffer *line); /* a line of JSON on stdout, and its end */

/* Settings from --model, --task, --seed and --set, those of them that the command has. CLI_OK or CLI_ERROR.
 */
int cli_settings(const cli *c, ur_settings *out);
/* The file named by an option, appended; an option that was not given leaves `out` empty. */
int cli_read(const cli *c, const char *option, ur_buffer *out);
/* What was done with the tensors of a file, as lines on stderr; none where all are used as they are. */
void cli_tensors(const cli *c, const ur_tensors_read *tensors);
/* The file of weights named by an option, appended. One of PyTorch's becomes one of ours, with the options of
 * CLI_PYTORCH. */
int cli_weights(const cli *c, const char *option, ur_buffer *out);
#define CLI_PYTORCH                                                                                          \
  {"vocabulary", "FILE", NULL, "of PyTorch's weights: a JSON of their symbols, if not NAME.json"},           \
      {"start", "SYMBOL", NULL, "of PyTorch's weights: what a text begins with"},                            \
      {"end", "SYMBOL", NULL, "and ends with; an empty one: with nothing"},                                  \
      {"activation", "F", NULL, "of PyTorch's nn.RNN: tanh or relu"}, {                                      \
    "as", "M", NULL, "of PyTorch's weights: classifier, where the shapes would do for more"                  \
  }
/* The run in --weights, with the text in --corpus where there is one; says what was done with its tensors. */
int cli_load(const cli *c, ur_trainer **out);

/* How many sequences are trained on and unseen, how many different ones, and what a side lacks: as lines, or
 * as {"sequences":{...}}. */
void cli_sequences(const cli *c, const ur_trainer *trainer);
void cli_sequences_json(const ur_trainer *trainer, ur_buffer *out); /* the inner object, appended */

/* A bar on stderr where that is a terminal, redrawn at most ten times a second; fraction 1 clears it. */
typedef struct cli_bar {
  double started, drawn;
} cli_bar;
void cli_progress(const cli *c, cli_bar *bar, double fraction, const char *text);

/* trace --looked, trace --cached, trace --rolled, trace --covered and sample --draws, one line of JSON each.
 */
int cli_looked(const cli *c, ur_trainer *trainer, const char *text);
int cli_cached(const cli *c, ur_trainer *trainer, const char *text);
int cli_rolled(const cli *c, ur_trainer *trainer, const char *text);
int cli_covered(const cli *c, ur_trainer *trainer, const char *text);
int cli_draws(const cli *c, ur_trainer *trainer, const ur_sampling *how, uint64_t index, const char *prefix);
/* Numbers as a list of JSON. */
void cli_row(const float *row, int count, ur_buffer *line);

#endif
