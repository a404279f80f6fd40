/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Values of socket events.  Included by sct_fill.h only. */
