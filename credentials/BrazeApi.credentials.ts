import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** Braze's REST instances, as its API overview lists them; the value is what stands between `rest.` and `.braze`. */
const INSTANCES = [
	{ name: 'AU-01', value: 'https://rest.au-01.braze.com' },
	{ name: 'EU-01', value: 'https://rest.fra-01.braze.eu' },
	{ name: 'EU-02', value: 'https://rest.fra-02.braze.eu' },
	{ name: 'ID-01', value: 'https://rest.id-01.braze.com' },
	{ name: 'JP-01', value: 'https://rest.jp-01.braze.com' },
	{ name: 'KR-01', value: 'https://rest.kr-01.braze.com' },
	{ name: 'Other (Own URL)', value: 'custom' },
	{ name: 'US-01', value: 'https://rest.iad-01.braze.com' },
	{ name: 'US-02', value: 'https://rest.iad-02.braze.com' },
	{ name: 'US-03', value: 'https://rest.iad-03.braze.com' },
	{ name: 'US-04', value: 'https://rest.iad-04.braze.com' },
	{ name: 'US-05', value: 'https://rest.iad-05.braze.com' },
	{ name: 'US-06', value: 'https://rest.iad-06.braze.com' },
	{ name: 'US-07', value: 'https://rest.iad-07.braze.com' },
	{ name: 'US-08', value: 'https://rest.iad-08.braze.com' },
	{ name: 'US-10', value: 'https://rest.us-10.braze.com' },
];

export class BrazeApi implements ICredentialType {
	name = 'brazeApi';

	displayName = 'Braze API';

	icon: Icon = { light: 'file:../nodes/Braze/braze.svg', dark: 'file:../nodes/Braze/braze.dark.svg' };

	documentationUrl = 'https://www.braze.com/docs/api/basics';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance',
			name: 'instance',
			type: 'options',
			options: INSTANCES,
			default: 'https://rest.iad-01.braze.com',
			description:
				'The instance your dashboard runs on: its URL begins with dashboard-01 for US-01 (or with dashboard.fra-01 for EU-01), and so on',
		},
		{
			displayName: 'URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://rest.iad-01.braze.com',
			description: 'The REST endpoint of your instance',
			displayOptions: { show: { instance: ['custom'] } },
		},
		{
			displayName: 'REST API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'From Settings → APIs and Identifiers in Braze. The permission users.track is enough for putting attributes, events and purchases on profiles.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A long random text of your own that Braze sends along with its webhooks, so that nobody else can call your workflows. Only needed to receive from Braze.',
		},
	];

	/** A function rather than expressions: n8n would evaluate those anew for every request. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requestOptions.headers = {
			...requestOptions.headers,
			authorization: `Bearer ${String(credentials.apiKey)}`,
		};
		return requestOptions;
	}
}
