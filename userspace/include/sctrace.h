/* SPDX-License-Identifier: MIT */
/*
 * sctrace.h - what every process on a Linux machine asks of the kernel
 *
 * The public interface of libsctrace.  Include it alone; link with -lsctrace (pkg-config sctrace).
 *
 * A session delivers events in batches, ordered by time over all CPUs; one whose task was held up
 * in the kernel for more than 2 ms while it was written may come late.  Events, and all pointers
 * got from one, are owned by the session and valid until the next sct_next() or sct_close().
 * The library never prints, never exits and installs no signal handler.  A session may be used
 * by one thread at a time; sct_stop() may be called from anywhere, signal handlers included.
 *
 * Functions return 0 or more, or a negative errno.  After a failed call sct_strerror() has a
 * sentence that names cause and remedy.
 */
#ifndef SCTRACE_H
#define SCTRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the tables ---- */

/**
 * struct sct_param_info - one parameter of an event
 * @name:   as in JSON and text output
 * @type:   token of the type, e.g. "FD"; sct_type_info() says more
 * @result: this is what the call returned
 */
struct sct_param_info {
	const char *name;
	const char *type;
	bool result;
};

/**
 * struct sct_event_info - one row of the event table
 * @id:       number of the event on the wire; only good for the same digest
 * @name:     e.g. "openat"; calls without a row of their own arrive as event "syscall"
 * @category: e.g. "file"
 * @is_call:  a system call (entry and exit), not another tracepoint
 * @by_default: part of the selection when the user makes none
 * @nparams:  number of @params
 * @params:   in the order of the record
 */
struct sct_event_info {
	unsigned id;
	const char *name;
	const char *category;
	bool is_call;
	bool by_default;
	unsigned nparams;
	const struct sct_param_info *params;
};

/**
 * struct sct_type_info - one parameter type
 * @token:   e.g. "OPEN_FLAGS"
 * @format:  how it prints, e.g. "flags"
 * @size:    bytes of a scalar, or the most that data can have
 * @scalar:  fixed size
 * @symbols: name of its symbol set, or NULL
 * @doc:     one line
 */
struct sct_type_info {
	const char *token;
	const char *format;
	unsigned size;
	bool scalar;
	const char *symbols;
	const char *doc;
};

/**
 * struct sct_syscall_info - one system call
 * @name:   e.g. "openat"
 * @event:  the event that it arrives as; several calls may have one.  Calls through other ABIs that it
 *          does not decode arrive as event "syscall"
 * @nr:     its number for each ABI (x86-64, i386, arm64), or -1
 * @enter:  the record at entry is part of the default selection
 */
struct sct_syscall_info {
	const char *name;
	const struct sct_event_info *event;
	int nr[3];
	bool enter;
};

/* The rows by position, for enumeration: NULL behind the last. */
const struct sct_event_info *sct_event_at(unsigned i);
const struct sct_type_info *sct_type_at(unsigned i);
const struct sct_syscall_info *sct_syscall_at(unsigned i);

/* Look a row up by name (case matters); NULL when there is none. */
const struct sct_event_info *sct_event_by_name(const char *name);
const struct sct_type_info *sct_type_by_name(const char *token);
const struct sct_syscall_info *sct_syscall_by_name(const char *name);

/**
 * struct sct_set_info - a set of calls and other events, for selections
 * @name: as in struct sct_options, e.g. "%file"
 * @doc:  one line
 */
struct sct_set_info {
	const char *name;
	const char *doc;
};

/** sct_set_at - the sets by position: NULL behind the last */
const struct sct_set_info *sct_set_at(unsigned i);

/**
 * sct_word_has_call - does a word of a selection mean a call?
 * @word: a name, a pattern or a set, as in struct sct_options
 * @call: a row of the table
 */
bool sct_word_has_call(const char *word, const struct sct_syscall_info *call);

/** sct_word_has_event - the same for events; those of calls are meant by no word */
bool sct_word_has_event(const char *word, const struct sct_event_info *event);

