import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { baseUrl } from '../common/baseUrl';
import type { ApiResponse, Explanation, Service } from '../common/service';
import { voucherify } from '../Voucherify/transport';

/** Voucherify's Management API, which looks after projects and their webhooks, and has keys of its own. */
export const managementApi: Service = {
	...voucherify,
	name: "Voucherify's Management API",
	credentialType: 'voucherifyManagementApi',
	connection: ({ region, baseUrl: own, managementToken, webhookSecret }: ICredentialDataDecryptedObject) => ({
		baseUrl: baseUrl('Voucherify Management', region, own),
		secrets: [managementToken, webhookSecret].filter(
			(secret): secret is string => typeof secret === 'string',
		),
	}),
	explain,
};

/** What to do about answers that have another meaning here than elsewhere. */
function explain(response: ApiResponse): Explanation {
	const explanation = voucherify.explain(response);
	switch (response.status) {
		case 401:
			return {
				...explanation,
				message: 'Voucherify does not accept these management keys',
				description:
					'Check the Management ID, the Management Token and the region in the Voucherify Management credential.',
			};
		case 402:
			return {
				...explanation,
				message: 'Your Voucherify plan does not include the Management API',
				description:
					'It is part of the Enterprise plan. Set "Webhook Setup" to "Manual" in the Voucherify Trigger, which then says how to make the webhook in Voucherify.',
			};
		case 403:
			return { ...explanation, message: 'These management keys may not do that' };
		case 404:
			return {
				...explanation,
				message: 'Voucherify has no such project for these management keys',
				description: 'Check the Project ID and the region in the Voucherify Management credential.',
			};
		default:
			return explanation;
	}
}
