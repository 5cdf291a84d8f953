import type { IDataObject } from 'n8n-workflow';

/** A file of rows to be made and sent to a sandbox. */
export interface FileTask {
	/** Of the sandbox's Braze. */
	readonly url: string;
	readonly apiKey: string;
	readonly rows: number;
	/** Every so many rows one is bad. */
	readonly badEvery: number;
	/** As the option "Objects per Request" has it. */
	readonly objectLimit: string;
	/** The file to write a `FileReport` to. */
	readonly report: string;
}

/** What came of it. */
export interface FileReport {
	/** Of the output item. */
	readonly json: IDataObject;
	/** The file of rejected rows. */
	readonly rejected: string;
	/** By how much the memory of the process grew, in bytes. */
	readonly growth: number;
	/** What the heap of the process held before, garbage apart, in bytes. */
	readonly heap: number;
	/** In ms. */
	readonly took: number;
}