/**
 * sct_symbol_at - the symbols of a set by position
 * @set: name of the set, from struct sct_type_info; NULL is a set without symbols
 * @i: position from 0
 * @value: where the value goes, may be NULL
 * Return: the symbol's name, or NULL behind the last or for an unknown set
 */
const char *sct_symbol_at(const char *set, unsigned i, uint64_t *value);

/** sct_version - version of the library, e.g. "0.1.0" */
const char *sct_version(void);

/** sct_digest - number that changes with the tables; kernel side and library must agree on it */
uint64_t sct_digest(void);

/* ---- sessions ---- */

struct sct_session;
struct sct_event;

enum sct_log_level { SCT_LOG_ERROR, SCT_LOG_WARN, SCT_LOG_INFO, SCT_LOG_DEBUG };

/**
 * typedef sct_log_fn - receives the library's messages
 * @ctx: the pointer given in struct sct_options
 * @level: how bad
 * @msg: one line without a newline
 */
typedef void (*sct_log_fn)(void *ctx, enum sct_log_level level, const char *msg);

enum sct_results { SCT_RESULTS_ANY, SCT_RESULTS_SUCCESS, SCT_RESULTS_ERROR };

/**
 * struct sct_options - what to trace, and how; zero means the default everywhere
 * @sz:        sizeof(struct sct_options), always
 * @backend:   "kmod", the kernel module; "ebpf"; or "auto" (default), the first of them that works.
 *             @log is told at level SCT_LOG_INFO which one it is, and why
 * @events:    what to trace, comma-separated words.  A word is the name of a system call or another
 *             event, a pattern of them (* ? []), a set (sct_set_at()), "all" or "none"; behind a "?"
 *             it may also mean nothing.  A "!" before a word takes out what it and all words behind
 *             it mean: of the words before, or of the default where it is the first.  Events that are
 *             not part of the default are meant by a pattern or set only when nothing else is.
 *             Default: "all", which is everything but what is too frequent.
 * @enter:     also records at entry, for all selected calls
 * @snaplen:   bytes kept of each data buffer; 80 by default, at most 16384
 * @ring_size: bytes of ring per CPU, rounded up to a power of two; 4 MiB by default
 * @pids:      trace only these processes and all that descend from them; ids in the initial pid
 *             namespace
 * @npids:     number of @pids; 0 with @armed 0 traces the whole machine
 * @armed:     trace this process (and what it starts) from its next execve on
 * @perf_buffer: use perf buffers also where the kernel has BPF ring buffers
 * @btf:       file with the kernel's BTF, where the kernel does not offer its own
 * @bpf_object: use this BPF object file instead of the built-in one; each of these three chooses
 *             backend "ebpf"
 * @log:       receives messages; default: none
 * @log_ctx:   handed to @log
 * @durations: see sct_event_duration()
 * @argv_max:  bytes kept of the arguments of a program that is executed, and of its environment; 4096 by
 *             default, at most 16384.  By default, 256 where the call fails, and at entry
 * @files:     see sct_event_file()
 * @snapshot:  see sct_event_changed(); excludes @results
 * @file_details: the same with what devices and sockets are; implies @files
 * @results:   of the calls only those that succeeded or only those that failed; none at entry then
 *
 * The caller, and all that it starts while the session is open and that is not traced by @pids or
 * @armed, is never traced.
 */
struct sct_options {
	size_t sz;
	const char *backend;
	const char *events;
	bool enter;
	unsigned snaplen;
	size_t ring_size;
	const pid_t *pids;
	unsigned npids;
	pid_t armed;
	bool perf_buffer;
	const char *btf;
	const char *bpf_object;
	sct_log_fn log;
	void *log_ctx;
	enum sct_results results;
	bool durations;
	unsigned argv_max;
	bool files;
	bool snapshot;
	bool file_details;
};

