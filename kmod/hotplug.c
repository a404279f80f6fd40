// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Being told that a CPU comes up, before it does. */
#include "kmod.h"
#include <linux/cpu.h>

static void (*tell)(int cpu);

#ifdef HAVE_CPUHP

static int state;

static int prepare(unsigned int cpu)
{
	tell(cpu);
	return 0;
}

int sct_hotplug_init(void (*coming)(int cpu))
{
	tell = coming;
	state = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "sctrace:prepare", prepare, NULL);
	return min(state, 0);
}

void sct_hotplug_exit(void)
{
	cpuhp_remove_state_nocalls(state);
}

#else

static int notified(struct notifier_block *nb, unsigned long action, void *cpu)
{
	if ((action & ~CPU_TASKS_FROZEN) == CPU_UP_PREPARE)
		tell((long)cpu);
	return NOTIFY_OK;
}

static struct notifier_block notifier = { .notifier_call = notified };

int sct_hotplug_init(void (*coming)(int cpu))
{
	tell = coming;
	return register_cpu_notifier(&notifier);
}

void sct_hotplug_exit(void)
{
	unregister_cpu_notifier(&notifier);
}

#endif
