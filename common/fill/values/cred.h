/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of credential events.  Included by sct_fill.h only. */

static SCT_INLINE __u64 sct_put_id(struct sct_fill *f, __u64 uptr)
{
	__u32 id = 0;
	__u16 old = 0;

	if (!uptr)
		return 0;
	if (sct_has_time32(f) ? sct_read_user(f, &old, uptr, sizeof(old)) :
				sct_read_user(f, &id, uptr, sizeof(id))) {
		sct_fault(f);
		return 0;
	}
	if (sct_has_time32(f))
		id = sct_wide_id(old);
	sct_put(f, id);
	return sizeof(id);
}

/*
 * Set i of struct __user_cap_data_struct.  The first layout has one struct of 32 bit words, the
 * others a second one with the upper words.
 */
static SCT_INLINE __u64 sct_put_user_caps(struct sct_fill *f, __u32 i)
{
	__u64 data = f->args[1] + 4 * i;
	__u32 version = 0, lo = 0, hi = 0;

	if (!f->args[1])
		return 0;
	if (sct_read_user(f, &version, f->args[0], sizeof(version)) ||
	    sct_read_user(f, &lo, data, sizeof(lo)) ||
	    (version != SCT_CAP_VERSION_1 && sct_read_user(f, &hi, data + 12, sizeof(hi)))) {
		sct_fault(f);
		return 0;
	}
	sct_put(f, (__u64)hi << 32 | lo);
	return 8;
}