/**
 * sct_open - start tracing
 * @session: where the session goes; set also on failure, for sct_strerror(), unless memory is short
 * @options: what to trace; may be NULL
 * Return: 0; -EINVAL (option), -ENOENT (name of an event), -EPERM (privileges), -ENOTSUP (this
 * kernel), -ENODEV (no kernel module), -ENXIO (its device file is missing), -EPROTO (a module of
 * other tables), -ESRCH (pid), -ENOMEM, or another errno.  The session must be closed in any case.
 */
int sct_open(struct sct_session **session, const struct sct_options *options);

/**
 * sct_next - wait for the next batch of events
 * @session: the session
 * @events: where the array of events goes
 * @timeout_ms: how long to wait at most, -1 for ever
 * Return: number of events; 0 after the timeout, after a signal that was handled, or when a
 * stopped session is drained; or a negative errno
 */
ssize_t sct_next(struct sct_session *session, const struct sct_event *const **events,
		 int timeout_ms);

/**
 * sct_stop - detach from the kernel; what is in the rings can still be read
 * @session: the session
 *
 * Safe in signal handlers.  sct_next() delivers what is left, then returns 0 at once: see
 * sct_drained().
 */
void sct_stop(struct sct_session *session);

/** sct_drained - true when a stopped session has nothing more to deliver */
bool sct_drained(const struct sct_session *session);

/**
 * sct_traced - how many processes of the scope (pids, armed and what they started) still live
 * @session: the session
 * Return: the number; a negative errno for a session of the whole machine
 */
int sct_traced(const struct sct_session *session);

/** sct_close - end the session and free it; NULL is allowed */
void sct_close(struct sct_session *session);

/** sct_strerror - why the last call on the session failed: one line, never NULL */
const char *sct_strerror(const struct sct_session *session);

/** sct_backend - name of the backend in use, "kmod" or "ebpf"; NULL when none is open */
const char *sct_backend(const struct sct_session *session);

#define SCT_DROP_REASONS 8	/* room for reasons in struct sct_stats */

/**
 * struct sct_stats - counters; seen = filtered + delivered + all of dropped
 * @sz: sizeof(struct sct_stats), set by the caller
 * @seen: records that were due for an event that was asked for
 * @filtered: not in scope
 * @delivered: handed to the ring
 * @dropped: lost, by reason; sct_drop_reason() names them
 * @missed: calls of the probe that the kernel itself skipped, before they could be seen (whole
 *          session only; never with backend "kmod")
 * @lost_seen: losses that sct_next() has noticed as gaps so far (whole session only)
 */
struct sct_stats {
	size_t sz;
	uint64_t seen;
	uint64_t filtered;
	uint64_t delivered;
	uint64_t dropped[SCT_DROP_REASONS];
	uint64_t missed;
	uint64_t lost_seen;
};

/* For sct_stats(): all CPUs, all events. */
#define SCT_ALL_CPUS   -1
#define SCT_ALL_EVENTS -1

/**
 * sct_stats - the counters now
 * @session: the session
 * @cpu: a CPU, or SCT_ALL_CPUS
 * @event: id of an event, or SCT_ALL_EVENTS
 * @stats: filled; @stats->sz set by the caller
 * Return: 0; -EINVAL for a CPU, an event or a size that there is not; or another negative errno
 */
int sct_stats(struct sct_session *session, int cpu, int event, struct sct_stats *stats);

/** sct_drop_reason - text of a reason, e.g. "ring full"; NULL behind the last */
const char *sct_drop_reason(unsigned reason);

/* ---- events ---- */

enum sct_event_abi { SCT_EVENT_X86_64, SCT_EVENT_I386, SCT_EVENT_X32 };

/**
 * struct sct_task - what is known of the task that an event belongs to
 * @tid: thread id, @tgid: process id, @ppid: parent process: all in the initial pid namespace
 * @vtid: thread id, @vpid: process id in the task's own pid namespace
 * @uid: user id, @gid: group id, @loginuid: audit login uid, 4294967295 when not set
 * @start_time: CLOCK_BOOTTIME ns
 * @pidns: inode of the pid namespace; likewise @mntns, @netns, @userns
 * @comm: name, @exe: path of the executable, @cgroup: path; "" when not available
 */
