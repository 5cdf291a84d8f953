import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { textOf } from '../../answer';
import type { CustomerReference } from './customerReference';

/**
 * A customer as a list gives it, named the way in which keys are made: by its source ID, else by its ID.
 * @throws {Failure} for a row without an ID
 */
export async function listedCustomer(run: Run, { id, source_id }: IDataObject): Promise<CustomerReference> {
	const sourceId = textOf(source_id);
	if (sourceId !== undefined) return { sourceId };
	const own = textOf(id);
	if (own === undefined) throw new Failure({ message: 'Voucherify listed a customer without an ID' });
	// Spares `customerKey` the request by which it would look for a source ID.
	await run.once(`customer ${own}`, async () => await Promise.resolve(own));
	return { id: own };
}
