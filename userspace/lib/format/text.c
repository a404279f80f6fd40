// SPDX-License-Identifier: MIT
/* Events as text, much as strace writes them; text_value.c has their values. */
#include <stdio.h>
#include <string.h>
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
static bool tells_pointed(struct sct_decoder *decoder)
{
	const struct sct_event_row *row = &sct_events[decoder->now.rec->type];
	const struct sct_value *v;
	unsigned i;

	for (i = 0; i < row->info.nparams; i++) {
		if (row->params[i].type != SCT_T_VALUE)
			continue;
		v = sct_plain(decoder, i);
		if (v->kind != SCT_VALUE_NONE && !v->faulted)
			return true;
	}
	return false;
}

/* Does text leave the parameter out, unless asked for details? */
static bool is_detail(struct sct_decoder *decoder, unsigned source, const struct sct_type_row *type)
{
	return source & SCT_SOURCE_DETAIL || type == &sct_types[SCT_T_UNUSED] ||
	       (source & SCT_SOURCE_ADDRESS && tells_pointed(decoder));
}

static void put_file(struct sct_buf *buf, const struct sct_event *event, unsigned param)
{
	struct sct_file file = { .sz = sizeof(file) };

	if (!sct_event_file(event, param, &file))
		sct_text_fd(buf, &file);
}

/* A value, with the file where it is a descriptor. */
static void put_param(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		      const struct sct_type_row *type, const struct sct_value *v, unsigned max)
{
	sct_text_put(buf, event, type, v, max);
	if (v->kind == SCT_VALUE_INT && sct_event_has_files(event))
		put_file(buf, event, param);
}

void sct_text_value(struct sct_buf *buf, const struct sct_event *event, unsigned param,
		    unsigned max_string)
{
	const struct sct_type_row *type;
	const struct sct_value *v = sct_typed(sct_event_decode(event), param, &type);

	put_param(buf, event, param, type, v, max_string);
}

/* name=value, ...: all but the result, and what this record cannot have. */
static void put_params(struct sct_buf *buf, const struct sct_event *event,
		       const struct sct_print_options *options)
{
	const struct sct_event_row *row = &sct_events[event->rec->type];
	struct sct_decoder *decoder = sct_event_decode(event);
	const struct sct_type_row *type;
	const struct sct_value *v;
	bool any = false;
	unsigned i;

	for (i = 0; i < row->info.nparams; i++) {
		if (row->info.params[i].result)
			continue;
		v = sct_typed(decoder, i, &type);
		if (!options->details && is_detail(decoder, row->params[i].source, type))
			continue;
		if (v->kind == SCT_VALUE_NONE && !v->faulted &&
		    row->params[i].source & SCT_SOURCE_MAYBE)
			continue;
		if (any)
			sct_buf_str(buf, ", ");
		any = true;
		sct_buf_str(buf, row->info.params[i].name);
		sct_buf_char(buf, '=');
		put_param(buf, event, i, type, v, options->max_string);
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
	const bool restart = is_restart(ret);

	if (!name || (!restart && !text)) {
		sct_buf_s64(buf, ret);
		return;
	}
	sct_buf_str(buf, restart ? "? " : "-1 ");
	sct_buf_str(buf, name);
	sct_buf_str(buf, " (");
	sct_buf_str(buf, restart ? "to be restarted" : text);
	sct_buf_char(buf, ')');
}

/* A number; where it stands for something else, that in parentheses. */
static void put_success(struct sct_buf *buf, const struct sct_event *event, unsigned i)
{
	const struct sct_type_row *as_row = sct_param_type(event->rec, i), *type;
	struct sct_decoder *decoder = sct_event_decode(event);
	const struct sct_value *v = sct_typed(decoder, i, &type);
	size_t start = buf->len, end;

	put_param(buf, event, i, as_row, sct_plain(decoder, i), 0);
	if (type == as_row)
		return;
	end = buf->len;
	sct_buf_str(buf, " (");
	put_param(buf, event, i, type, v, 0);
	if (buf->failed || (buf->len - end - 2 == end - start &&
			    !memcmp(buf->data + start, buf->data + end + 2, end - start)))
		buf->len = end;		/* nothing new */
	else
		sct_buf_char(buf, ')');
}

static void put_result(struct sct_buf *buf, const struct sct_event *event, bool colour)
{
	int i = sct_result_param(sct_event_info(event));
	const struct sct_value *v = i < 0 ? NULL : sct_plain(sct_event_decode(event), i);

	sct_buf_str(buf, " = ");
	if (!v || v->kind == SCT_VALUE_NONE) {
		sct_buf_char(buf, '?');
	} else if (sct_is_error(v)) {
		if (colour)
			sct_buf_str(buf, COLOUR_ERROR);
		put_error(buf, v->i);
		if (colour)
			sct_buf_str(buf, COLOUR_OFF);
	} else {
		put_success(buf, event, i);
	}
}

/* As strace does: seconds. */
static void put_duration(struct sct_buf *buf, const struct sct_event *event)
{
	__s64 ns = sct_event_duration(event);

	if (ns < 0)
		return;
	sct_buf_str(buf, " <");
	sct_buf_u64(buf, ns / 1000000000);
	sct_buf_char(buf, '.');
	sct_buf_digits(buf, ns % 1000000000 / 1000, 6);
	sct_buf_char(buf, '>');
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
		sct_buf_str(buf, info->params[i].name);
		sct_buf_str(buf, " was ");
		sct_text_put(buf, event, type, &before, max);
	}
	if (any)
		sct_buf_char(buf, ')');
}