struct sct_task {
	pid_t tid, tgid, ppid, vtid, vpid;
	uint32_t uid, gid, loginuid;
	uint64_t start_time;
	uint32_t pidns, mntns, netns, userns;
	const char *comm, *exe, *cgroup;
};

/* What an event is, and when and where it happened. */
const struct sct_event_info *sct_event_info(const struct sct_event *event);
const char *sct_event_name(const struct sct_event *event);	/* of a call, the call's own name */
bool sct_event_is_enter(const struct sct_event *event);
enum sct_event_abi sct_event_abi(const struct sct_event *event);
uint64_t sct_event_ts(const struct sct_event *event);		/* CLOCK_BOOTTIME, ns */
uint64_t sct_event_realtime(const struct sct_event *event);	/* CLOCK_REALTIME, ns */
unsigned sct_event_cpu(const struct sct_event *event);

/**
 * sct_event_seq - number of an event among those of its CPU
 *
 * It grows by 1 with each event, and by what sct_event_lost() returns with a loss: a gap is a loss, and
 * nothing else is.  A loss has the number of the first event that is missing.  An event that no ring had
 * (cpu_hotplug) has the number that the next event will have.
 */
uint64_t sct_event_seq(const struct sct_event *event);

pid_t sct_event_tid(const struct sct_event *event);
pid_t sct_event_tgid(const struct sct_event *event);
uint64_t sct_event_cgroup_id(const struct sct_event *event);

/** sct_event_task - the task that the event belongs to; NULL when its record was lost */
const struct sct_task *sct_event_task(const struct sct_event *event);

/**
 * sct_event_duration - how long a call took, ns
 * @event: the event
 * Return: the time between its entry and its return; -1 when that is not known: durations were not asked
 * for, the event is no return of a call, or the call began before the session.  Where the kernel skips the
 * eBPF probe (sct_stats.missed) it may be that of two calls.
 */
int64_t sct_event_duration(const struct sct_event *event);

/**
 * sct_event_shown - the number of a call, as a tracer changed it
 * @event: the event
 * @nr: where the number goes that the process showed when the call ended; -1 is the number of no call
 * @call: where the call of that number goes; NULL for none
 *
 * In execve(2), execveat(2), fork(2), vfork(2), clone(2) and clone3(2) a process stops for its tracer, see
 * PTRACE_O_TRACEEXEC in ptrace(2), which may change that number.  The event is that of the call which the
 * process made.  Its arguments come from registers and memory, which the tracer may have changed as well.
 *
 * Return: 0, or -ENOENT: the number was not changed.
 */
int sct_event_shown(const struct sct_event *event, int64_t *nr, const struct sct_syscall_info **call);

/** sct_event_lost - for an event "loss": how many records of its CPU are missing here; else 0 */
uint64_t sct_event_lost(const struct sct_event *event);

enum sct_value_kind {
	SCT_VALUE_NONE,		/* not available */
	SCT_VALUE_INT,		/* i; u has the same bits, zero-extended from the type's size */
	SCT_VALUE_UINT,		/* u; also signal sets, bit n - 1 is signal n */
	SCT_VALUE_STRING,	/* data, len without the NUL */
	SCT_VALUE_STRINGS,	/* data, len: strings, each with its NUL */
	SCT_VALUE_BYTES,	/* data, len; size is what the program passed or got */
	SCT_VALUE_ADDRESS,	/* data, len: a struct sockaddr */
	SCT_VALUE_ADDRESSES,	/* data, len: local struct sockaddr; peer, peer_len: remote one */
	SCT_VALUE_STRUCTS,	/* data, len: structs as the program's ABI has them, size of them in the
				   program; of a timespec also i, the seconds, and u, the nanoseconds */
	SCT_VALUE_MESSAGES,	/* see sct_event_message(); size is how many there are in the program */
};

