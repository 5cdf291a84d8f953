import { randomUUID } from 'node:crypto';
import { codesOf } from '../../../nodes/Voucherify/resources/publication/firstPublication.ts';
import { pageOf } from '../../../nodes/Voucherify/answer.ts';
import { isRecord } from '../../../nodes/common/record.ts';
import type { Service } from '../../../nodes/common/request.ts';
import type { Check } from '../check.mts';
import { type Connection, type Reply, saidBy, succeeded } from '../connection.mts';
import type { Finding } from '../finding.mts';

/** The same publication asked for twice, and what is listed under its `source_id` afterwards. */
export interface Repetition {
	readonly first: Reply;
	readonly second: Reply;
	readonly listed: Reply;
}

/**
 * What a repeated `source_id` does: guides say that it gives the first code again, the API reference says 400. A publication cannot be
 * taken back, so it happens only in a campaign that the user names.
 */
export function repeatedSourceId(campaign: string | undefined): Check {
	return {
		title: 'A publication that is repeated',
		examine: async (connection) => {
			if (campaign === undefined) {
				return [
					{
						verdict: 'unknown',
						text: 'Not tried, because it hands out a code for good. The nodes know both ways that are documented.',
						advice: 'To have it tried: npm run doctor -- --with-publication "a test campaign"',
					},
				];
			}
			const id = `n8n-doctor-${randomUUID()}`;
			try {
				return readRepetition(await publishTwice(connection, campaign, id), connection.service);
			} finally {
				await forget(connection, id);
			}
		},
	};
}

async function publishTwice({ ask }: Connection, campaign: string, id: string): Promise<Repetition> {
	const body = { customer: { source_id: id }, campaign: { name: campaign }, source_id: id };
	const publish = () => ask({ method: 'POST', path: '/v1/publications', body });
	const first = await publish();
	const second = succeeded(first) ? await publish() : first;
	const path = `/v1/publications?source_id=${id}&order=created_at&limit=100`;
	return { first, second, listed: await ask({ method: 'GET', path }) };
}

/** The customer was made for this; the bin is asked to take it where it can't be deleted for good. */
async function forget({ ask }: Connection, id: string): Promise<void> {
	const gone = await ask({ method: 'POST', path: `/v1/customers/${id}/permanent-deletion` });
	if (!succeeded(gone)) await ask({ method: 'DELETE', path: `/v1/customers/${id}` });
}

/** Reads what two equal requests came to. */
export function readRepetition({ first, second, listed }: Repetition, service: Service): Finding[] {
	if (!succeeded(first))
		return [{ verdict: 'unknown', text: `No code could be published: ${saidBy(first, service)}.` }];
	const code = onlyCode(first);
	const isListed = succeeded(listed) && pageOf(listed).rows.some((row) => codesOf(row).includes(code));
	const found: Finding = isListed
		? { verdict: 'holds', text: 'The publication is listed under its source_id at once.' }
		: {
				verdict: 'contradicts',
				text: 'The publication is not listed under its source_id.',
				sandbox: 'it lists a publication at once',
				advice: 'Where an answer is lost, run the items that failed once more a minute later.',
			};
	const isDuplicate = second.kind === 'answer' && service.explain(second).code === 'duplicate_source_id';
	if (succeeded(second)) {
		if (onlyCode(second) === code)
			return [{ verdict: 'holds', text: 'A repeated source_id gives the first code again.' }, found];
		return [
			{
				verdict: 'contradicts',
				text: 'A repeated source_id hands out a second code.',
				sandbox: 'it gives the first code again',
				advice:
					'Use campaigns that customers can join only once, with Prevent Duplicates → Off: else a lost answer costs a code.',
			},
			found,
		];
	}
	if (isDuplicate) {
		return [
			{
				verdict: 'differs',
				text: 'A repeated source_id is refused as duplicate_source_id; the nodes then fetch the first code.',
				sandbox: 'it gives the first code again, and refuses with --duplicate-source-id refuse',
				advice: 'Nothing to set. It takes three requests instead of one when a run is repeated.',
			},
			found,
		];
	}
	return [
		{
			verdict: 'contradicts',
			text: `A repeated source_id is refused in another way: ${saidBy(second, service)}.`,
			sandbox: 'it gives the first code again',
			advice:
				'If customers can join the campaign only once, this is its doing and fine: the nodes send no source_id there. Else choose Prevent Duplicates → Off.',
		},
		found,
	];
}

function onlyCode({ body }: { readonly body: unknown }): string {
	return isRecord(body) ? (codesOf(body)[0] ?? '') : '';
}
