import { pageOf } from '../../../nodes/Voucherify/answer.ts';
import type { Check } from '../check.mts';
import { type Reply, saidBy, succeeded } from '../connection.mts';
import type { Finding } from '../finding.mts';
import type { Service } from '../../../nodes/common/request.ts';

/** Nobody has published under it. */
const UNUSED = 'n8n-doctor-looks-for-nothing';

/** Whether publications can be found by their `source_id`, which a node does when it is told that one exists already. */
export const publicationFilter: Check = {
	title: 'Publications by source_id',
	examine: async (connection) => {
		const path = `/v1/publications?source_id=${UNUSED}&order=created_at&limit=100`;
		return [readFiltered(await connection.ask({ method: 'GET', path }), connection.service)];
	},
};

/** Reads the answer to a `source_id` that nothing has. */
export function readFiltered(reply: Reply, service: Service): Finding {
	if (!succeeded(reply))
		return { verdict: 'unknown', text: `Publications could not be listed: ${saidBy(reply, service)}.` };
	const { rows } = pageOf(reply);
	if (rows.length === 0)
		return { verdict: 'holds', text: 'Publications are found by their source_id, and by nothing else.' };
	return {
		verdict: 'contradicts',
		text: 'The list of publications ignores source_id.',
		sandbox: 'it lists those of that source_id only',
		advice:
			'Where Voucherify refuses a repeated source_id, the nodes cannot find the first code. Use campaigns that customers can join only once.',
	};
}