/**
 * struct sct_value - one parameter, typed
 * @sz: sizeof(struct sct_value), set by the caller
 * @kind: says which of the others hold
 * @cut: the program's value is longer than what is here
 * @faulted: the program's memory could not be read
 */
struct sct_value {
	size_t sz;
	enum sct_value_kind kind;
	bool cut;
	bool faulted;
	int64_t i;
	uint64_t u;
	const void *data;
	size_t len;
	uint64_t size;
	const void *peer;
	size_t peer_len;
};

/**
 * sct_event_value - a parameter of an event
 * @event: the event
 * @param: index, below the nparams of its sct_event_info()
 * @value: filled; @value->sz set by the caller; data points into the event
 * Return: 0, or -EINVAL for an index that the event does not have
 */
int sct_event_value(const struct sct_event *event, unsigned param, struct sct_value *value);

/** sct_event_arg - like sct_event_value(), by parameter name; -ENOENT when there is none */
int sct_event_arg(const struct sct_event *event, const char *name, struct sct_value *value);

/**
 * sct_event_field - a field of a parameter of kind SCT_VALUE_STRUCTS, or of one that is such by the command
 * @event: the event
 * @param: index of the parameter
 * @element: index of the struct, 0 where there is one alone
 * @field: index of the field
 * @name: where its name goes, as in JSON
 * @value: filled, like that of a parameter; @value->sz set by the caller
 * Return: 0; -ENOENT behind the last struct or the last field, and for what has no fields; -EINVAL for a
 * parameter that the event does not have
 */
int sct_event_field(const struct sct_event *event, unsigned param, unsigned element, unsigned field,
		    const char **name, struct sct_value *value);

/**
 * struct sct_message - a message of a vector of them
 * @sz: sizeof(struct sct_message), set by the caller
 * @addr: its address; @data: its content, and @control, its ancillary data: as parameters of such types
 * @flags: of one that was received, MSG_*; @len: bytes of it that were sent or received
 * What is not known is of kind SCT_VALUE_NONE.
 */
struct sct_message {
	size_t sz;
	struct sct_value addr, data, control, flags, len;
};

/**
 * sct_event_message - a message of a parameter of kind SCT_VALUE_MESSAGES
 * @event: the event
 * @param: index of the parameter
 * @i: index of the message
 * @message: filled; @message->sz set by the caller
 * Return: 0; -ENOENT behind the last that the event has, and for what has no messages; -EINVAL for a
 * parameter that the event does not have
 */
int sct_event_message(const struct sct_event *event, unsigned param, unsigned i,
		      struct sct_message *message);

/**
 * struct sct_file - the file behind a descriptor
 * @sz: sizeof(struct sct_file), set by the caller
 * @path: from the root of the mount namespace; "/[eventfd]" for a file without a name in any directory, ""
 *        for sockets and pipes
 * @cut: the path lacks its begin
 * @deleted: no path leads to the file any more
 * @dev: its device, @ino: its inode, @fs: magic number of its file system, as statfs(2) tells it; all 0 for
 *        the working directory that AT_FDCWD means
 * @device: 'b' for a block, 'c' for a character device, of which @number is the number, like @dev
 * @family: of a socket, as socket(2) takes it; also @type and @protocol
 * @local: its address, a struct sockaddr of @local_len bytes; of AF_UNIX, AF_INET and AF_INET6
 * @remote: that of what it is connected to, of @remote_len bytes, 0 for none
 * @peer: inode of the socket that one of AF_UNIX is connected to; 0: of none, or not accepted yet
 * @port: of a socket of AF_NETLINK; 0: it has none yet
 *
 * All behind @fs is 0 for other files, and without struct sct_options.file_details.
 */
