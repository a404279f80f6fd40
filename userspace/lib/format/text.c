// SPDX-License-Identifier: MIT
/* Events as text, much as strace writes them; text_value.c has their values. */
#include "format.h"

#define COLOUR_NAME  "\033[36m"
#define COLOUR_ERROR "\033[31m"
#define COLOUR_LOSS  "\033[1;31m"
#define COLOUR_OFF   "\033[0m"

static void put_coloured(struct sct_buf *buf, const char *s, const char *colour)
{
	if (colour)
		sct_buf_str(buf, colour);
	sct_buf_str(buf, s);
	if (colour)
		sct_buf_str(buf, COLOUR_OFF);
}

/* Does the record tell what a pointer argument points to? */
static bool tells_pointed(const struct sct_record *rec)
{
	struct sct_value v;
	unsigned i;

	for (i = 0; i < rec->nparams; i++) {
		if (sct_events[rec->type].params[i].type != SCT_T_VALUE)
			continue;
		sct_value_get(rec, i, &v);
		if (v.kind != SCT_VALUE_NONE && !v.faulted)
			return true;
	}
	return false;
}

/* Does text leave the parameter out, unless asked for details? */
static bool is_detail(const struct sct_record *rec, unsigned i, const struct sct_type_row *type)
{
	unsigned source = sct_events[rec->type].params[i].source;

	return source & SCT_SOURCE_DETAIL || type == &sct_types[SCT_T_UNUSED] ||
	       (source & SCT_SOURCE_ADDRESS && tells_pointed(rec));
}

/* A value, with the file where it is a descriptor. */
static void put_param(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		      const struct sct_type_row *type, const struct sct_value *v, unsigned max)
{
	struct sct_file file = { .sz = sizeof(file) };

	sct_text_put(buf, event, type, v, max);
	if (v->kind == SCT_VALUE_INT && !sct_event_file(event, param, &file))
		sct_text_fd(buf, &file);
}

void sct_text_value(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		    unsigned max_string)
{
	const struct sct_type_row *type;
	struct sct_value v;

	type = sct_decode(event->rec, param, &v);
	put_param(buf, event, param, type, &v, max_string);
}

/* name=value, ...: all but the result, and what this record cannot have. */
static void put_params(struct sct_buf *buf, const struct sct_event *event,
		       const struct sct_print_options *options)
{
	const struct sct_event_row *row = &sct_events[event->rec->type];
	const struct sct_type_row *type;
	struct sct_value v;
	bool any = false;
	unsigned i;

	for (i = 0; i < row->info.nparams; i++) {
		if (row->info.params[i].result)
			continue;
		type = sct_decode(event->rec, i, &v);
		if (!options->details && is_detail(event->rec, i, type))
			continue;
		if (v.kind == SCT_VALUE_NONE && !v.faulted &&
		    row->params[i].source & SCT_SOURCE_MAYBE)
			continue;
		if (any)
			sct_buf_str(buf, ", ");
		any = true;
		sct_buf_str(buf, row->info.params[i].name);
		sct_buf_char(buf, '=');
		put_param(buf, event, i, type, &v, options->max_string);
	}
}

static void put_raw_params(struct sct_buf *buf, const struct sct_event *event)
{
	struct sct_value v;
	unsigned i;

	for (i = SCT_PARAM(generic_x, arg0); i <= SCT_PARAM(generic_x, arg5); i++) {
		sct_value_get(event->rec, i, &v);
		if (i != SCT_PARAM(generic_x, arg0))
			sct_buf_str(buf, ", ");
		sct_buf_hex(buf, v.u);
	}
}

/*
 * A call that a signal interrupted returns one of these inside the kernel; the program never sees
 * it, because the call is repeated or fails with EINTR.
 */
static bool is_restart(__s64 ret)
{
	return ret <= -512 && ret >= -516;
}

static void put_error(struct sct_buf *buf, __s64 ret)
{
	const char *name = sct_errno_name(-ret), *text = strerrordesc_np(-ret);

	if (is_restart(ret) && name)
		sct_buf_printf(buf, "? %s (to be restarted)", name);
	else if (name && text)
		sct_buf_printf(buf, "-1 %s (%s)", name, text);
	else
		sct_buf_s64(buf, ret);
}

/* A number; where it stands for something else, that in parentheses. */
static void put_success(struct sct_buf *buf, const struct sct_event *event, unsigned i)
{
	const struct sct_type_row *as_row = sct_param_type(event->rec, i), *type;
	struct sct_value number, v;
	size_t start = buf->len, end;

	sct_value_get(event->rec, i, &number);
	type = sct_decode(event->rec, i, &v);
	put_param(buf, event, i, as_row, &number, 0);
	if (type == as_row)
		return;
	end = buf->len;
	sct_buf_str(buf, " (");
	put_param(buf, event, i, type, &v, 0);
	if (buf->failed || (buf->len - end - 2 == end - start &&
			    !memcmp(buf->data + start, buf->data + end + 2, end - start)))
		buf->len = end;		/* nothing new */
	else
		sct_buf_char(buf, ')');
}

static void put_result(struct sct_buf *buf, const struct sct_event *event, bool colour)
{
	int i = sct_result_param(sct_event_info(event));
	struct sct_value v = {};

	sct_buf_str(buf, " = ");
	if (i >= 0)
		sct_value_get(event->rec, i, &v);
	if (v.kind == SCT_VALUE_NONE) {
		sct_buf_char(buf, '?');
	} else if (sct_is_error(&v)) {
		if (colour)
			sct_buf_str(buf, COLOUR_ERROR);
		put_error(buf, v.i);
		if (colour)
			sct_buf_str(buf, COLOUR_OFF);
	} else {
		put_success(buf, event, i);
	}
}

