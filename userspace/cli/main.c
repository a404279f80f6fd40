// SPDX-License-Identifier: MIT
/* The sctrace command: options. */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cli.h"

enum { OPT_ENTER = 256, OPT_BACKEND, OPT_PERF, OPT_BTF, OPT_OBJECT, OPT_COLOUR,
       OPT_ARGV, OPT_SNAPSHOT, OPT_FDS };

static const struct argp_option options[] = {
	{ NULL, 0, NULL, 0, "What to trace:", 1 },
	{ "events", 'e', "LIST", 0, "only these system calls and events: names, patterns and sets (%file), comma-separated; all but these with a leading '!'", 1 },
	{ "pid", 'p', "PID,...", 0, "these running processes and what they start", 1 },
	{ "successful-only", 'z', NULL, 0, "of the calls only those that succeed", 1 },
	{ "failed-only", 'Z', NULL, 0, "of the calls only those that fail", 1 },
	{ "syscall-times", 'T', NULL, 0, "how long each call took; with stat: sums by call", 1 },
	{ "enter", OPT_ENTER, NULL, 0, "also a record when a call begins", 1 },
	{ NULL, 'y', NULL, 0, "the files of descriptors; with -yy also which devices and what sockets they are", 1 },
	{ "decode-fds", OPT_FDS, "WHAT", OPTION_ARG_OPTIONAL, "path, like -y (default), all, like -yy, or none", 1 },
	{ "snapshot", OPT_SNAPSHOT, NULL, 0, "tell when the memory that a call is given changes meanwhile", 1 },
	{ NULL, 0, NULL, 0, "Output:", 2 },
	{ "json", 'j', NULL, 0, "one JSON object a line", 2 },
	{ "time", 't', "HOW", 0, "absolute (default), relative, delta or none", 2 },
	{ "output", 'o', "FILE", 0, "write to FILE instead of standard output", 2 },
	{ "file-size", 'C', "SIZE", 0, "with -o: begin another file when one has SIZE bytes, or K, M, G; FILE.1 is the one before", 2 },
	{ "file-count", 'W', "N", 0, "with -C: keep N files (default 10)", 2 },
	{ "files", 0, NULL, OPTION_ALIAS | OPTION_HIDDEN, NULL, 2 },	/* the former name: -y shows files, this does not */
	{ "snaplen", 's', "N", 0, "keep N bytes of each data buffer (default 80, at most 16384)", 2 },
	{ "argv-max", OPT_ARGV, "SIZE", 0, "keep SIZE bytes, or K, of a new program's arguments and of its environment (default 4K, at most 16K)", 2 },
	{ "colour", OPT_COLOUR, "WHEN", 0, "auto (default), always or never", 2 },
	{ "color", OPT_COLOUR, "WHEN", OPTION_ALIAS, NULL, 2 },
	{ "quiet", 'q', NULL, 0, "print neither the line when tracing begins nor the totals", 2 },
	{ "interval", 'i', "SECONDS", 0, "with stat: counters of each so many seconds", 2 },
	{ NULL, 0, NULL, 0, "Kernel side:", 3 },
	{ "ring-size", 'b', "SIZE", 0, "bytes of buffer per CPU, with K, M or G (default 4M)", 3 },
	{ "backend", OPT_BACKEND, "NAME", 0, "auto (default): kmod, else ebpf", 3 },
	{ "perf-buffer", OPT_PERF, NULL, 0, "use perf buffers also where there are BPF ring buffers", 3 },
	{ "btf", OPT_BTF, "FILE", 0, "the kernel's type information, where it gives none itself", 3 },
	{ "bpf-object", OPT_OBJECT, "FILE", 0, "BPF object instead of the built-in one", 3 },
	{ NULL, 0, NULL, 0, "Other:", -1 },
	{ "verbose", 'v', NULL, 0, "all parameters in text, and what is decided and why", -1 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, -1 },
	{ 0 }
};

static const char doc[] =
	"Show what processes ask of the kernel: system calls with their arguments, and the life of processes."
	"\vWithout COMMAND and -p the whole machine is traced, except sctrace and its children.\n\n"
	"'sctrace stat' traces in the same way, and counts instead of printing events.\n\n"
	"'sctrace doctor' tells whether tracing works here, which backends there are, and why one is not to be had.\n\n"
	"'sctrace list events|syscalls|sets|types' and 'sctrace list event NAME' show what there is; with -j as JSON.";

static void *grow(void *p, size_t size)
{
	p = realloc(p, size);
	if (!p) {
		complain("out of memory");
		exit(EXIT_OS);
	}
	return p;
}

