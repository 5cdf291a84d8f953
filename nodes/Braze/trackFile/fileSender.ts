import { Requests } from '../../common/batches';
import { asFailure, attemptNow, Failure } from '../../common/failure';
import type { FileRow, RowReader } from '../../common/fileRows';
import type { Pace, Run } from '../../common/operation';
import type { Part } from '../../common/packing';
import { cancelled } from '../../common/wait';
import { DATA_POINTS_SAVED, sendTracked } from '../track/trackRequest';
import { Ledger } from './ledger';
import type { RowMapping } from './rowObjects';
import { partMaker, type PartMaker } from './rowPart';
import type { FileSettings } from './settings';

/** What the rows of a file are to be read with. */
export interface RowSource {
	readonly reader: RowReader;
	readonly mapping: RowMapping;
	/** The cells of a row that go into the file of rejected rows. */
	readonly kept: (cells: readonly string[]) => readonly string[];
	/** The first line of the file of rejected rows. */
	readonly rejectedHeader: string;
	/** For the log, e.g. " of 1,000,001"; empty when that is not known. */
	readonly ofHowMany: string;
	readonly name: string;
}

/** Answers that every other request would get too: the key is wrong, or may not; there is no such service; the quota is used up. */
const OF_ALL_REQUESTS = new Set([401, 403, 404, 429]);

/** When so many requests fail one after the other, the rest is left for another time. */
const MOST_FAILURES = 20;

/** Rows that are held at most while the first of them has not ended, beside those of a chunk. */
const MOST_HELD = 20_000;

/**
 * Objects that are under way at most: two bulk requests, or more requests of 75 than are usual. What is held while many others are made
 * is moved to where Node.js clears up only once some hundred megabytes have come together.
 */
const MOST_UNDER_WAY = 2_000;

/** So much of a file is made into objects at a time, in bytes. */
const PIECE = 16 * 1024;

/** Profiles that are read before what differs is sent. */
const WINDOW = 2_000;

/** Sends the rows of a file as they are read, and gives the rejected ones. */
export class FileSender {
	readonly ledger: Ledger;
	/** Requests that were sent, however often each was tried. */
	requests = 0;
	dataPoints = 0;
	dataPointsSaved = 0;
	/** Why the file was not sent to its end. */
	failure: Failure | undefined;
	private readonly stream: Requests<Failure | undefined>;
	private readonly makePart: PartMaker;
	private readonly pace: Pace;
	/** Objects whose profiles have not been read. */
	private window: Part[] = [];
	private failedInARow = 0;
	private lastRow = 0;

	constructor(
		private readonly source: RowSource,
		private readonly settings: FileSettings,
		private readonly run: Run,
	) {
		this.ledger = new Ledger(settings.delimiter);
		this.makePart = partMaker(settings);
		this.pace = {
			slots: run.pace.slots,
			mayGoOn: () => this.failure === undefined && run.signal?.aborted !== true,
		};
		this.stream = new Requests(
			settings.endpoint.limits,
			this.pace,
			async (parts) => await this.send(parts),
			(part, failure) => this.settle(part, failure),
			undefined,
			Math.ceil(MOST_UNDER_WAY / settings.endpoint.limits.combined),
		);
	}

	/** Where to go on when the file was not sent to its end: every row before it has ended. */
	get resumeAt(): number {
		return this.ledger.firstOpen ?? this.lastRow + 1;
	}

