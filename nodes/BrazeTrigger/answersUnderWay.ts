import type { IDataObject } from 'n8n-workflow';
import { inTime } from './connectedContentAnswer';

/**
 * Answers that are being made in this process, by what they are an answer to. Braze asks two or three times for one message; calls that
 * come while the first is under way wait for its answer, and need no execution of their own. Other processes, and later calls, get the
 * same answer by the key that the publication carries.
 */
const underWay = new Map<string, Promise<IDataObject>>();

/** The answer that is being made to the same question, if there is one. */
export function answerUnderWay(question: string): Promise<IDataObject> | undefined {
	return underWay.get(question);
}

/** Lets calls with the same question share an answer until it is there, or for so many ms: one that is overdue may never come. */
export function share(question: string, answer: Promise<IDataObject>, ms: number): void {
	underWay.set(question, answer);
	void inTime(ms, answer).then(() => {
		if (underWay.get(question) === answer) underWay.delete(question);
	});
}