/* As users of strace write it: "trace=LIST". */
static const char *without_qualifier(struct argp_state *state, const char *list)
{
	const size_t n = strcspn(list, "=");

	if (!list[n])
		return list;
	if (strncmp(list, "trace", n) && strncmp(list, "t", n))
		argp_error(state, "-e: '%.*s=' is not known here; -e takes names, patterns and sets of system calls and events",
			   (int)n, list);
	return list + n + 1;
}

/* Append one more -e. */
static void add_events(struct argp_state *state, struct arguments *args, const char *list)
{
	size_t have = args->events ? strlen(args->events) : 0;

	list = without_qualifier(state, list);
	if (!*list || !strcmp(list, "!"))
		argp_error(state, "-e: the list of events is empty");
	args->events = grow(args->events, have + strlen(list) + 2);
	if (have)
		args->events[have++] = ',';
	strcpy(args->events + have, list);
}

/* A whole number, with a unit if units allows it. */
static unsigned long number(struct argp_state *state, const char *what, const char *text, bool units)
{
	unsigned long n, unit = 1;
	char *end;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (units && end > text && *end && !end[1]) {
		unit = strchr("kK", *end) ? 1ul << 10 : strchr("mM", *end) ? 1ul << 20 :
		       strchr("gG", *end) ? 1ul << 30 : 0;
		end += !!unit;
	}
	if (errno || end == text || *end || *text == '-' || n > (1ul << 40) / unit)
		argp_error(state, "%s: '%s' is not a %s", what, text, units ? "size" : "number");
	return n * unit;
}

static double seconds(struct argp_state *state, const char *text)
{
	char *end;
	double n = strtod(text, &end);

	if (end == text || *end || !(n >= 0.01 && n <= 86400))
		argp_error(state, "-i: '%s' is not a number of seconds from 0.01 to 86400", text);
	return n;
}

static void add_pids(struct argp_state *state, struct arguments *args, char *list)
{
	unsigned long pid;
	char *next, *one;

	for (one = strtok_r(list, ",", &next); one; one = strtok_r(NULL, ",", &next)) {
		pid = number(state, "-p", one, false);
		if (!pid || pid > INT_MAX)
			argp_error(state, "-p: '%s' is not a process id", one);
		args->pids = grow(args->pids, (args->opt.npids + 1) * sizeof(*args->pids));
		args->pids[args->opt.npids++] = pid;
	}
	if (!args->opt.npids)
		argp_error(state, "-p: no process id given");
	args->opt.pids = args->pids;
}

/* Position of text in a NULL-terminated list of words. */
static int word(struct argp_state *state, const char *what, const char *text,
		const char *const *words)
{
	int i;

	for (i = 0; words[i]; i++)
		if (!strcmp(text, words[i]))
			return i;
	argp_error(state, "%s: '%s' is none of %s, %s, %s%s%s", what, text, words[0], words[1],
		   words[2], words[3] ? ", " : "", words[3] ? words[3] : "");
	return 0;
}