	/**
	 * Sends everything, and gives the file of rejected rows as it grows; nothing when there are none. It ends without an error when the
	 * rest could not be sent: `failure` says why.
	 */
	async *rejectedRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		const chunks = bytes[Symbol.asyncIterator]();
		let header = this.source.rejectedHeader;
		let isDone = false;
		try {
			while (!isDone) {
				isDone = await this.step(chunks).catch(async (error: unknown) => await this.stop(asFailure(error)));
				const text = isDone ? this.ledger.takeAll() : this.ledger.take();
				if (text === '') continue;
				yield Buffer.from(header + text);
				header = '';
			}
		} finally {
			if (!isDone) await this.stop(new Failure({ message: 'The file of rejected rows could not be stored' }));
			await chunks.return?.();
		}
	}

	/** Reads the next chunk and gets its rows on their way; true when that was all. */
	private async step(chunks: AsyncIterator<Buffer>): Promise<boolean> {
		if (this.run.signal?.aborted === true) throw cancelled();
		const next = await chunks.next();
		const { reader } = this.source;
		if (next.done !== true) {
			// Few rows at a time: those that wait until the ones before them are sent take memory.
			for (let at = 0; at < next.value.length && this.pace.mayGoOn(); at += PIECE)
				await this.forward(this.takeIn(reader.read(next.value.subarray(at, at + PIECE))));
		}
		if (next.done === true) {
			await this.forward(this.takeIn(reader.end()));
			await this.sift(this.window);
			await this.stream.end();
		}
		while (this.ledger.held > MOST_HELD && this.pace.mayGoOn()) {
			await this.sift(this.window);
			await this.stream.oldest();
		}
		this.run.progress(() => this.standing());
		if (this.failure !== undefined) return await this.stop(this.failure);
		return next.done === true;
	}

	/** Starts nothing more, and waits for what is under way. */
	private async stop(failure: Failure): Promise<true> {
		this.failure ??= failure;
		await this.stream.end();
		return true;
	}

	private takeIn(rows: readonly FileRow[]): readonly Part[] {
		const { ledger, source, settings } = this;
		const parts: Part[] = [];
		for (const { number, cells, problem } of rows) {
			this.lastRow = number;
			if (number < settings.startRow) continue;
			const kept = source.kept(cells);
			const made =
				problem === undefined
					? attemptNow(() => this.makePart(ledger.next, source.mapping(cells)))
					: { failure: new Failure({ message: problem }) };
			if ('failure' in made) ledger.refuse(number, kept, made.failure);
			else {
				ledger.begin(number, kept);
				parts.push(made.value);
			}
		}
		return parts;
	}

	private async forward(parts: readonly Part[]): Promise<void> {
		if (this.settings.skip === undefined) return await this.stream.take(parts);
		this.window = this.window.concat(parts);
		while (this.window.length >= WINDOW) await this.sift(this.window.slice(0, WINDOW));
	}

	/** Sends what of the first objects of the window differs from the profiles. */
	private async sift(parts: readonly Part[]): Promise<void> {
		const { skip } = this.settings;
		if (skip === undefined || parts.length === 0) return;
		this.window = this.window.slice(parts.length);
		const { prepared, saved } = await skip.sift(parts, this.run, this.pace);
		this.dataPointsSaved += saved;
		this.run.count(DATA_POINTS_SAVED, saved);
		const differing = parts.flatMap((part, index) => {
			const outcome = prepared[index];
			if (outcome?.kind === 'send') return [outcome.part];
			if (outcome?.kind === 'unneeded') this.ledger.settle(part.owner, 'unchanged');
			if (outcome?.kind === 'failed') {
				this.note(outcome.failure);
				this.settle(part, outcome.failure);
			}
			return [];
		});
		await this.stream.take(differing);
	}

	private async send(parts: readonly Part[]): Promise<ReadonlyArray<Failure | undefined>> {
		this.requests++;
		const failures = await sendTracked(parts, this.settings.endpoint, this.run).catch((error: unknown) => {
			throw this.note(asFailure(error));
		});
		this.failedInARow = 0;
		return failures;
	}

	/** Stops for a failure that the requests to come would share. */
	private note(failure: Failure): Failure {
		const { message, tooLarge } = failure.details;
		if (isOfAllRequests(failure)) this.failure ??= failure;
		else if (tooLarge !== true && ++this.failedInARow >= MOST_FAILURES) {
			this.failure ??= new Failure({
				...failure.details,
				message: `${MOST_FAILURES} requests failed one after the other, so that the rest was not sent. The last one: ${message}`,
			});
		}
		return failure;
	}

	private settle({ owner, cost = 0 }: Part, failure: Failure | undefined): void {
		if (failure === undefined) {
			this.dataPoints += cost;
			this.ledger.settle(owner, 'accepted');
		}
		// What would have gone wrong with every row says nothing about this one: it was not sent, and stays open.
		else if (!isOfAllRequests(failure) && this.run.signal?.aborted !== true)
			this.ledger.settle(owner, failure);
	}

	private standing(): string {
		const { ledger, source, lastRow } = this;
		const rows = `row ${count(lastRow)}${source.ofHowMany} of ${source.name}`;
		return `${rows}: ${count(ledger.accepted)} accepted, ${count(ledger.rejected)} rejected, ${count(this.requests)} requests`;
	}
}

function isOfAllRequests({ details }: Failure): boolean {
	return details.status !== undefined && OF_ALL_REQUESTS.has(details.status);
}

function count(value: number): string {
	return value.toLocaleString('en-US');
}
