import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { execute } from '../common/execute';
import { nodeProperties } from '../common/properties';
import { SUBTITLE } from '../common/subtitle';
import { credentialTest } from './credentialTest';
import { lists } from './lists';
import { resourceMapping } from './resourceMapping';
import { resources } from './resources';
import { braze } from './transport';

export class Braze implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Braze',
		name: 'braze',
		icon: { light: 'file:braze.svg', dark: 'file:braze.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Put promotion codes, attributes, events and purchases on Braze profiles, send campaigns with them, and make promotion code lists',
		defaults: { name: 'Braze' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'brazeApi',
				required: true,
				testedBy: 'brazeApiTest',
				// Making a list or a snippet sends nothing, so it needs no key.
				displayOptions: { hide: { resource: ['promotionCode', 'connectedContent'] } },
			},
		],
		properties: nodeProperties(resources),
	};

	methods = {
		listSearch: lists,
		resourceMapping,
		credentialTest,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, braze, resources);
	}
}
