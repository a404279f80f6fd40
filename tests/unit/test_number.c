// SPDX-License-Identifier: MIT
/* The note of a call's number: taken once, of one thread, and counted. */
#include "fillers.h"
#include "sct_config.h"

#define SCT_INLINE inline
#define sct_sum(p, n) (*(p) += (n))
#include "sct_number.h"

TEST(number_that_is_noted_is_taken_once)
{
	__u64 noted = 0;
	__u16 entry = 0;

	sct_note_number(&entry, &noted, sct_number_note(59));
	assert_int_equal(noted, 1);
	assert_int_equal(sct_noted_number(sct_take_number(&entry, &noted)), 59);
	assert_int_equal(noted, 0);
	assert_int_equal(sct_take_number(&entry, &noted), 0);
	assert_int_equal(noted, 0);
}

TEST(number_that_is_noted_later_replaces_the_earlier)
{
	__u64 noted = 0;
	__u16 entry = 0;

	sct_note_number(&entry, &noted, sct_number_note(15) | SCT_NOTED_HANDLER);
	sct_note_number(&entry, &noted, sct_number_note(56));
	assert_int_equal(noted, 1);
	assert_int_equal(sct_take_number(&entry, &noted), SCT_NOTED | 56);
	sct_note_number(&entry, &noted, sct_number_note(56));
	sct_note_number(&entry, &noted, 0);
	sct_note_number(&entry, &noted, 0);
	assert_int_equal(noted, 0);
}

TEST(number_keeps_the_mark_of_x32)
{
	assert_int_equal(sct_noted_number(sct_number_note(SCT_X32_BIT | 520)), SCT_X32_BIT | 520);
	assert_int_equal(sct_noted_number(sct_number_note(0)), 0);
	assert_int_equal(sct_noted_number(sct_number_note(SCT_NR_MAX - 1)), SCT_NR_MAX - 1);
}

TEST(number_that_no_call_has_is_not_noted)
{
	assert_int_equal(sct_number_note(-1), 0);
	assert_int_equal(sct_number_note(SCT_NR_MAX), 0);
	assert_int_equal(sct_number_note(0x80000000u | 59), 0);
}

TEST(number_minus_one_is_no_call_unless_a_program_passed_it)
{
	assert_true(sct_is_no_call(-1, 0));
	assert_true(sct_is_no_call(-1, -4));
	assert_false(sct_is_no_call(-1, -38));
	assert_false(sct_is_no_call(15, 0));
}
