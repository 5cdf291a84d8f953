const LOOK_MS = 300;

/**
 * Calls `stop` when somebody wants this process to end: on Ctrl-C and its kin, and when the npm that runs it has gone,
 * because npm passes a signal on only to the shell between the two.
 */
export function onStopRequest(stop: () => void): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
	if (process.env['npm_lifecycle_event'] === undefined) return;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		stop();
	}, LOOK_MS);
	watch.unref();
}
