import { apiCall } from '../../../common/apiCall';

export const send = apiCall({
	service: 'Voucherify',
	examplePath: '/v1/campaigns',
	exampleParameter: 'filters[type][conditions][$in][0]',
	rowsOf: (body) => (typeof body.data_ref === 'string' ? body[body.data_ref] : undefined),
});
