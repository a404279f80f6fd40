// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* 594cc251fdd0 ("make 'user_access_begin()' do 'access_ok()'"), 5.0 */
#include <linux/uaccess.h>

int probe(const int __user *p);
int probe(const int __user *p)
{
	int c;

	if (!user_access_begin(p, sizeof(*p)))
		return -1;
	unsafe_get_user(c, p, fault);
	user_access_end();
	return c;
fault:
	user_access_end();
	return -1;
}
