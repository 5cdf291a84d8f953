import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { asRecord } from '../../../common/record';
import { path } from '../../../common/urlPath';
import { objectOf, pageOf, textOf } from '../../answer';

/**
 * The publication that holds a `source_id`, in the shape in which it was answered when it was made: lists carry a voucher without
 * pictures and expiry, and a customer without sums.
 * @param whole whether the customer is wanted with everything
 * @throws {Failure} when there is none that succeeded
 */
export async function firstPublication(run: Run, sourceId: string, whole: boolean): Promise<IDataObject> {
	const { rows } = pageOf(
		await run.client.send({
			method: 'GET',
			path: '/v1/publications',
			query: { source_id: sourceId, order: 'created_at', limit: 100 },
		}),
	);
	const listed = rows.find((row) => row.source_id === sourceId && row.result !== 'FAILURE');
	const code = listed && codesOf(listed)[0];
	if (listed === undefined || code === undefined) {
		throw new Failure({
			message: `Voucherify says that the publication "${sourceId}" exists already, and does not list it`,
			description:
				'It may have been made this moment, or lie in the bin. Run the item again, or use another key.',
		});
	}
	const publication = { ...listed };
	delete publication.vouchers;
	const voucher = objectOf(await run.client.send({ method: 'GET', path: path`/v1/vouchers/${code}` }));
	return { ...publication, customer: whole ? await wholeCustomer(run, listed) : listed.customer, voucher };
}

/** The codes of a publication, whichever way it carries them. */
export function codesOf(publication: IDataObject): readonly string[] {
	const { vouchers } = publication;
	if (Array.isArray(vouchers)) {
		const codes = vouchers.flatMap((code) => textOf(code) ?? []);
		if (codes.length > 0) return codes;
	}
	const code = textOf(asRecord(publication.voucher)?.code);
	return code === undefined ? [] : [code];
}

async function wholeCustomer(
	run: Run,
	{ customer, customer_id: id }: IDataObject,
): Promise<IDataObject[string]> {
	const known = textOf(id) ?? textOf(asRecord(customer)?.id);
	if (known === undefined) return customer;
	const response = await run.client.send({
		method: 'GET',
		path: path`/v1/customers/${known}`,
		// A customer may be deleted, and the publication stays.
		accept: ['not_found', 'resource_not_found'],
	});
	return response.errorCode === undefined ? objectOf(response) : customer;
}
