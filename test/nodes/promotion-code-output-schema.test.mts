import { Braze } from '../../nodes/Braze/Braze.node';
import { itemWithFile } from './binary.mts';
import { runNode } from './n8n.mts';
import { expectSchema } from './output-schema.mts';
import { jsonOf } from './voucherify.mts';

test('the output schemas of promotion codes describe what comes out', async () => {
	const formatted = await runNode({
		node: new Braze(),
		parameters: {
			resource: 'promotionCode',
			operation: 'formatList',
			codesFrom: 'file',
			binaryPropertyName: 'data',
		},
		items: [itemWithFile('Code\nA\nA\n\n')],
	});
	expectSchema('Braze', 'promotionCode/formatList', jsonOf(formatted.items));
	const snippet = await runNode({
		node: new Braze(),
		parameters: { resource: 'promotionCode', operation: 'createSnippet', list: 'spring25' },
	});
	expectSchema('Braze', 'promotionCode/createSnippet', jsonOf(snippet.items));
});
