// What the commands print while they work: one line per stage, which moves on a terminal and repeats every 15 s elsewhere.

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 120;
const REPEAT_MS = 15_000;

/** One line of progress: `update` says what is going on right now, `done` or `fail` ends it. */
export interface Stage {
	readonly update: (detail: string) => void;
	readonly done: (detail?: string) => void;
	readonly fail: (reason: string) => void;
}

/** A duration in milliseconds as people read it: `7.3 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Starts a stage and keeps its line alive until `done` or `fail` is called. */
export function startStage(title: string, out: NodeJS.WriteStream = process.stdout): Stage {
	const started = Date.now();
	const moving = out.isTTY === true;
	let detail = '';
	let frame = 0;
	const line = () => `${title}${detail ? ` · ${detail}` : ''} · ${duration(Date.now() - started)}`;
	const draw = () => {
		frame = (frame + 1) % FRAMES.length;
		out.write(`\r\x1b[2K${FRAMES[frame]} ${line().slice(0, Math.max(20, (out.columns || 80) - 3))}`);
	};
	if (!moving) out.write(`… ${title}\n`);
	const timer = moving
		? setInterval(draw, FRAME_MS)
		: setInterval(() => out.write(`  ${line()}\n`), REPEAT_MS);
	timer.unref();
	const end = (mark: string, text?: string) => {
		clearInterval(timer);
		const took = duration(Date.now() - started);
		out.write(`${moving ? '\r\x1b[2K' : ''}${mark} ${title}${text ? ` · ${text}` : ''} (${took})\n`);
	};
	return {
		update: (text) => {
			detail = text;
		},
		done: (text) => end('✓', text),
		fail: (reason) => end('✗', reason),
	};
}

/** An error's message, whatever was thrown. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Runs `work` as one stage; its error ends the stage as failed and is thrown on. `summary` says what to print of the result. */
export async function inStage<T>(
	title: string,
	work: (stage: Stage) => Promise<T>,
	summary?: (result: T) => string,
): Promise<T> {
	const stage = startStage(title);
	try {
		const result = await work(stage);
		stage.done(summary?.(result));
		return result;
	} catch (error) {
		stage.fail(reasonOf(error).split('\n', 1)[0] ?? '');
		throw error;
	}
}
