import type { Service } from '../../../nodes/common/request.ts';
import type { Check } from '../check.mts';
import { type Reply, saidBy } from '../connection.mts';
import type { Finding } from '../finding.mts';

/** What Braze says to requests of objects that name no user, and so change nothing. */
export interface ObjectCounts {
	/** 300 attributes: beyond every contract. */
	readonly beyondAll: Reply;
	/** 60 attributes: beyond contracts with 50. */
	readonly sixty: Reply;
	/** 70 attributes and 70 events: beyond contracts that count all kinds together. */
	readonly seventyOfEach: Reply;
}

const OPTION = 'Options → Objects per Request';

/** How many objects a track request may carry by the contract. None of those sent says whom it is about, so Braze can use none. */
export const brazeObjectLimit: Check = {
	title: 'Objects of a track request',
	examine: async ({ ask, service }, first) => {
		if (first.status === 403) return [];
		const track = (attributes: number, events: number) => {
			const body = { attributes: nobody(attributes), ...(events > 0 && { events: nobody(events) }) };
			return ask({ method: 'POST', path: '/users/track', body });
		};
		const beyondAll = await track(300, 0);
		const sixty = await track(60, 0);
		return [readObjectLimit({ beyondAll, sixty, seventyOfEach: await track(70, 70) }, service)];
	},
};

function nobody(count: number): readonly object[] {
	return Array.from({ length: count }, () => ({}));
}

/** Which contract the answers tell of. */
export function readObjectLimit(
	{ beyondAll, sixty, seventyOfEach }: ObjectCounts,
	service: Service,
): Finding {
	const limits = [beyondAll, sixty, seventyOfEach].map((reply) => beyond(reply, service));
	if (limits.includes(undefined) || limits[0] === false) {
		return {
			verdict: 'unknown',
			text: `Braze does not tell by objects without a user: ${saidBy(beyondAll, service)}.`,
			sandbox: 'it counts the objects before it looks at them',
			advice: `Your contract with Braze says whether ${OPTION} has to be changed from 75 Altogether.`,
		};
	}
	const [, isFifty, isCombined] = limits;
	if (isFifty === true) {
		return {
			verdict: 'differs',
			text: 'A track request may carry 50 objects.',
			sandbox: 'it takes 75',
			advice: `Set ${OPTION} to 50; otherwise each full request is sent in halves.`,
		};
	}
	if (isCombined === true)
		return { verdict: 'holds', text: 'A track request may carry 75 objects altogether, as is the default.' };
	return {
		verdict: 'differs',
		text: 'A track request may carry 75 objects of each kind.',
		sandbox: 'it takes 75 altogether',
		advice: `Set ${OPTION} to 75 of Each Kind where a run sends attributes and events.`,
	};
}

/** Whether a request was beyond the limit; undefined when the answer tells nothing. */
function beyond(reply: Reply, service: Service): boolean | undefined {
	if (reply.kind === 'silence') return undefined;
	const { code, tooLarge } = service.explain(reply);
	if (tooLarge === true) return true;
	return reply.status === 400 && code === 'nothing_valid' ? false : undefined;
}
