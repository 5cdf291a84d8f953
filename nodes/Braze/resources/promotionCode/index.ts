import type { Resource } from '../../../common/operation';
import { checkStock } from './checkStock';
import { createSnippet } from './createSnippet';
import { formatList } from './formatList';

export const promotionCode: Resource = {
	name: 'promotionCode',
	displayName: 'Promotion Code',
	operations: [formatList, createSnippet, checkStock],
};