static void put_name(struct sct_buf *buf, const struct sct_event *event, const char *colour)
{
	static const char *const abi[] = {
		[SCT_EVENT_I386] = "[i386]",
		[SCT_EVENT_X32] = "[x32]",
	};
	const char *suffix = abi[sct_event_abi(event)];
	struct sct_value nr;

	if (event->rec->type == SCT_EV_generic_x && !sct_event_call(event)) {
		sct_value_get(event->rec, SCT_PARAM(generic_x, nativeID), &nr);
		sct_buf_printf(buf, "%ssyscall_%#llx%s", colour ? colour : "",
			       (unsigned long long)nr.u, colour ? COLOUR_OFF : "");
	} else {
		put_coloured(buf, sct_event_name(event), colour);
	}
	if (suffix)
		sct_buf_str(buf, suffix);
}

/* As strace does: seconds. */
static void put_duration(struct sct_buf *buf, const struct sct_event *event)
{
	__s64 ns = sct_event_duration(event);

	if (ns >= 0)
		sct_buf_printf(buf, " <%lld.%06lld>", (long long)ns / 1000000000,
			       (long long)ns % 1000000000 / 1000);
}

/* What a tracer of the program put into the place of the call's number. */
static void put_shown(struct sct_buf *buf, const struct sct_event *event)
{
	const struct sct_syscall_info *call;
	int64_t nr;

	if (sct_event_shown(event, &nr, &call))
		return;
	sct_buf_printf(buf, " (tracer changed the call's number to %lld%s%s)", (long long)nr,
		       call ? ", " : "", call ? call->name : "");
}

/* What the program's memory held when the call began, where that differs. */
static void put_changes(struct sct_buf *buf, const struct sct_event *event, unsigned max)
{
	const struct sct_event_info *info = sct_event_info(event);
	const struct sct_type_row *type;
	struct sct_value before;
	bool any = false;
	unsigned i;

	for (i = 0; (type = sct_next_change(event, &i, &before)); i++) {
		sct_buf_str(buf, any ? ", " : " (changed during the call: ");
		any = true;
		sct_buf_printf(buf, "%s was ", info->params[i].name);
		sct_text_put(buf, event, type, &before, max);
	}
	if (any)
		sct_buf_char(buf, ')');
}

static void put_call(struct sct_buf *buf, const struct sct_event *event,
		     const struct sct_print_options *options)
{
	const bool colour = options->colour;

	put_name(buf, event, colour ? COLOUR_NAME : NULL);
	sct_buf_char(buf, '(');
	if (event->rec->type == SCT_EV_generic_x)
		put_raw_params(buf, event);
	else
		put_params(buf, event, options);
	sct_buf_char(buf, ')');
	if (sct_event_is_enter(event))
		sct_buf_str(buf, " ...");
	else
		put_result(buf, event, colour);
	put_duration(buf, event);
	put_shown(buf, event);
	put_changes(buf, event, options->max_string);
}

static void put_loss(struct sct_buf *buf, const struct sct_event *event, bool colour)
{
	unsigned long long lost = sct_event_lost(event);

	sct_buf_printf(buf, "%s--- %llu event%s lost on CPU %u ---%s", colour ? COLOUR_LOSS : "",
		       lost, lost == 1 ? "" : "s", event->cpu, colour ? COLOUR_OFF : "");
}

static __s64 number(const struct sct_event *event, unsigned param)
{
	struct sct_value v;

	sct_value_get(event->rec, param, &v);
	return v.i;
}

static void put_exit(struct sct_buf *buf, const struct sct_event *event)
{
	int sig = number(event, SCT_PARAM(procexit, sig));

	if (!sig) {
		sct_buf_printf(buf, "+++ exited with %lld +++",
			       (long long)number(event, SCT_PARAM(procexit, ret)));
		return;
	}
	sct_buf_str(buf, "+++ killed by ");
	sct_text_signal(buf, sig);
	sct_buf_str(buf, number(event, SCT_PARAM(procexit, core)) ? " (core dumped) +++" : " +++");
}

static void put_delivery(struct sct_buf *buf, const struct sct_event *event)
{
	sct_buf_str(buf, "--- ");
	sct_text_signal(buf, number(event, SCT_PARAM(signaldeliver, sig)));
	sct_buf_printf(buf, " {from=%lld} ---",
		       (long long)number(event, SCT_PARAM(signaldeliver, spid)));
}

void sct_text_event(struct sct_buf *buf, const struct sct_event *event,
		    const struct sct_print_options *options)
{
	const struct sct_event_info *info = sct_event_info(event);
	const bool colour = options->colour;

	if (info->is_call) {
		put_call(buf, event, options);
	} else if (info->id == SCT_EV_loss) {
		put_loss(buf, event, colour);
	} else if (info->id == SCT_EV_procexit) {
		put_exit(buf, event);
	} else if (info->id == SCT_EV_signaldeliver) {
		put_delivery(buf, event);
	} else {
		sct_buf_str(buf, "--- ");
		put_coloured(buf, info->name, colour ? COLOUR_NAME : NULL);
		sct_buf_str(buf, " {");
		put_params(buf, event, options);
		sct_buf_str(buf, "} ---");
	}
}

void sct_text_task(struct sct_buf *buf, const struct sct_event *event)
{
	const char *comm = event->task ? event->task->comm : "";

	if (*comm)
		sct_text_escaped(buf, comm, strlen(comm));
	else
		sct_buf_char(buf, '?');
	sct_buf_char(buf, '[');
	sct_buf_u64(buf, event->rec->tgid);
	if (event->rec->tid != event->rec->tgid) {
		sct_buf_char(buf, ':');
		sct_buf_u64(buf, event->rec->tid);
	}
	sct_buf_char(buf, ']');
}
