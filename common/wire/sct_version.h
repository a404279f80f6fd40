/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The version of all that is built from here; the Makefile reads it, too. */
#define SCT_VERSION "0.1.0"