enum { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* By itself on a terminal, unless the user wants none anywhere: no-color.org. */
static bool use_colour(const struct arguments *args)
{
	const char *no = getenv("NO_COLOR");

	if (args->colour != COLOUR_AUTO)
		return args->colour == COLOUR_ALWAYS;
	return !args->output && isatty(STDOUT_FILENO) && !(no && *no);
}

static void check_doctor(struct argp_state *state, const struct arguments *args)
{
	const char *backend = args->opt.backend;

	if (args->command || args->opt.npids || args->events || args->output || args->quiet ||
	    args->opt.enter || args->opt.snaplen || args->print.time)
		argp_error(state, "doctor takes no command, and of the options --backend, -b, -j, -v, --colour and those for eBPF");
	if (backend && strcmp(backend, "auto") != 0 && strcmp(backend, "kmod") != 0 && strcmp(backend, "ebpf") != 0)
		argp_error(state, "unknown backend '%s'; there are auto, kmod and ebpf", backend);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	static const char *const times[] = { "absolute", "relative", "delta", "none", NULL };
	static const char *const colours[] = { "auto", "always", "never", NULL };
	static const char *const decoded[] = { "none", "path", "all", NULL };
	struct arguments *args = state->input;
	unsigned long n;

	switch (key) {
	case 'e':
		add_events(state, args, arg);
		break;
	case 'p':
		add_pids(state, args, arg);
		break;
	case 'T':
		args->opt.durations = true;
		break;
	case 'z':
	case 'Z':
		n = key == 'Z' ? SCT_RESULTS_ERROR : SCT_RESULTS_SUCCESS;
		if (args->opt.results && args->opt.results != n)
			argp_error(state, "-z and -Z exclude each other");
		args->opt.results = n;
		break;
	case 'j':
		args->print.json = true;
		break;
	case 't':
		args->print.time = word(state, "-t", arg, times);
		break;
	case 'o':
		args->output = arg;
		break;
	case 'C':
		args->file_size = number(state, "-C", arg, true);
		if (!args->file_size)
			argp_error(state, "-C: the files must have a size");
		break;
	case 'W':
		n = number(state, "-W", arg, false);
		if (!n || n > 100000)
			argp_error(state, "-W: the number of files must be 1 to 100000");
		args->files = n;
		break;
	case 's':
		n = number(state, "-s", arg, false);
		if (!n || n > 16384)
			argp_error(state, "-s: the snaplen must be 1 to 16384");
		args->opt.snaplen = n;
		break;
	case 'b':
		args->opt.ring_size = number(state, "-b", arg, true);
		if (!args->opt.ring_size)
			argp_error(state, "-b: the ring must have a size");
		break;
	case OPT_ARGV:
		n = number(state, "--argv-max", arg, true);
		if (!n || n > 16384)
			argp_error(state, "--argv-max: the size must be 1 to 16384");
		args->opt.argv_max = n;
		break;
	case 'q':
		args->quiet = true;
		break;
	case 'v':
		args->verbose = true;
		args->print.details = true;
		break;
	case 'i':
		args->interval = seconds(state, arg);
		break;
	case 'h':
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
		break;
	case 'y':
		args->opt.file_details = args->opt.files;
		args->opt.files = true;
		break;
	case OPT_FDS:
		n = arg ? word(state, "--decode-fds", arg, decoded) : 1;
		args->opt.files = n;
		args->opt.file_details = n == 2;
		break;
	case OPT_SNAPSHOT:
		args->opt.snapshot = true;
		break;
	case OPT_ENTER:
		args->opt.enter = true;
		break;
	case OPT_BACKEND:
		args->opt.backend = arg;
		break;
	case OPT_PERF:
		args->opt.perf_buffer = true;
		break;
	case OPT_BTF:
		args->opt.btf = arg;
		break;
	case OPT_OBJECT:
		args->opt.bpf_object = arg;
		break;
	case OPT_COLOUR:
		args->colour = word(state, "--colour", arg, colours);
		break;
	case ARGP_KEY_ARGS:
		args->command = state->argv + state->next;
		state->next = state->argc;
		break;
	case ARGP_KEY_END:
		if (args->command && args->opt.npids)
			argp_error(state, "a command and -p exclude each other");
		if (args->opt.results && (args->opt.enter || args->opt.snapshot))
			argp_error(state, "--%s excludes -z and -Z: at entry there is no result yet",
				   args->opt.enter ? "enter" : "snapshot");
		if (args->interval && !args->stat)
			argp_error(state, "-i is for 'sctrace stat'");
		if (args->file_size && (!args->output || args->stat))
			argp_error(state, "-C wants a file for events, -o");
		if (args->files && !args->file_size)
			argp_error(state, "-W wants a size of the files, -C");
		if (!args->files)
			args->files = 10;
		if (args->doctor)
			check_doctor(state, args);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static void print_version(FILE *stream, struct argp_state *state)
{
	(void)state;
	fprintf(stream, "sctrace %s (tables %016llx)\n", sct_version(),
		(unsigned long long)sct_digest());
}

/* If the caller has closed one of the first three descriptors, no file of ours may take its number. */
static void keep_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		options, parse, "[-- COMMAND [ARG...]]\n-p PID,...\nstat [-- COMMAND [ARG...]]\ndoctor\nlist WHAT [-j]", doc, NULL, NULL, NULL,
	};
	struct arguments args = {
		.opt.sz = sizeof(args.opt), .print.sz = sizeof(args.print),
	};
	int status;

	keep_standard_files();
	if (argc > 1 && !strcmp(argv[1], "list"))
		return list_main(argc - 1, argv + 1);
	args.stat = argc > 1 && !strcmp(argv[1], "stat");
	args.doctor = argc > 1 && !strcmp(argv[1], "doctor");
	if (args.stat || args.doctor) {
		argv[1] = argv[0];
		argc--;
		argv++;
	}
	argp_program_version_hook = print_version;
	argp_err_exit_status = EXIT_USAGE;
	if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &args))
		return EXIT_INTERNAL;
	args.opt.events = args.events;
	args.print.colour = use_colour(&args);
	status = args.doctor ? doctor(&args) : trace(&args);
	free(args.events);
	free(args.pids);
	return status;
}