struct sct_file {
	size_t sz;
	const char *path;
	bool cut, deleted;
	uint32_t dev;
	uint64_t ino, fs;
	char device;
	unsigned number;
	unsigned family, type, protocol;
	const void *local, *remote;
	unsigned local_len, remote_len;
	uint64_t peer;
	unsigned port;
};

/**
 * sct_event_file - the file of a parameter that is a descriptor, as the kernel had it in that moment
 * @event: the event
 * @param: index of the parameter, which may be the result
 * @file: filled; @file->sz set by the caller
 * Return: 0; -ENOENT when it is not known: not asked for (struct sct_options), no descriptor, not open;
 * -EINVAL for a parameter that the event does not have
 */
int sct_event_file(const struct sct_event *event, unsigned param, struct sct_file *file);

/**
 * sct_event_changed - did the program's memory change while the kernel was at work for it?
 * @event: the end of a call
 * @param: index of the parameter: a string, data or an address in the program's memory
 * @before: filled with what it was when the call began; @before->sz set by the caller
 * Return: 0; -ENOENT when it did not, or that is not known: not asked for (struct sct_options), no such
 * parameter, not readable at both times, the record of the entry lost; -EINVAL for a parameter that the
 * event does not have
 */
int sct_event_changed(const struct sct_event *event, unsigned param, struct sct_value *before);

/* ---- output ---- */

enum sct_time { SCT_TIME_ABSOLUTE, SCT_TIME_RELATIVE, SCT_TIME_DELTA, SCT_TIME_NONE };

/**
 * struct sct_print_options - how events print
 * @sz: sizeof(struct sct_print_options), set by the caller
 * @json: one JSON object a line, instead of text
 * @colour: ANSI colours in text
 * @time: how time prints in text; the first event printed is the origin of SCT_TIME_RELATIVE
 * @details: text also with what only repeats or deepens the rest: memory use, the environment, ...
 * @max_string: bytes of a string or buffer in text, 0 for 4096 and the snaplen
 */
struct sct_print_options {
	size_t sz;
	bool json;
	bool colour;
	enum sct_time time;
	bool details;
	unsigned max_string;
};

struct sct_printer;

/** sct_printer_new - a printer, owned by the caller; options may be NULL; NULL when memory is short */
struct sct_printer *sct_printer_new(const struct sct_print_options *options);

/** sct_printer_free - NULL is allowed */
void sct_printer_free(struct sct_printer *printer);

/**
 * sct_print - format one event
 * @printer: from sct_printer_new(); owns the text until its next use
 * @event: the event
 * @len: where the length goes, without the NUL
 * Return: the line, with its newline; NULL when memory is short
 */
const char *sct_print(struct sct_printer *printer, const struct sct_event *event, size_t *len);

/* ---- what this machine offers: see also `sctrace doctor` ---- */

/**
 * struct sct_module - the kernel module that is loaded
 * @sz: sizeof(struct sct_module), set by the caller
 * @version: "" when it does not say
 * @digest: of its tables, 0 when it does not say; the backend "kmod" wants that of sct_digest()
 */
struct sct_module {
	size_t sz;
	char version[32];
	uint64_t digest;
};

/**
 * sct_module_loaded - is there a module, and whose?  Needs no privileges.
 * @module: filled; @module->sz set by the caller
 * Return: 0; -ENODEV when none is loaded; -EINVAL for a size that there is not
 */
int sct_module_loaded(struct sct_module *module);

/**
 * sct_missing - an event that was asked for, and that this kernel does not deliver
 * @session: the session
 * @i: position from 0
 * @program: where the name of the BPF program goes that the kernel's verifier refuses
 * Return: the event, or NULL behind the last
 */
const struct sct_event_info *sct_missing(const struct sct_session *session, unsigned i,
					 const char **program);

/**
 * sct_rings - the memory that a session's records wait in
 * @session: the session
 * @size: where the bytes of each ring go
 * Return: number of rings, one for each CPU that is online
 */
unsigned sct_rings(const struct sct_session *session, size_t *size);

#ifdef __cplusplus
}
#endif
#endif
