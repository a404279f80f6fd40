/* SPDX-License-Identifier: MIT */
/*
 * Records: the check that all else relies on, and the values of their parameters.
 * Knows no session, no source and no time of day.  Layer decode, on schema.
 */
#ifndef SCT_DECODE_H
#define SCT_DECODE_H

#include "schema.h"
#include "util.h"

/* A record and what is known beside it; the record's bytes stay where they are. */
struct sct_event {
	const struct sct_record *rec;	/* checked by sct_record_check() */
	const struct sct_task *task;	/* or NULL */
	__s64 real_minus_boot;		/* ns from the record's clock to the wall clock */
	__u64 seq;			/* see sct_event_seq() */
	struct sct_record *begun;	/* that of the call's entry, where it was kept; the event's own */
	struct sct_decoder *decoder;	/* of the events' owner */
	unsigned cpu;
};

/*
 * Is the record, of which avail bytes can be read, whole and in itself consistent?  0, or -EBADMSG
 * with a sentence in why (static).  Everything else in the library trusts checked records.
 */
int sct_record_check(const struct sct_record *rec, size_t avail, const char **why);

/*
 * Of len bytes at p, laid out as type BYTES is: why they are not, or NULL; and, when they are, what
 * they hold.  The program had as many objects, of that size, as their number says.
 */
const char *sct_bytes_check(const __u8 *p, unsigned len);
void sct_value_counted(struct sct_value *v, enum sct_value_kind kind, const __u8 *p,
		       unsigned len, unsigned size);
/* The first descriptor of a set from fd on, or -1. */
int sct_next_fd(const struct sct_value *set, int fd);

static inline const struct sct_type_row *sct_param_type(const struct sct_record *rec, unsigned i)
{
	return &sct_types[sct_events[rec->type].params[i].type];
}

/* ---- event.c: each parameter is decoded once, when it is first asked for ---- */
#define SCT_PARAMS_MAX 64u	/* as many as a record has marks */

/* The values of a checked record, as the table says. */
struct sct_values {
	const struct sct_record *rec;
	__u64 known;				/* bit i: value[i] is filled */
	unsigned noffsets;			/* offset[] is filled up to this one */
	unsigned offset[SCT_PARAMS_MAX + 1];	/* from the record's begin; in the end: their end */
	struct sct_value value[SCT_PARAMS_MAX];
};

/* Inline, like what uses it: many readers want one value of an event, and no more. */
static inline void sct_values_start(struct sct_values *values, const struct sct_record *rec)
{
	values->rec = rec;
	values->known = 0;
	values->noffsets = 0;
	values->offset[0] = SCT_VALUES_OFF(rec->nparams);
}

void sct_values_fill(struct sct_values *values, unsigned i);

static inline const struct sct_value *sct_values_at(struct sct_values *values, unsigned i)
{
	if (!(values->known >> i & 1))
		sct_values_fill(values, i);
	return &values->value[i];
}

/*
 * Who owns events has one of these for all of them; it holds what is decoded of the event that was
 * read last.  So an event that nobody reads costs nothing, and pointers into a decoder are valid
 * until another of its events is read.  A decoder lives at least as long as its events, those
 * included that are kept beyond their batch; one thread at a time may use it, and them.
 */
struct sct_decoder {
	const struct sct_event *event;	/* NULL: of none */
	struct sct_values now;		/* of the event's record */
	struct sct_values begun;	/* of that of the call's entry, once it is asked for */
	struct sct_variants *variants;
	__u64 typed;	/* bit i: type[i] and as[i] are filled; only of types that vary */
	const struct sct_type_row *type[SCT_PARAMS_MAX];
	struct sct_value as[SCT_PARAMS_MAX];
};

struct sct_decoder *sct_decoder_new(void);	/* NULL: out of memory */
void sct_decoder_free(struct sct_decoder *decoder);

/* To be called before the memory of an event, or of its record, is used for another. */
static inline void sct_decoder_forget(struct sct_decoder *decoder)
{
	if (decoder)
		decoder->event = NULL;
}

/* Its decoder, which is about this event from now on. */
static inline struct sct_decoder *sct_event_decode(const struct sct_event *event)
{
	struct sct_decoder *decoder = event->decoder;

	if (decoder->event != event) {
		decoder->event = event;
		decoder->typed = 0;
		decoder->begun.rec = NULL;
		sct_values_start(&decoder->now, event->rec);
	}
	return decoder;
}

/* Parameter i as the table says, see sct_event_value(). */
static inline const struct sct_value *sct_plain(struct sct_decoder *decoder, unsigned i)
{
	return sct_values_at(&decoder->now, i);
}

/* The values in the record of the call's entry, where the event has that. */
static inline struct sct_values *sct_values_begun(struct sct_decoder *decoder)
{
	if (!decoder->begun.rec)
		sct_values_start(&decoder->begun, decoder->event->begun);
	return &decoder->begun;
}

/* ---- variants.c: types that another parameter chooses ---- */
struct sct_variants {
	__u64 varies[SCT_EV_MAX]; /* by event; bit i: the type of parameter i may be another */
	struct sct_variant_step *steps;
	__u16 first[SCT_EV_MAX + 1];	/* of an event's steps */
};

/* What follows from the tables; NULL: out of memory. */
struct sct_variants *sct_variants_new(void);
void sct_variants_free(struct sct_variants *variants);
void sct_typed_fill(struct sct_decoder *decoder, unsigned i);
/* What the call's entry had as parameter i, as of the type that is returned. */
const struct sct_type_row *sct_typed_begun(struct sct_decoder *decoder, unsigned i,
					    struct sct_value *v);

