import type { INodeProperties } from 'n8n-workflow';

/** How the code reaches the customer. */
export const channelOption: INodeProperties = {
	displayName: 'Channel',
	name: 'channel',
	type: 'string',
	default: '',
	placeholder: 'e.g. Braze',
	description: 'How the code reaches the customer, for the statistics in Voucherify',
};

/** Custom fields of a publication. */
export const metadataOption: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	description: "Custom fields of the publication, as your project's metadata schema has them",
};
