// SPDX-License-Identifier: MIT
/* What a command and all that it starts open, and what comes of it: sudo ./example ls / */
#include <sctrace.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void print(const struct sct_event *event)
{
	struct sct_value name = { .sz = sizeof(name) }, fd = { .sz = sizeof(fd) };

	if (sct_event_lost(event))
		printf("%llu events are missing here\n", (unsigned long long)sct_event_lost(event));
	if (sct_event_arg(event, "name", &name) || sct_event_arg(event, "fd", &fd) || !name.data)
		return;
	printf("%d %.*s = %lld\n", sct_event_tid(event), (int)name.len, (const char *)name.data,
	       (long long)fd.i);
}

int main(int argc, char **argv)
{
	struct sct_options options = { .sz = sizeof(options), .events = "openat" };
	const struct sct_event *const *events;
	struct sct_session *session;
	int go[2], status = 1;
	ssize_t n, i;
	char c;

	if (argc < 2 || pipe(go))
		return 64;
	options.armed = fork();
	if (!options.armed) {	/* the command waits for the session; its execve is the first event */
		close(go[1]);
		n = read(go[0], &c, 1);
		close(go[0]);
		if (n == 1)
			execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (sct_open(&session, &options)) {
		fprintf(stderr, "%s\n", sct_strerror(session));
		sct_close(session);
		return 1;
	}
	if (write(go[1], "", 1) != 1)
		return 1;
	while (!sct_drained(session) && (n = sct_next(session, &events, 100)) >= 0) {
		for (i = 0; i < n; i++)
			print(events[i]);
		if (options.armed && waitpid(options.armed, &status, WNOHANG) > 0)
			options.armed = 0;
		if (!options.armed && !sct_traced(session))
			sct_stop(session);
	}
	sct_close(session);
	return WEXITSTATUS(status);
}
