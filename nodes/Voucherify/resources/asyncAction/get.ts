import { perItem } from '../../../common/operation';
import { asyncActionIdField, readAsyncActionId } from './asyncActionField';
import { getAction } from './asyncActionJob';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get an async action',
	description: 'See how far Voucherify is with a bulk update, an import or a deletion, and what came of it',
	fields: [asyncActionIdField],
	read: readAsyncActionId,
	run: async (id, run) => [{ json: await getAction(run, id) }],
});