/* ---- a call ---- */

static void begin_call(struct sct_buf *buf, const struct sct_event *event, const char *name,
		       bool colour)
{
	static const char *const abi[] = {
		[SCT_EVENT_X86_64] = "(",
		[SCT_EVENT_I386] = "[i386](",
		[SCT_EVENT_X32] = "[x32](",
	};

	put_coloured(buf, name, colour ? COLOUR_NAME : NULL);
	sct_buf_str(buf, abi[sct_event_abi(event)]);
}

static void end_call(struct sct_buf *buf, const struct sct_event *event,
		     const struct sct_print_options *options)
{
	sct_buf_char(buf, ')');
	if (sct_event_is_enter(event))
		sct_buf_str(buf, " ...");
	else
		put_result(buf, event, options->colour);
	put_duration(buf, event);
	put_shown(buf, event);
	put_changes(buf, event, options->max_string);
}

static void put_call(struct sct_buf *buf, const struct sct_event *event,
		     const struct sct_print_options *options)
{
	begin_call(buf, event, sct_event_name(event), options->colour);
	put_params(buf, event, options);
	end_call(buf, event, options);
}

/* Of a call that has no row, the six registers are all there is. */
static void put_generic(struct sct_buf *buf, const struct sct_event *event,
			const struct sct_print_options *options)
{
	struct sct_decoder *decoder = sct_event_decode(event);
	const struct sct_syscall_info *call = sct_event_call(event);
	char number[32];
	unsigned i;

	snprintf(number, sizeof(number), "syscall_%#llx",
		 (unsigned long long)sct_plain(decoder, SCT_PARAM(generic_x, nativeID))->u);
	begin_call(buf, event, call ? call->name : number, options->colour);
	for (i = SCT_PARAM(generic_x, arg0); i <= SCT_PARAM(generic_x, arg5); i++) {
		if (i != SCT_PARAM(generic_x, arg0))
			sct_buf_str(buf, ", ");
		sct_buf_hex(buf, sct_plain(decoder, i)->u);
	}
	end_call(buf, event, options);
}

/* ---- other events ---- */

static void put_loss(struct sct_buf *buf, const struct sct_event *event,
		     const struct sct_print_options *options)
{
	unsigned long long lost = sct_event_lost(event);

	sct_buf_printf(buf, "%s--- %llu event%s lost on CPU %u ---%s",
		       options->colour ? COLOUR_LOSS : "", lost, lost == 1 ? "" : "s", event->cpu,
		       options->colour ? COLOUR_OFF : "");
}

static __s64 number(const struct sct_event *event, unsigned param)
{
	return sct_plain(sct_event_decode(event), param)->i;
}

static void put_exit(struct sct_buf *buf, const struct sct_event *event,
		     const struct sct_print_options *options)
{
	int sig = number(event, SCT_PARAM(procexit, sig));

	(void)options;
	if (!sig) {
		sct_buf_str(buf, "+++ exited with ");
		sct_buf_s64(buf, number(event, SCT_PARAM(procexit, ret)));
		sct_buf_str(buf, " +++");
		return;
	}
	sct_buf_str(buf, "+++ killed by ");
	sct_text_signal(buf, sig);
	sct_buf_str(buf, number(event, SCT_PARAM(procexit, core)) ? " (core dumped) +++" : " +++");
}

static void put_delivery(struct sct_buf *buf, const struct sct_event *event,
			 const struct sct_print_options *options)
{
	(void)options;
	sct_buf_str(buf, "--- ");
	sct_text_signal(buf, number(event, SCT_PARAM(signaldeliver, sig)));
	sct_buf_str(buf, " {from=");
	sct_buf_s64(buf, number(event, SCT_PARAM(signaldeliver, spid)));
	sct_buf_str(buf, "} ---");
}

static void put_other(struct sct_buf *buf, const struct sct_event *event,
		      const struct sct_print_options *options)
{
	sct_buf_str(buf, "--- ");
	put_coloured(buf, sct_event_info(event)->name, options->colour ? COLOUR_NAME : NULL);
	sct_buf_str(buf, " {");
	put_params(buf, event, options);
	sct_buf_str(buf, "} ---");
}

/* ---- an event ---- */

static void put_task(struct sct_buf *buf, const struct sct_event *event)
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
	sct_buf_str(buf, "] ");
}

/* Events that print in a way of their own. */
static const struct form {
	void (*put)(struct sct_buf *buf, const struct sct_event *event,
		    const struct sct_print_options *options);
	bool no_task;	/* it is about a CPU */
} forms[SCT_EV_MAX] = {
	[SCT_EV_generic_x] = { .put = put_generic },
	[SCT_EV_loss] = { .put = put_loss, .no_task = true },
	[SCT_EV_cpu_hotplug] = { .put = put_other, .no_task = true },
	[SCT_EV_procexit] = { .put = put_exit },
	[SCT_EV_signaldeliver] = { .put = put_delivery },
};

void sct_text_event(struct sct_buf *buf, const struct sct_event *event,
		    const struct sct_print_options *options)
{
	const struct form *form = &forms[event->rec->type];

	if (!form->no_task)
		put_task(buf, event);
	if (form->put)
		form->put(buf, event, options);
	else if (sct_event_info(event)->is_call)
		put_call(buf, event, options);
	else
		put_other(buf, event, options);
}