/* Parameter i as what it means: of *type, which is not always the table's. */
static inline const struct sct_value *sct_typed(struct sct_decoder *decoder, unsigned i,
						const struct sct_type_row **type)
{
	const struct sct_record *rec = decoder->now.rec;

	if (!(decoder->variants->varies[rec->type] >> i & 1)) {
		*type = sct_param_type(rec, i);
		return sct_plain(decoder, i);
	}
	if (!(decoder->typed >> i & 1))
		sct_typed_fill(decoder, i);
	*type = decoder->type[i];
	return &decoder->as[i];
}

/* What a type is where something of type as has the value. */
const struct sct_type_row *sct_variant(enum sct_type type, enum sct_type as, __u64 value);
/* Bytes as what a type makes of them; as they are where that is nothing, or too little. */
void sct_reread(const struct sct_record *rec, const struct sct_type_row *type, struct sct_value *v);

/* ---- */

/* Does it tell the files of descriptors, as sct_event_file() has them? */
static inline bool sct_event_has_files(const struct sct_event *event)
{
	return (event->rec->flags | (event->begun ? event->begun->flags : 0)) & SCT_RF_FILES;
}

/* The call; NULL for a number that the tables do not have, and for what is no call. */
const struct sct_syscall_info *sct_event_call(const struct sct_event *event);

/*
 * The first parameter from *i on that changed during the call: what it was, as of the type that is
 * returned; NULL when there is no more.
 */
const struct sct_type_row *sct_next_change(const struct sct_event *event, unsigned *i,
					   struct sct_value *before);


/* Bytes of one struct of the type in the caller's memory. */
unsigned sct_object_size(const struct sct_record *rec, const struct sct_type_row *type);
/* Has its struct one field, as which it prints? */
bool sct_is_single(const struct sct_type_row *type);
/* The value of a type that lies in n bytes of the caller's memory. */
void sct_value_at(const struct sct_record *rec, const struct sct_type_row *type, const __u8 *p,
		  unsigned n, struct sct_value *v);
/*
 * Field i of a struct, of which len bytes are here: its name, NULL behind the last one; its type;
 * its value, of kind NONE where it is not here.  A time has its seconds in i and the rest in u.
 */
const char *sct_field_get(const struct sct_record *rec, const struct sct_type_row *type,
			  const __u8 *object, unsigned len, unsigned i,
			  const struct sct_type_row **field_type, struct sct_value *v);

/* ---- cmsg.c: ancillary data ---- */
struct sct_cmsg {
	const struct sct_type_row *type_type, *data_type;
	struct sct_value level, type, data;	/* level is of type SOCK_LEVEL */
};
/* The message at *pos of all, which moves on; false behind the last that is whole enough. */
bool sct_cmsg_next(const struct sct_record *rec, const struct sct_value *all, size_t *pos,
		   struct sct_cmsg *msg);

/* ---- mmsg.c: vectors of messages ---- */
/* NULL, or what is wrong with such a value. */
const char *sct_mmsgs_check(const __u8 *p, size_t len);
/* The message at *pos of all, which moves on; false behind the last. */
bool sct_mmsg_next(const struct sct_value *all, size_t *pos, struct sct_message *msg);
/* What struct sct_message has, in the order in which it prints, and of which type that is. */
#define SCT_MMSG_PARTS(X) \
	X(addr, SOCKADDR) X(data, BYTES) X(control, CMSG) X(flags, MSG_FLAGS) X(len, U32)

/* ---- addr.c: a struct sockaddr taken apart ---- */
struct sct_addr {
	unsigned family;
	const char *family_name;	/* "AF_INET", or NULL */
	bool inet;			/* host, port, scope */
	bool local;			/* AF_UNIX: path, path_len */
	bool abstract;			/* path is a name without a file, without its leading NUL */
	char host[48];
	unsigned port;
	__u32 scope, flowinfo;		/* of an IPv6 address, 0 for none */
	const char *path;
	size_t path_len;
	const struct sct_type_row *fields;	/* of other families: the struct that it is, or NULL */
};
/* false when it is too short to have a family; neither of the three when not understood. */
bool sct_addr_parse(struct sct_addr *addr, const void *data, size_t len);
/* Addresses that are bytes of a type, as text: of IP, of hardware; NULL: they are none, or too few. */
#define SCT_ADDR_TEXT 48
const char *sct_addr_text(const struct sct_type_row *type, const void *data, size_t len,
			  char text[SCT_ADDR_TEXT]);

/* Is this what a call returns when it fails?  Unsigned types (UID, GID) never are. */
static inline bool sct_is_error(const struct sct_value *v)
{
	return v->kind == SCT_VALUE_INT && v->i < 0 && v->i >= -4095;
}

/* A number in network order, of 2 or 4 bytes. */
static inline __u64 sct_net_number(__u64 v, unsigned size)
{
	return size == 2 ? __builtin_bswap16(v) : __builtin_bswap32(v);
}

/* A device number: as the kernel keeps it, 12 and 20 bits, and as it passes it to programs. */
static inline __u32 sct_kdev_major(__u32 dev) { return dev >> 20; }
static inline __u32 sct_kdev_minor(__u32 dev) { return dev & 0xfffff; }
static inline __u32 sct_udev_major(__u32 dev) { return dev >> 8 & 0xfff; }
static inline __u32 sct_udev_minor(__u32 dev) { return (dev & 0xff) | (dev >> 12 & 0xfff00); }

#endif
