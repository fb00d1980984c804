/* cli/cli.h: the `unroll` command as a function. Files, clock and terminal belong to a host, so that the same
 * command runs natively and as WebAssembly. */
#ifndef UNROLL_CLI_CLI_H
#define UNROLL_CLI_CLI_H

#include "unroll/status.h"

typedef struct ur_host {
  void *context;       /* handed to every function */
  const char *runtime; /* "native", "node": named in the lines of bench */
  /* Appends the whole file; 1 where that worked. */
  int (*read_file)(void *context, const char *path, ur_buffer *out);
  int (*write_file)(void *context, const char *path, ur_bytes data);
  void (*print)(void *context, int stream, const char *text, size_t size); /* 1: stdout, 2: stderr */
  double (*clock_ms)(void *context);                                       /* monotonic */
  int (*is_terminal)(void *context, int stream);
} ur_host;

/* Exit code: 0; 1 for a claim or a gradient check that does not hold; 2 for everything that cannot be done,
 * after one line on stderr that says why. argv[0] is not looked at. */
int ur_cli_main(int argc, const char *const *argv, const ur_host *host);

#endif
