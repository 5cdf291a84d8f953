/** How many of the jobs that are begun next are to fail. */
export class JobFailures {
	#left = 0;

	/** Lets so many of the next jobs fail, whatever was said before. */
	next(count: number): void {
		this.#left = count;
	}

	/** Whether the job that begins now is one of them. */
	take(): boolean {
		if (this.#left === 0) return false;
		this.#left--;
		return true;
	}
}
