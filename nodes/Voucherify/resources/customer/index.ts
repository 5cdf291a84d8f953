import type { Resource } from '../../../common/operation';
import { remove } from './delete';
import { get } from './get';
import { getActivity } from './getActivity';
import { getAll } from './getAll';
import { getRedeemables } from './getRedeemables';
import { getSegments } from './getSegments';
import { importCsvFile } from './importCsv';
import { update } from './update';
import { updateMetadataBulk } from './updateMetadataBulk';
import { upsert } from './upsert';
import { upsertBulk } from './upsertBulk';

export const customer: Resource = {
	name: 'customer',
	displayName: 'Customer',
	operations: [
		getAll,
		get,
		upsert,
		update,
		remove,
		getSegments,
		getRedeemables,
		getActivity,
		upsertBulk,
		updateMetadataBulk,
		importCsvFile,
	],
};
