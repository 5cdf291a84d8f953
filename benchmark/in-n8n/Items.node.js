// A node that gives the items of the benchmark. n8n finds it in this folder by its name (N8N_CUSTOM_EXTENSIONS).
'use strict';
const { items } = require('../items.mts');

class Items {
	constructor() {
		this.description = {
			displayName: 'Items',
			name: 'items',
			group: ['input'],
			version: 1,
			description: 'Gives the items of the benchmark',
			defaults: { name: 'Items' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [
				{ displayName: 'Shape', name: 'shape', type: 'string', default: 'profiles' },
				{ displayName: 'Count', name: 'count', type: 'number', default: 1 },
			],
		};
	}

	async execute() {
		const shape = this.getNodeParameter('shape', 0);
		const count = this.getNodeParameter('count', 0);
		return [items(shape, count).map((json) => ({ json }))];
	}
}

module.exports = { Items };
